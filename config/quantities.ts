/** Quantities as text: every parser is exact or refuses, and reads back what its formatter writes. */
export { formatConcentration, parseConcentrationNgPerUl } from "./concentration";
export { formatDoseRate, parseDoseNgPerDay } from "./dose-rate";
export { formatDuration, parseDurationMs } from "./duration";
export { QuantityError } from "./exact-decimal";
export { formatMass, parseMassNg } from "./mass";
export type { ZeroRule } from "./quantity";
export { formatRate, formatRateBothWays, parseRateNlPerDay } from "./rate";
export { formatShare, parseSharePerMille } from "./share";
export { formatTemperature, parseTemperatureDeciC } from "./temperature";
export { formatTimeOfDay, parseTimeOfDayMs } from "./time-of-day";
export { formatVoltage, parseVoltageMv } from "./voltage";
export { formatVolume, formatVolumePl, parseVolumeNl, parseVolumePl } from "./volume";
export { formatDays, parseWholeDays } from "./whole-days";
