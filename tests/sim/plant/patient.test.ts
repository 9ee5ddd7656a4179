import { expect, test } from "vitest";
import { Patient, PressSource } from "../../../sim/plant/patient";
import type { HabitPresses, NeedPresses } from "../../../sim/plant/patient";

const H = 3600000;
const ALWAYS = { line: 7, fromMs: 0, untilMs: Infinity, contacts: 1 };
const NEED: NeedPresses = { presses: "byNeed", meanMs: 3 * H, ...ALWAYS };
const HABIT: HabitPresses = { presses: "byHabit", everyMs: 4 * H, spreadMs: H, ...ALWAYS };

/** Times of the next presses of a source that nobody answers. */
function times(source: PressSource, count: number): number[] {
  return Array.from({ length: count }, () => source.press().contactsMs[0] ?? NaN);
}

test("by habit each press lies within its spread, all of which is used", () => {
  const offs = times(new PressSource({ ...HABIT, fromMs: 2 * H }, 3), 4000).map(
    (ms, n) => ms - 2 * H - (n + 1) * 4 * H,
  );
  expect(Math.max(...offs.map(Math.abs))).toBeLessThanOrEqual(H);
  const mean = offs.reduce((a, b) => a + b, 0) / offs.length;
  const square = offs.reduce((a, b) => a + b * b, 0) / offs.length;
  // Uniform: variance spread^2 / 3. The mean of 4000 lies within four standard errors.
  expect(Math.abs(mean)).toBeLessThan((4 * H) / Math.sqrt(3 * 4000));
  expect(square / (H * H)).toBeCloseTo(1 / 3, 1);
});

test("by need the first press after a grant is Weibull of shape 2 with the mean that was said (PLT-006)", () => {
  const source = new PressSource(NEED, 5);
  const waits: number[] = [];
  let grantMs = 0;
  for (let n = 0; n < 4000; n++) {
    source.granted(grantMs);
    const [pressMs = 0] = source.press().contactsMs;
    waits.push(pressMs - grantMs);
    grantMs = pressMs + 600000;
  }
  waits.sort((a, b) => a - b);
  // Kolmogorov and Smirnov: the largest distance from F(t) = 1 - exp(-(pi/4) (t/mean)^2); 1.95 / sqrt(n) is passed once in 1000.
  const distance = Math.max(
    ...waits.map((wait, n) =>
      Math.abs((n + 0.5) / waits.length - (1 - Math.exp((-Math.PI / 4) * (wait / (3 * H)) ** 2))),
    ),
  );
  expect(distance).toBeLessThan(1.95 / Math.sqrt(4000));
});

test("while nothing is granted the presses come as the rising hazard says: (t / l)^2 of them by t", () => {
  const counts = Array.from({ length: 400 }, (_, seed) => {
    const source = new PressSource(NEED, seed);
    return times(source, 60).filter((ms) => ms <= 12 * H).length;
  });
  // (pi/4) (12/3)^2 = 12.57, Poisson: the mean of 400 runs within four standard errors.
  const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
  expect(Math.abs(mean - 4 * Math.PI)).toBeLessThan(4 * Math.sqrt((4 * Math.PI) / 400));
});

test("behind ten mean times the hazard stays: presses come at twice ten means over l squared", () => {
  const later = new PressSource(NEED, 2);
  const all = times(later, 3000).filter((ms) => ms > 30 * H);
  const scaleH = 6 / Math.sqrt(Math.PI);
  const perHour = all.length / ((Math.max(...all) - 30 * H) / H);
  // Poisson: the count lies within four times its root.
  expect(Math.abs(perHour / (60 / (scaleH * scaleH)) - 1)).toBeLessThan(4 / Math.sqrt(all.length));
});

test("a bouncing key makes its contacts some ms apart", () => {
  const source = new PressSource({ ...HABIT, contacts: 5 }, 1);
  for (let n = 0; n < 50; n++) {
    const { contactsMs } = source.press();
    const gaps = contactsMs.slice(1).map((ms, at) => ms - (contactsMs[at] ?? 0));
    expect(gaps).toHaveLength(4);
    for (const gap of gaps) expect(gap >= 2 && gap <= 20).toBe(true);
  }
});

test("one seed gives the same patient, another another; presses end with their time", () => {
  const pressed = (seed: number): unknown =>
    new Patient([NEED, { ...HABIT, untilMs: 9 * H }], seed).pressesUntil(40 * H);
  expect(pressed(4)).toEqual(pressed(4));
  expect(pressed(4)).not.toEqual(pressed(5));
  const late = new Patient([{ ...HABIT, untilMs: 9 * H }], 1);
  expect(late.pressesUntil(1000 * H).length).toBeLessThanOrEqual(2);
  expect(late.nextMs()).toBe(Infinity);
});
