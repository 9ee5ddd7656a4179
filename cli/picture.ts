import { plotRun } from "../sim/plot/plot-run";
import type { WallClock } from "../sim/scenario/wall-clock";
import type { EngineRun } from "./engine-run";
import type { Terminal } from "./terminal";

/** A finished run as a picture for the terminal. */
export function pictureOf({ scenario, outcome }: EngineRun, terminal: Terminal): string {
  const { config, clock } = scenario;
  const wallMsAtZero = clock === undefined ? undefined : wallMs(clock);
  const lines = outcome.lines.map(({ line }) => line);
  return plotRun({ lines, config, endMs: outcome.simulatedMs, wallMsAtZero }, terminal);
}

function wallMs({ text, timeOfDayMs }: WallClock): number {
  const dateDigits = 10;
  return Date.parse(`${text.slice(0, dateDigits)}T00:00:00Z`) + timeOfDayMs;
}
