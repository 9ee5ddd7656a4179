import type { DrivenPin, SensedPin } from "./driven-pin";

/** The pins of a board by the labels of its board file; those of parts that it has no pin for are missing, and nobody asks for them. */
export interface BoardPins {
  readonly STEP: DrivenPin;
  readonly DIR: DrivenPin;
  readonly EN: DrivenPin;
  readonly HEARTBEAT: DrivenPin;
  readonly BUZZER: DrivenPin;
  readonly LED: DrivenPin;
  readonly ROLLER: SensedPin;
  readonly OCCLUSION: SensedPin;
  readonly AIR: SensedPin;
  readonly BATTERY: SensedPin;
  readonly KICK: DrivenPin;
}
