import { EventKind } from "../../src/events";
import type { Prescription } from "../../src/prescription/prescription";
import type { Document } from "../../config/document";
import { prescriptionFor } from "../../config/prescription";
import { toPumpConfig } from "../../config/pump-config";
import { formatDuration, formatVolume } from "../../config/quantities";
import { readDocument } from "../../config/read-document";
import { readPump } from "../../config/read-pump";
import type { PumpShelf } from "../../config/read-pump";
import { checkSchema } from "../../config/schema-check";
import { LONGEST_MS } from "./moment";
import { readEvents } from "./read-events";
import { readExpectations } from "./read-expectations";
import { located } from "./read-moment";
import type { PlannedInput, Scenario } from "./scenario";
import { scenarioSchema } from "./scenario-schema";
import { parseWallClock } from "./wall-clock";
import { DO_WORDS, FAULT_WORDS } from "./words";

/**
 * Reads a scenario and checks all that can be known before it runs.
 * @param file the file's name, for messages
 * @param shelf where the pump that it names is found
 * Throws `BadInput`, and nothing else, for the first thing that is wrong.
 */
export function readScenario(text: string, file: string, shelf: PumpShelf): Scenario {
  return scenarioOf(readDocument(text, file), shelf);
}

/** {@link readScenario} for a document that has been read already. */
export function scenarioOf(document: Document, shelf: PumpShelf): Scenario {
  refuseMisplaced(document);
  const written = checkSchema(document, scenarioSchema);
  const pump = readPump(document, ["pump"], shelf);
  const config = toPumpConfig(pump);
  const { clock: clockText, duration: durationMs } = written;
  if (durationMs > LONGEST_MS)
    throw document.refuse(
      ["duration"],
      `${formatDuration(durationMs)} is too long; the most is ${formatDuration(LONGEST_MS)}`,
    );
  const clock = clockText === undefined ? undefined : located(document, ["clock"], () => parseWallClock(clockText));
  const reservoirNl = written.reservoir ?? config.capacityNl;
  if (reservoirNl > config.capacityNl)
    throw document.refuse(
      ["reservoir"],
      `${formatVolume(reservoirNl)} is more than the reservoir holds (${formatVolume(config.capacityNl)})`,
    );
  const prescription = prescriptionFor(document, ["prescription"], written.prescription, config);
  const frame = { document, clock, durationMs };
  const inputs = [...firstInputs(prescription, written.start), ...readEvents(frame, written.events ?? [], config)];
  const names = inputs.flatMap((input) => input.name ?? []);
  return {
    file: document.file,
    title: written.title,
    requirement: written.requirement,
    pumpName: pump.name,
    config,
    reservoirNl,
    clock,
    durationMs,
    prescription,
    inputs,
    expectations: readExpectations(frame, written.expect, names),
  };
}

/** What every scenario begins with: the prescription is confirmed and, unless that is left to an event, started. */
function firstInputs(prescription: Prescription, start: "manual" | undefined): PlannedInput[] {
  const first = { line: 0, at: { text: "0 s", from: undefined, offsetMs: 0 }, name: undefined };
  const program = { kind: EventKind.program, id: 0, count: 0, prescription };
  const inputs: PlannedInput[] = [{ ...first, text: "program", input: program }];
  if (start === undefined) inputs.push({ ...first, text: "start", input: { kind: EventKind.start, id: 0, count: 0 } });
  return inputs;
}

/** Keys that stand in an event where they mean nothing, which a schema could only call unknown. */
function refuseMisplaced(document: Document): void {
  const events = document.nodeAt(["events"])?.children ?? new Map();
  for (const [index, event] of events) {
    if (event.children?.has("fault") === true && FAULT_WORDS.length === 0)
      throw document.refuse(["events", index, "fault"], "no faults can be simulated yet; an event says do:");
    const word: unknown = event.children?.get("do")?.value;
    if (event.children?.has("as") === true && typeof word === "string" && word !== "requestBolus" && word in DO_WORDS)
      throw document.refuse(["events", index, "as"], "only a request has a name (do: requestBolus)");
  }
}
