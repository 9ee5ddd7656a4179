import { pumpFiles } from "../../../sim/scenario/node/pump-files";
import { readScenario } from "../../../sim/scenario/read-scenario";
import type { Scenario } from "../../../sim/scenario/scenario";

/** The parts of a scenario's text that a test wants otherwise; the rest is an ordinary day. */
export interface WrittenParts {
  readonly head?: string;
  readonly duration?: string;
  readonly basal?: string;
  readonly demandBolus?: string;
  readonly limit?: string;
  readonly minimumRate?: string;
  readonly events?: readonly string[];
  readonly expect?: readonly string[];
}

/** Lines in {@link written} before the first event, when `head` is one line. */
export const LINES_BEFORE_EVENTS = 9;

/** A scenario's text: title, pump, `head` (clock by default), duration, prescription in four lines, events, expectations. */
export function written(parts: WrittenParts): string {
  const { events = [], expect = ["{ never: pumpFault }"] } = parts;
  return [
    "title: A test",
    "pump: reference-20ml",
    parts.head ?? "clock: 2026-03-01 08:00",
    `duration: ${parts.duration ?? "12 h"}`,
    "prescription:",
    "  drugs: [{ name: morphine, concentration: 10 mg/mL }]",
    `  basal: ${parts.basal ?? "0.5 mL/day"}${parts.minimumRate === undefined ? "" : `\n  minimumRate: ${parts.minimumRate}`}`,
    `  ${parts.limit === undefined ? "" : `limit: ${parts.limit}\n  `}demandBolus: ${parts.demandBolus ?? "{ volume: 30 uL, over: 10 min, lockout: 2 h, mostPer24h: 4 }"}`,
    events.length === 0 ? "events: []" : "events:",
    ...events.map((event) => `  - ${event}`),
    "expect:",
    ...expect.map((entry) => `  - ${entry}`),
    "",
  ].join("\n");
}

/** Reads a text as a scenario that lies in `scenarios/`. */
export function read(text: string): Scenario {
  return readScenario(text, "s.yaml", pumpFiles("scenarios"));
}

/** Reads {@link written}. */
export function scenarioWith(parts: WrittenParts): Scenario {
  return read(written(parts));
}
