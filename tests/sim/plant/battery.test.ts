import { expect, test } from "vitest";
import { Battery, LITHIUM_ION_CURVE } from "../../../sim/plant/battery";

const H = 3600000;
const battery = new Battery({
  capacityUah: 100000,
  strokeUah: 5,
  restUa: 40,
  startPercent: 80,
  stepPercent: 1,
  curve: LITHIUM_ION_CURVE,
});

test("charge is what was there less strokes and rest, down to nothing (PLT-005)", () => {
  // 80,000 µAh - 1000 x 5 - 40 x 100 = 71,000 of 100,000.
  expect(battery.chargePercent(1000, 100 * H)).toBeCloseTo(71, 12);
  expect(battery.chargePercent(0, 2000 * H)).toBe(0);
  expect(battery.chargePercent(0, 1999 * H)).toBeCloseTo(0.04, 12);
});

test("voltage lies on straight lines between the curve's points and ends with them", () => {
  expect([120, 100, 95, 10, 7.5, 5, 2, 0].map((percent) => battery.voltageMv(percent))).toEqual([
    4200,
    4200,
    4130,
    3680,
    3565,
    3450,
    expect.closeTo(3180, 9),
    3000,
  ]);
  const short = new Battery({
    ...battery.model,
    curve: [
      { percent: 90, mv: 3000 },
      { percent: 10, mv: 2000 },
    ],
  });
  expect([100, 50, 5].map((percent) => short.voltageMv(percent))).toEqual([3000, 2500, 2000]);
});
