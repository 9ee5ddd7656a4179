import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import {
  formatConcentration,
  formatDays,
  formatDoseRate,
  formatDuration,
  formatMass,
  formatRate,
  formatRateBothWays,
  formatShare,
  formatTemperature,
  formatTimeOfDay,
  formatVoltage,
  formatVolume,
  formatVolumePl,
  parseConcentrationNgPerUl,
  parseDoseNgPerDay,
  parseDurationMs,
  parseMassNg,
  parseRateNlPerDay,
  parseSharePerMille,
  parseTemperatureDeciC,
  parseTimeOfDayMs,
  parseVoltageMv,
  parseVolumeNl,
  parseVolumePl,
  parseWholeDays,
  QuantityError,
} from "../../config/quantities";

const whole = fc.oneof(fc.nat({ max: 100000 }), fc.maxSafeNat(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER));

/** What a parser says of a text that it refuses. */
function complaint(parse: (text: string) => number, text: string): string {
  try {
    return `read as ${parse(text)}`;
  } catch (error) {
    if (error instanceof QuantityError) return error.message;
    throw error;
  }
}

describe("what a formatter writes, its parser reads back exactly", () => {
  const pairs: [string, (value: number) => string, (text: string) => number][] = [
    ["volume", formatVolume, parseVolumeNl],
    ["fine volume", formatVolumePl, parseVolumePl],
    ["rate", formatRate, parseRateNlPerDay],
    ["duration", formatDuration, parseDurationMs],
    ["mass", formatMass, parseMassNg],
    ["dose", formatDoseRate, parseDoseNgPerDay],
    ["share", formatShare, parseSharePerMille],
    ["temperature", formatTemperature, parseTemperatureDeciC],
    ["voltage", formatVoltage, parseVoltageMv],
    ["days", formatDays, parseWholeDays],
    ["concentration", formatConcentration, (text) => parseConcentrationNgPerUl(text, "zeroAllowed")],
  ];
  for (const [name, format, parse] of pairs) {
    test.prop([whole])(name, (value) => {
      expect(parse(format(value))).toBe(value);
    });
  }
});

test.prop([fc.nat({ max: 86399 })])("a time of day is read back to the second", (second) => {
  expect(parseTimeOfDayMs(formatTimeOfDay(second * 1000))).toBe(second * 1000);
});

test.prop([fc.nat({ max: 999999999 }), fc.integer({ min: 0, max: 9 })])(
  "a decimal is read as its digits say, or refused: never rounded",
  (digits, places) => {
    const padded = digits.toString().padStart(places + 1, "0");
    const text = places === 0 ? padded : `${padded.slice(0, -places)}.${padded.slice(-places)}`;
    const exact = BigInt(digits) * 1000000n;
    const divisor = 10n ** BigInt(places);
    const said = complaint(parseVolumeNl, `${text} mL`);
    if (exact % divisor === 0n) expect(said).toBe(`read as ${exact / divisor}`);
    else expect(said).toMatch(/is not a whole number of nL; the (nearest are .* and |smallest is 1 nL)/);
  },
);

test.prop([
  fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[-+.,0-9eE]{0,6} ?[a-zA-Zµ/%]{0,6} ?[0-9a-z]{0,4}$/)),
])("any other text is refused in one line, whatever it holds", (text) => {
  for (const parse of [
    parseVolumeNl,
    parseVolumePl,
    parseRateNlPerDay,
    parseDurationMs,
    parseConcentrationNgPerUl,
    parseMassNg,
    parseDoseNgPerDay,
    parseSharePerMille,
    parseTemperatureDeciC,
    parseTimeOfDayMs,
    parseVoltageMv,
    parseWholeDays,
  ]) {
    const said = complaint(parse, text);
    expect(said).toMatch(/^[^\p{Cc}]{5,200}$/u);
    if (said.startsWith("read as ")) expect(said).toMatch(/^read as [0-9]{1,16}$/);
  }
});

