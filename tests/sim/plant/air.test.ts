import { expect, test } from "vitest";
import { AirLine } from "../../../sim/plant/air";

/** A line of 100 µL with a detector behind 30 µL of it. */
function line(leastNl = 0): AirLine {
  return new AirLine(100000, { afterNl: 30000, leastNl });
}

/** Makes strokes of 300 nL and returns at which (from 1) the detector sees air. */
function seenIn(air: AirLine, strokes: number): number[] {
  return Array.from({ length: strokes }, (_, n) => n + 1).filter(() => {
    air.stroke(300);
    return air.isSeen();
  });
}

test("a bubble reaches detector and outlet behind the volume between, and displaces as much liquid (PLT-003)", () => {
  const air = line();
  for (let n = 0; n < 20; n++) air.stroke(300);
  air.draw(1500);
  // It goes in from 6000 to 7500 nL. Its front is at the detector with 36,000 nL, stroke 120; its end with 37,500, stroke 125.
  expect(seenIn(air, 200).map((stroke) => stroke + 20)).toEqual([120, 121, 122, 123, 124, 125]);
  // It leaves from 106,000 to 107,500 nL.
  expect([106000, 106600, 107500, 200000].map((nl) => air.leftNl(nl))).toEqual([0, 600, 1500, 1500]);
});

test("one that is smaller than the detector sees, or than a stroke, is told apart", () => {
  const small = line(2000);
  small.draw(1500);
  expect(seenIn(small, 200)).toEqual([]);
  // 100 nL pass within one stroke, the 101st.
  const tiny = line();
  tiny.draw(100);
  expect(seenIn(tiny, 200)).toEqual([100, 101]);
});

test("air in the line is what went in and has not left, and a new line has none", () => {
  const air = new AirLine(100000);
  air.draw(3000);
  air.draw(600);
  expect(air.inLineNl(0)).toBe(0);
  for (let n = 0; n < 100; n++) air.stroke(300);
  expect(air.inLineNl(0)).toBe(3600);
  expect(air.inLineNl(101000)).toBe(2600);
  air.renew(101000);
  expect([air.inLineNl(101000), air.leftNl(101000), air.leftNl(500000), air.isSeen()]).toEqual([0, 1000, 1000, false]);
});
