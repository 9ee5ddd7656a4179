import { describe, expect, test } from "vitest";
import {
  changeText,
  countText,
  durationText,
  errorFigure,
  flowFigure,
  instantText,
  massText,
  rateText,
  setting,
  twoDigits,
  volumeFigure,
} from "../../../bench/report/figures";

/** With blanks and a hyphen, as they are typed. */
function plain(text: string): string {
  return text.replace(/\u202F/g, " ").replace(/\u2212/g, "-");
}

describe("numbers of a report", () => {
  test.each([
    [1.2345, "+1.23"],
    [-1.3842, "-1.38"],
    [0.004, "0.00"],
    [-0.004, "0.00"],
    [99.994, "+99.99"],
    [-143.24, "-143.2"],
    [1178.94, "+1179"],
  ])("flow error %s is written %s (REP-003)", (percent, text) => expect(plain(errorFigure(percent))).toBe(text));

  test.each([
    [0.3124, "0.31"],
    [0.3, "0.30"],
    [0.0996, "0.10"],
    [9.96, "10"],
    [12.4, "12"],
    [2834, "2800"],
    [0.00001234, "0.000012"],
    [0, "0"],
  ])("an uncertainty of %s has two digits: %s (REP-003)", (value, text) => expect(twoDigits(value)).toBe(text));

  test("settings, flows, volumes, masses, times and counts", () => {
    expect(plain(rateText(0.002))).toBe("0.002 mL/h (0.048 mL/day)");
    expect(plain(rateText(1))).toBe("1 mL/h (24 mL/day)");
    expect([0.01234, -0.00056, 0, 12.3].map(changeText).map(plain)).toEqual(["+0.012 %", "-0.00056 %", "0 %", "+12 %"]);
    expect(setting(0.0000001)).toBe("0.0000001");
    expect([flowFigure(-1.3842, 1), flowFigure(3.21, 0.002), flowFigure(5, 120)]).toEqual([
      "0.9862",
      "0.0020642",
      "126.00",
    ]);
    expect([volumeFigure(29.474), volumeFigure(0.05), volumeFigure(1234.5)].map(plain)).toEqual([
      "29.47",
      "0.050",
      "1235",
    ]);
    expect([massText(1e-4), massText(1.2e-6), massText(2)].map(plain)).toEqual(["0.10 mg", "1.2 µg", "2.0 g"]);
    expect([0.5, 31, 119.96, 120, 1512.4].map(durationText).map(plain)).toEqual([
      "30 s",
      "31 min",
      "120 min",
      "2 h",
      "25 h 12 min",
    ]);
    expect([0, 65, -65].map(instantText).map(plain)).toEqual(["0.0 min", "1 h 05 min", "-1 h 05 min"]);
    expect([999, 3121, 864000].map(countText).map(plain)).toEqual(["999", "3 121", "864 000"]);
  });
});
