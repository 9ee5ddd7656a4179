import { breatheBy } from "../../src/breath";
import type { DrivenPin, SensedPin } from "../driven-pin";
import { boardMemory } from "../generated/board-parts";
import { pumpConfig } from "../generated/pump-config";
import { restShortly } from "../shell";
import { Purge, PurgeButton } from "./purge";
import { PurgeLedger } from "./purge-ledger";
import { ToneStepper } from "./tone-stepper";
import type { ToneServer } from "./tone-stepper";

/** The pins of a board, by the labels of its board file; STEP belongs to the tone server. */
export interface PurgePins {
  readonly EN: DrivenPin;
  readonly DIR: DrivenPin;
  readonly HEARTBEAT: DrivenPin;
  readonly LED: DrivenPin;
  readonly KICK: DrivenPin;
  readonly BUTTON: SensedPin;
}

/**
 * Runs the purge on a board, for good.
 * @param server the tone server whose pin is STEP
 * @param periodUs from pulse to pulse
 * @param volumeNl most that moves from one start to the next
 */
export async function runPurge(pins: PurgePins, server: ToneServer, periodUs: number, volumeNl: number): Promise<void> {
  breatheBy(restShortly);
  const config = pumpConfig();
  const hand = new PurgeButton(pins.BUTTON);
  const stepperPins = { enable: pins.EN, dir: pins.DIR, heartbeat: pins.HEARTBEAT };
  const stepper = new ToneStepper(stepperPins, server, hand, periodUs);
  const ledger = new PurgeLedger(boardMemory(), config.microsteps * config.fullStepsPerStroke);
  const signs = { light: pins.LED, kick: pins.KICK };
  await new Purge(config, stepper, server, hand, ledger, signs, volumeNl).run();
}
