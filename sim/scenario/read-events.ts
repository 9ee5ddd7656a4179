import type { Prescription } from "../../src/prescription/prescription";
import type { KeyPath } from "../../config/document";
import type { PrescribedPump } from "../../config/prescribed-pump";
import { checkSchema } from "../../config/schema-check";
import { EventReader } from "./event-inputs";
import { eventSchema, faultSchema } from "./event-schema";
import type { EventText } from "./event-schema";
import type { Moment } from "./moment";
import { findCircle, namesIn, wrongRequest } from "./names";
import { readMoment } from "./read-moment";
import type { TimeFrame } from "./read-moment";
import { idsOfRequests, nameOf } from "./request-ids";
import type { RequestIds, SpelledEvent } from "./request-ids";
import type { PlannedInput, ScenarioWarning } from "./scenario";
import { DO_WORDS } from "./words";

/** Most inputs of one scenario, repeats included. */
export const MOST_INPUTS = 100000;

/**
 * Makes single inputs of the events, in the file's order. Throws `BadInput` for the first that cannot happen as written.
 * @param prescription the one that the run begins with
 */
export function readEvents(
  frame: TimeFrame,
  entries: readonly unknown[],
  pump: PrescribedPump,
  prescription: Prescription,
): { readonly inputs: PlannedInput[]; readonly warnings: readonly ScenarioWarning[] } {
  let count = 0;
  const spelled = entries.map((_, index): SpelledEvent => {
    const path = ["events", index];
    const event = readEvent(frame, path);
    const times = readTimes(frame, path, event, MOST_INPUTS - count);
    count += times.length;
    return { path, event, times };
  });
  const ids = idsOfRequests(frame.document, spelled);
  const reader = new EventReader(frame, pump, prescription);
  const inputs = spelled.flatMap((one) => inputsOf(frame, one, reader, ids));
  checkNames(frame, spelled, inputs);
  return { inputs, warnings: reader.warnings };
}

/** The words that give what they do a name. */
const NAMED: readonly string[] = ["requestBolus", "clinicianBolus", "interrogate"];

function readEvent({ document }: TimeFrame, path: KeyPath): EventText {
  const keys = document.nodeAt(path)?.children;
  const word = keys?.get("do")?.value;
  if (keys?.has("fault") === true) {
    if (word !== undefined) throw document.refuse([...path, "fault"], "an event says either do: or fault:");
    return checkSchema(document, faultSchema, path);
  }
  // Which a schema could only call unknown.
  if (keys?.has("as") === true && typeof word === "string" && !NAMED.includes(word) && word in DO_WORDS)
    throw document.refuse([...path, "as"], `only a request or an interrogation has a name (do: ${NAMED.join(", ")})`);
  if (word === "program" && keys?.has("command") === true)
    throw document.refuse(
      [...path, "command"],
      "program is two commands; say do: stage and do: confirm, each with its number",
    );
  return checkSchema(document, eventSchema, path);
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
  reader: EventReader,
  ids: RequestIds,
): PlannedInput[] {
  const read = reader.read(path, event);
  const line = frame.document.lineOf(path);
  return times.flatMap((at, n) => {
    const name = nameOf(event, n);
    const word = "fault" in event ? event.fault : event.do;
    const text = name === undefined ? word : `${word} ${name}`;
    const id = ids.get(event)?.[n] ?? 0;
    const commandId = "do" in event && event.command !== undefined ? event.command + n : 0;
    return read.map((one) => ({ ...one, line, text, at, name, input: { ...one.input, id, commandId } }));
  });
}

function checkNames(frame: TimeFrame, spelled: readonly SpelledEvent[], inputs: readonly PlannedInput[]): void {
  const names = namesIn(inputs);
  for (const { path, times } of spelled) {
    const from = times[0]?.from;
    const wrong = from === undefined ? undefined : wrongRequest(from.name, names);
    if (wrong !== undefined) throw frame.document.refuse([...path, "at"], wrong);
  }
  const circle = findCircle(inputs);
  if (circle === undefined) return;
  const path = spelled.find((one) => one.times.includes(circle.input.at))?.path ?? ["events"];
  throw frame.document.refuse(
    [...path, "at"],
    `these requests wait for each other: ${circle.names.join(" -> ")} (each is counted from the next)`,
  );
}
