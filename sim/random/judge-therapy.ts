import { DeliveryChecker } from "../check/delivery-checker";
import type { EngineOf } from "../engines/engine";
import type { RandomTherapy } from "./random-therapy";

/** Runs a random therapy under the separate checker; returns what it complains of, nothing for a run that is right. */
export function complaintsAbout(therapy: RandomTherapy, makeEngine: EngineOf): readonly string[] {
  const { config, reservoirNl, inputs, durationMs } = therapy;
  const checker = new DeliveryChecker(config, reservoirNl);
  const engine = makeEngine({ config, reservoirNl }, checker);
  for (const { atMs, input } of inputs) engine.give(input, atMs);
  engine.runTo(durationMs);
  checker.close(durationMs);
  engine.close();
  return checker.complaints;
}
