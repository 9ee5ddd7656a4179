import type { PumpConfig } from "../../src/config";
import { EventKind } from "../../src/events";
import { StrokeVolume } from "../../src/motion/stroke";
import type { Prescription } from "../../src/prescription/prescription";
import type { Document } from "../../config/document";
import { prescriptionFor } from "../../config/prescription";
import { prescribedPump } from "../../config/prescribed-pump";
import { formatDuration, formatVolume } from "../../config/quantities";
import { readDocument } from "../../config/read-document";
import { readPump } from "../../config/read-pump";
import type { PumpShelf } from "../../config/read-pump";
import { checkSchema } from "../../config/schema-check";
import { plainInput } from "../engines/engine";
import { LONGEST_MS } from "./moment";
import { namesIn } from "./names";
import { programInputs } from "./plain-inputs";
import { prescriptionWarnings } from "./prescription-warnings";
import { readEvents } from "./read-events";
import { readExpectations } from "./read-expectations";
import { located } from "./read-moment";
import { readPatient } from "./read-patient";
import { plantFor } from "./read-plant";
import type { PlannedInput, Scenario } from "./scenario";
import { scenarioSchema } from "./scenario-schema";
import { parseDay, parseWallClock } from "./wall-clock";
import type { WallClock } from "./wall-clock";

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
  const written = checkSchema(document, scenarioSchema);
  const pump = readPump(document, ["pump"], shelf);
  const prescribed = prescribedPump(pump);
  const { config } = prescribed;
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
  const uncertainStrokes = bandStrokes(document, written.reservoirBand, reservoirNl, config);
  const { drugExpires } = written;
  const expiryDay = drugExpires === undefined ? 0 : located(document, ["drugExpires"], () => parseDay(drugExpires));
  const prescription = prescriptionFor(document, ["prescription"], written.prescription, prescribed);
  const frame = { document, clock, durationMs };
  const events = readEvents(frame, written.events ?? [], prescribed, prescription);
  const inputs = [...firstInputs(prescription, clock, written.start), ...events.inputs];
  const drugs = { library: prescribed.drugs, primary: prescription.primaryDrug };
  const expectations = readExpectations(frame, written.expect, namesIn(inputs), drugs);
  const warnings = prescriptionWarnings(frame, ["prescription"], written.prescription, prescription, prescribed);
  return {
    file: document.file,
    title: written.title,
    requirement: written.requirement,
    pumpName: pump.name,
    ...prescribed,
    reservoirNl,
    uncertainStrokes,
    expiryDay,
    clock,
    durationMs,
    prescription,
    plant: plantFor(document, written.plant, { config, prescription, inputs, expectations }),
    patient: readPatient(frame, written.patient ?? []),
    inputs,
    warnings: [...warnings, ...events.warnings],
    expectations,
  };
}

/** What every scenario begins with: the clock is set, the prescription confirmed and, unless that is left to an event, therapy begun. */
function firstInputs(
  prescription: Prescription,
  clock: WallClock | undefined,
  start: "manual" | undefined,
): PlannedInput[] {
  const first = { line: 0, at: { text: "0 s", from: undefined, offsetMs: 0 }, name: undefined };
  const inputs: PlannedInput[] = [];
  if (clock !== undefined)
    inputs.push({ ...first, text: "setClock", input: plainInput(EventKind.setClock, { count: clock.wallMs }) });
  for (const one of programInputs(prescription)) inputs.push({ ...first, ...one, text: "program" });
  if (start === undefined) inputs.push({ ...first, text: "start", input: plainInput(EventKind.start) });
  return inputs;
}

/** Whole strokes of a band that is at most `bandNl` wide. Throws `BadInput` for one that leaves no room in the reservoir. */
function bandStrokes(document: Document, bandNl: number | undefined, reservoirNl: number, config: PumpConfig): number {
  if (bandNl === undefined) return 0;
  const stroke = new StrokeVolume(config);
  const strokes = stroke.wholeStrokesIn(bandNl);
  if (reservoirNl + stroke.volumeRoundedUpNl(strokes) <= config.capacityNl) return strokes;
  throw document.refuse(
    ["reservoirBand"],
    `${formatVolume(bandNl)} more than ${formatVolume(reservoirNl)} (reservoir) is more than the reservoir holds (${formatVolume(config.capacityNl)})`,
  );
}
