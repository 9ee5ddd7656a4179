import type { PumpConfig } from "../../src/config";
import type { EventKind } from "../../src/events";
import type { KeyPath } from "../../config/document";
import { prescriptionFor } from "../../config/prescription";
import { formatVolume } from "../../config/quantities";
import type { EngineInput } from "../engines/engine";
import type { EventText } from "./event-schema";
import type { Moment } from "./moment";
import { findCircle, unknownRequest } from "./names";
import { readMoment } from "./read-moment";
import type { TimeFrame } from "./read-moment";
import { idsOfRequests, nameOf } from "./request-ids";
import type { RequestIds, SpelledEvent } from "./request-ids";
import type { PlannedInput } from "./scenario";
import { DO_WORDS } from "./words";

/** Most inputs of one scenario, repeats included. */
export const MOST_INPUTS = 100000;

/** Makes single inputs of the events, in the file's order. Throws `BadInput` for the first that cannot happen as written. */
export function readEvents(frame: TimeFrame, events: readonly EventText[], config: PumpConfig): PlannedInput[] {
  let count = 0;
  const spelled = events.map((event, index): SpelledEvent => {
    const path = ["events", index];
    const times = readTimes(frame, path, event, MOST_INPUTS - count);
    count += times.length;
    return { path, event, times };
  });
  const ids = idsOfRequests(frame.document, spelled);
  const inputs = spelled.flatMap((one) => inputsOf(frame, one, config, ids));
  checkNames(frame, spelled, inputs);
  return inputs;
}

function readTimes(frame: TimeFrame, path: KeyPath, event: EventText, most: number): Moment[] {
  const at = readMoment(frame, [...path, "at"], event.at);
  if (at.from !== undefined && at.offsetMs < 0)
    throw frame.document.refuse(
      [...path, "at"],
      `${at.text} cannot be kept: it lies before an instant that is known only when it has come`,
    );
  if (event.every === undefined) {
    if (event.until === undefined) return most > 0 ? [at] : refuseMany(frame, path);
    throw frame.document.refuse([...path, "until"], "it says how long something is repeated; say every: 4 h too");
  }
  const untilMs = readUntil(frame, path, event.until, at);
  const repeats = Math.floor((untilMs - at.offsetMs) / event.every) + 1;
  if (repeats > most) return refuseMany(frame, path);
  return Array.from({ length: repeats }, (_, n) => ({ ...at, offsetMs: at.offsetMs + n * (event.every ?? 0) }));
}

function refuseMany(frame: TimeFrame, path: KeyPath): never {
  throw frame.document.refuse(path, `too much happens: at most ${MOST_INPUTS} inputs are read, repeats included`);
}

/** End of a repetition, counted from the same instant as `at`, so that their number is known before the run. */
function readUntil(frame: TimeFrame, path: KeyPath, text: string | undefined, at: Moment): number {
  const key = [...path, "until"];
  if (text === undefined) {
    if (at.from === undefined) return frame.durationMs;
    throw frame.document.refuse(
      path,
      `what is repeated from ${at.from.name}.${at.from.time} on needs an end: say until: ${at.from.name}.${at.from.time} + 8 h`,
    );
  }
  const until = readMoment(frame, key, text);
  if (until.from?.name !== at.from?.name || until.from?.time !== at.from?.time)
    throw frame.document.refuse(
      key,
      `${until.text} must be counted from the same instant as at: ${at.text}, so that the number of repeats is known`,
    );
  if (until.offsetMs < at.offsetMs) throw frame.document.refuse(key, `${until.text} comes before at: ${at.text}`);
  return until.offsetMs;
}

function inputsOf(
  frame: TimeFrame,
  { path, event, times }: SpelledEvent,
  config: PumpConfig,
  ids: RequestIds,
): PlannedInput[] {
  const input = inputFor(frame, path, event, config);
  const line = frame.document.lineOf(path);
  return times.map((at, n) => {
    const name = nameOf(event, n);
    const text = name === undefined ? event.do : `${event.do} ${name}`;
    return { line, text, at, name, input: { ...input, id: ids.get(event)?.[n] ?? 0 } };
  });
}

function inputFor(frame: TimeFrame, path: KeyPath, event: EventText, config: PumpConfig): EngineInput {
  const kind: EventKind = DO_WORDS[event.do].kind;
  if (event.do === "program") {
    const prescription = prescriptionFor(frame.document, [...path, "prescription"], event.prescription, config);
    return { kind, id: 0, count: 0, prescription };
  }
  if (event.do !== "refill") return { kind, id: 0, count: 0 };
  if (event.to > config.capacityNl)
    throw frame.document.refuse(
      [...path, "to"],
      `${formatVolume(event.to)} is more than the reservoir holds (${formatVolume(config.capacityNl)})`,
    );
  return { kind, id: 0, count: event.to };
}

function checkNames(frame: TimeFrame, spelled: readonly SpelledEvent[], inputs: readonly PlannedInput[]): void {
  const names = inputs.flatMap((input) => input.name ?? []);
  const known = new Set(names);
  for (const { path, times } of spelled) {
    const from = times[0]?.from;
    if (from !== undefined && !known.has(from.name))
      throw frame.document.refuse([...path, "at"], unknownRequest(from.name, names));
  }
  const circle = findCircle(inputs);
  if (circle === undefined) return;
  const path = spelled.find((one) => one.times.includes(circle.input.at))?.path ?? ["events"];
  throw frame.document.refuse(
    [...path, "at"],
    `these requests wait for each other: ${circle.names.join(" -> ")} (each is counted from the next)`,
  );
}
