import { InvalidArgumentError, Option } from "commander";
import { USUAL_PULSE } from "../../bench/calibration/roller-pulse";
import type { RollerPulse } from "../../bench/calibration/roller-pulse";
import { readPercent } from "../../bench/quantities";
import { HEAD_FLOW_RANGES } from "../../sim/plant/head-flow";
import { quantityOption } from "./quantity-option";

/** What is told of the rollers of a head. */
export interface PulseOptions {
  readonly rollers?: number;
  /** Share of the flow at the deepest of the dip, in %. */
  readonly pulsation?: number;
}

/** The options that tell it. */
export function pulseOptions(): Option[] {
  return [
    new Option("--rollers <number>", `rollers of the head (default: ${USUAL_PULSE.rollers})`).argParser(rollers),
    new Option(
      "--pulsation <share>",
      `dip of the flow when a roller leaves the tube (default: ${USUAL_PULSE.pulsationPercent} %)`,
    ).argParser(quantityOption(readPercent)),
  ];
}

/** The pulse as told, else of a simulated bench's data sheet, else the usual one. */
export function pulseOf({ rollers: told, pulsation }: PulseOptions, sheet: RollerPulse | undefined): RollerPulse {
  const known = sheet ?? USUAL_PULSE;
  return { rollers: told ?? known.rollers, pulsationPercent: pulsation ?? known.pulsationPercent };
}

function rollers(text: string): number {
  const [least, most] = HEAD_FLOW_RANGES.rollers;
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`A whole number from ${least} to ${most} is wanted.`);
}
