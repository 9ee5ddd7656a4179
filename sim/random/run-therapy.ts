import type { EngineOf, PortSink } from "../engines/engine";
import { Recorder } from "../log/recorder";
import type { RandomTherapy } from "./random-therapy";

/** Runs a random therapy from its first input to its end; the sink is told what passes the ports. */
export function runTherapy(therapy: RandomTherapy, engineOf: EngineOf, sink: PortSink): void {
  const engine = engineOf({ config: therapy.config, reservoirNl: therapy.reservoirNl }, sink);
  for (const { atMs, input } of therapy.inputs) engine.give(input, atMs);
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
