/** Quantities as text: every parser is exact or refuses, and reads back what its formatter writes. */
export { formatConcentration, parseConcentrationNgPerUl } from "./concentration";
export { formatDuration, parseDurationMs } from "./duration";
export { QuantityError } from "./exact-decimal";
export type { ZeroRule } from "./quantity";
export { formatRate, formatRateBothWays, parseRateNlPerDay } from "./rate";
export { formatVolume, formatVolumePl, parseVolumeNl, parseVolumePl } from "./volume";
