import type { KeyPath } from "./document";
import type { PumpFile } from "./pump-file";
import type { PumpProblem } from "./pump-problem";
import { formatShare } from "./share";
import { formatTemperature } from "./temperature";
import { formatVoltage } from "./voltage";
import { formatVolume } from "./volume";
import { formatDays } from "./whole-days";

/** Longest life of a part, in days: 100 years. */
const MOST_DAYS = 36525;

/** A number and the most that it may be: what bounds it is a fixed value, or another key. */
interface Bound {
  readonly key: KeyPath;
  readonly value: number;
  readonly most: number;
  /** The key that `most` was taken from. */
  readonly other?: KeyPath;
  readonly format: (value: number) => string;
}

/** The first thing wrong with what a pump says of its parts (tubing, tube set, service, battery, motor, line), or `undefined`. */
export function serviceProblem({ service, battery, tubeLife, ...file }: PumpFile): PumpProblem | undefined {
  const bounds: Bound[] = [
    { key: ["tubing"], value: file.tubingNl, most: 10000000, format: formatVolume },
    { key: ["accuracy"], value: file.accuracyPerMille, most: 1000, format: formatShare },
    { key: ["tubeLife", "days"], value: tubeLife.days, most: MOST_DAYS, format: formatDays },
    { key: ["service", "life"], value: service.lifeDays, most: MOST_DAYS, format: formatDays },
    {
      key: ["service", "replacementLead"],
      value: service.replacementLeadDays,
      most: service.lifeDays,
      other: ["service", "life"],
      format: formatDays,
    },
    { key: ["service", "charge", "replacement"], value: service.replacementPerMille, most: 1000, format: formatShare },
    {
      key: ["service", "charge", "end"],
      value: service.endPerMille,
      most: service.replacementPerMille,
      other: ["service", "charge", "replacement"],
      format: formatShare,
    },
    { key: ["battery", "low"], value: battery.lowMv, most: 100000, format: formatVoltage },
    {
      key: ["battery", "out"],
      value: battery.outMv,
      most: battery.lowMv,
      other: ["battery", "low"],
      format: formatVoltage,
    },
    { key: ["motor", "maxTemperature"], value: file.motorMaxDeciC, most: 2000, format: formatTemperature },
    { key: ["occlusion", "release"], value: file.releaseNl, most: 10000000, format: formatVolume },
  ];
  const wrong = bounds.find(({ value, most }) => value > most);
  if (wrong === undefined) return undefined;
  const { key, value, most, other, format } = wrong;
  if (other === undefined)
    return { keys: [key], message: `${format(value)} is too large; the most is ${format(most)}` };
  return { keys: [key, other], message: `${format(value)} must not be above ${other.join(".")}, ${format(most)}` };
}
