import type { EngineInput, EngineOf, PortSink } from "../engines/engine";
import { Recorder } from "../log/recorder";
import type { RandomTherapy } from "./random-therapy";

/** Runs a random therapy from its first input to its end; the sink is told what passes the ports, `handed` each input before. */
export function runTherapy(
  therapy: RandomTherapy,
  engineOf: EngineOf,
  sink: PortSink,
  handed: (input: EngineInput) => void = () => undefined,
): void {
  const { config, reservoirNl, drugs } = therapy;
  const engine = engineOf({ config, reservoirNl, drugs }, sink);
  for (const { atMs, input } of therapy.inputs) {
    handed(input);
    engine.give(input, atMs);
  }
  engine.runTo(therapy.durationMs);
  engine.close();
}

/** Runs a random therapy and returns its log, line by line, each stroke on a line of its own. */
export function logOf(therapy: RandomTherapy, engineOf: EngineOf): string[] {
  const lines: string[] = [];
  const recorder = new Recorder((_line, text) => lines.push(text), true);
  runTherapy(therapy, engineOf, recorder);
  recorder.close();
  return lines;
}
