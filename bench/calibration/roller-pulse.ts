import { phaseVolume } from "../analysis/dose-cycle";
import { BadInput } from "../../config/bad-input";

/** How the rollers of a head make its flow pulse: sim/plant/head-flow has the form. */
export interface RollerPulse {
  /** Rollers that pass the outlet in one revolution, N; a whole number, 1 or more. */
  readonly rollers: number;
  /** Share of the flow that a roller takes when it leaves the tube, at the deepest of the dip, in %; 0 to 100. */
  readonly pulsationPercent: number;
}

/** What is assumed of a head that nobody described: the head of the simulated benches (docs/bench-simulated.md). */
export const USUAL_PULSE: RollerPulse = { rollers: 3, pulsationPercent: 20 };

/** Below this many revolutions a run that is not whole revolutions is warned of. */
export const FEW_REVOLUTIONS = 10;

/**
 * One standard uncertainty of a run's volume by the phases at which it begins and ends, in the unit of `volume`: {@link phaseVolume}. 0 for whole revolutions (within a full step), over which all pulses cancel from any phase; not for whole
 * passes of a roller, because rollers differ.
 * @param volume of the whole run @param stepsPerRevolution full steps
 */
export function endsUncertainty(
  volume: number,
  revolutions: number,
  { rollers, pulsationPercent }: RollerPulse,
  stepsPerRevolution: number,
): number {
  if (isWhole(revolutions, stepsPerRevolution)) return 0;
  return phaseVolume(pulsationPercent, rollers, volume / revolutions);
}

function isWhole(revolutions: number, stepsPerRevolution: number): boolean {
  return Math.abs(revolutions - Math.round(revolutions)) <= (1 + 1e-9) / stepsPerRevolution;
}

/** Throws `BadInput` for a run of less than one revolution (within a full step): it says more of one roller than of the head. */
export function requireOneRevolution(
  { file, line }: { readonly file: string; readonly line: number },
  revolutions: number,
  stepsPerRevolution: number,
): void {
  if (revolutions >= 1 - (1 + 1e-9) / stepsPerRevolution) return;
  throw new BadInput(
    file,
    line,
    `${Number(revolutions.toPrecision(3))} revolutions are less than one: that weighs a roller's pulse, not the head; whole revolutions are wanted, better ${FEW_REVOLUTIONS} and more`,
  );
}