describe("texts that are read", () => {
  test.each([
    ["30 uL", 30000],
    ["30 \u00b5L", 30000],
    ["30 \u03bcL", 30000],
    ["30uL", 30000],
    ["0.5 mL", 500000],
    ["20 mL", 20000000],
    ["1 L", 1000000000],
    ["3000 pL", 3],
    ["0 mL", 0],
  ])("volume %s", (text, nl) => expect(parseVolumeNl(text)).toBe(nl));

  test.each([
    ["0.5 mL/day", 500000],
    ["2 uL/h", 48000],
    ["2 \u00b5L/hour", 48000],
    ["1 mL/h", 24000000],
    ["1 uL/min", 1440000],
    ["1 mL/d", 1000000],
  ])("rate %s", (text, nlPerDay) => expect(parseRateNlPerDay(text)).toBe(nlPerDay));

  test.each([
    ["90 min", 5400000],
    ["1 h 30 min", 5400000],
    ["1h30min", 5400000],
    ["1.5 h", 5400000],
    ["2 days", 172800000],
    ["1 week 1 d", 691200000],
    ["1 s 1 ms", 1001],
  ])("duration %s", (text, ms) => expect(parseDurationMs(text)).toBe(ms));

  test.each([
    ["10 mg/mL", 10000],
    ["500 ug/mL", 500],
    ["500 \u00b5g/mL", 500],
    ["500 mcg/mL", 500],
    ["7 ng/uL", 7],
    ["1 g/L", 1000],
  ])("concentration %s", (text, ngPerUl) => expect(parseConcentrationNgPerUl(text)).toBe(ngPerUl));

  test.each([
    [parseMassNg, "0.5 mg", 500000],
    [parseMassNg, "19.2 mcg", 19200],
    [parseMassNg, "50 \u00b5g", 50000],
    [parseDoseNgPerDay, "5 mg/day", 5000000],
    [parseDoseNgPerDay, "0.1 mcg/h", 2400],
    [parseSharePerMille, "14.5 %", 145],
    [parseTemperatureDeciC, "36.6\u00b0C", 366],
    [parseVoltageMv, "3.2 V", 3200],
    [parseWholeDays, "6 weeks", 42],
    [parseTimeOfDayMs, "7:05", 25500000],
    [(text: string) => parseTimeOfDayMs(text, "ends"), "24:00", 0],
  ])("%o %s", (parse, text, value) => expect(parse(text)).toBe(value));
});

