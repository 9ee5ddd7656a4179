import type { Pump } from "../src/pump";
import type { BoardPart } from "../src/safety/fault";
import { FaultKind } from "../src/safety/fault";
import { enterSafeState } from "../src/safety/safe-state";
import { settle } from "../src/settle";
import type { SensedPin } from "./driven-pin";

/** A declared part does not answer: the pump goes into its safe state, which names it. The first one that is missing is the one that is named. */
export function missPart(pump: Pump, part: BoardPart): void {
  enterSafeState(pump, FaultKind.missingPart, part, 0);
  settle(pump);
}

/** `part` counts as missing when its analog pin reads less than `least` or more than `most` of full scale. */
export function expectReading(pump: Pump, part: BoardPart, pin: SensedPin, least: number, most: number): void {
  const reading = pin.value;
  if (reading < least) missPart(pump, part);
  if (reading > most) missPart(pump, part);
}