describe("texts that are refused, and what is said", () => {
  test.each([
    [parseVolumeNl, "30", "30: a volume needs a unit, for example 30 uL"],
    [parseVolumeNl, "", "an empty text is not a volume, for example 30 uL"],
    [parseVolumeNl, "30 ul", "30 ul: ul is not a unit of volume; did you mean uL?"],
    [parseVolumeNl, "30 ML", "30 ML: ML is not a unit of volume; did you mean mL?"],
    [parseVolumeNl, "30 furlong", "30 furlong: furlong is not a unit of volume; the units are pL, nL, uL, mL, L"],
    [parseVolumeNl, "30 toString", "30 toString: toString is not a unit of volume; the units are pL, nL, uL, mL, L"],
    [parseVolumeNl, "0.5 mL/day", "0.5 mL/day is a rate; a volume is wanted, for example 30 uL"],
    [parseVolumeNl, "2 mg", "2 mg is a mass; a volume is wanted, for example 30 uL"],
    [parseVolumeNl, "1500 pL", "1500 pL is not a whole number of nL; the nearest are 1 nL and 2 nL"],
    [parseVolumeNl, "0.0000005 mL", "0.0000005 mL is not a whole number of nL; the smallest is 1 nL"],
    [parseVolumeNl, "9007199254740992 nL", "9007199254740992 nL is too large; the most is 9007199.254740991 L"],
    [parseVolumeNl, "9007199254740991.5 nL", "9007199254740991.5 nL is too large; the most is 9007199.254740991 L"],
    [parseVolumeNl, "-5 uL", "-5 is negative; it must not be"],
    [parseVolumeNl, "1e3 uL", "1e3: write the number out, without an exponent"],
    [parseVolumeNl, ".5 mL", ".5: write 0.5"],
    [parseVolumeNl, "1 000 uL", "1 000 uL: write one number and one unit, as 30 uL"],
    [
      parseVolumeNl,
      "1,000 uL",
      "1,000: write a number without separators, with a point before decimals, as 1500 or 1.5",
    ],
    [parseRateNlPerDay, "2 mg/day", "2 mg/day is a dose; give a volume rate such as 0.5 mL/day"],
    [parseRateNlPerDay, "2 mL", "2 mL is a volume; a rate is wanted, for example 0.5 mL/day"],
    [parseRateNlPerDay, "2 mL/hr", "2 mL/hr: mL/hr is not a unit of rate; did you mean mL/h?"],
    [parseDurationMs, "1 m", "1 m: m is not a unit of duration; write min"],
    [parseDurationMs, "1 h 30", "1 h 30 is not a duration, for example 1 h 30 min"],
    [parseDurationMs, "2 mL/day", "2 mL/day is a rate; a duration is wanted, for example 1 h 30 min"],
    [parseDurationMs, "30 min 1 h", "30 min 1 h: write each unit once, the larger before the smaller, as 1 h 30 min"],
    [parseDurationMs, "1 d 1 day", "1 d 1 day: write each unit once, the larger before the smaller, as 1 h 30 min"],
    [parseConcentrationNgPerUl, "10 Mg/mL", "10 Mg/mL: Mg/mL is not a unit of concentration; did you mean mg/mL?"],
    [parseMassNg, "5 mg/day", "5 mg/day is a dose; a mass is wanted, for example 2 mg"],
    [parseDoseNgPerDay, "5 mg", "5 mg is a mass; a dose is wanted, for example 5 mg/day"],
    [parseDoseNgPerDay, "0.5 mL/day", "0.5 mL/day is a rate; a dose is wanted, for example 5 mg/day"],
    [parseMassNg, "5 V", "5 V is a voltage; a mass is wanted, for example 2 mg"],
    [parseWholeDays, "36 h", "36 h is a duration; a number of days is wanted, for example 90 days"],
    [parseWholeDays, "1.5 days", "1.5 days is not a whole number of days; the nearest are 1 day and 2 days"],
    [parseTimeOfDayMs, "24:00", "24:00: write midnight as 00:00 where something begins"],
    [parseConcentrationNgPerUl, "0 mg/mL", "0 mg/mL: it must be more than 0, for example 10 mg/mL"],
  ])("%o %s", (parse, text, message) => expect(complaint(parse, text)).toBe(message));

  test("zero where it makes no sense", () => {
    expect(complaint((text) => parseVolumeNl(text, "zeroRefused"), "0 uL")).toBe(
      "0 uL: it must be more than 0, for example 30 uL",
    );
  });
});

describe("for people", () => {
  test.each([
    [formatVolume(310000), "310 \u00b5L"],
    [formatVolume(1234567), "1.234567 mL"],
    [formatVolume(999), "999 nL"],
    [formatVolumePl(300000), "300 nL"],
    [formatRate(500000), "0.5 mL/day"],
    [formatRate(48000), "48 \u00b5L/day"],
    [formatRate(0), "0 mL/day"],
    [formatRateBothWays(24000000), "24 mL/day (1 mL/h)"],
    [formatRateBothWays(500000), "0.5 mL/day"],
    [formatDuration(86400000), "24 h"],
    [formatDuration(180000000), "2 days 2 h"],
    [formatDuration(0), "0 s"],
    [formatConcentration(10000), "10 mg/mL"],
    [formatConcentration(500), "500 \u00b5g/mL"],
  ])("%s", (text, wanted) => expect(text).toBe(wanted));

  test.each([-1, 0.5, Number.NaN, 2 ** 53])("%s is no quantity of ours", (value) => {
    for (const format of [formatVolume, formatRate, formatDuration, formatConcentration])
      expect(() => format(value)).toThrow(RangeError);
  });
});
