import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { Reservation } from "../../../src/record/reservation";

type Doing = "stroke" | "record" | "durable" | "bolus" | "cut";

/** What a record says: strokes until then, and how many may follow. */
interface Held {
  readonly strokes: number;
  readonly reserved: number;
}

/** A reservation with its memory, as an exact bookkeeper sees it. */
class Bookkeeper {
  made = 0;
  cuts = 0;
  /** What the durable record says, and the one on its way. */
  durable: Held = { strokes: 0, reserved: 0 };
  onItsWay: Held | undefined;
  total = 0;
  reservation = new Reservation(0);
  private boluses = 0;
  /** Boluses that the record on its way, and the durable one, knows of. */
  private inRecord = 0;
  private known = 0;

  do(what: Doing, wanted: number): void {
    if (what === "stroke" && this.reservation.left > 0) {
      this.reservation.left--;
      this.total++;
      this.made++;
      expect(this.known).toBe(this.boluses);
    } else if (what === "record" && this.onItsWay === undefined) {
      this.onItsWay = { strokes: this.total, reserved: this.reservation.ask(wanted, this.total) };
      this.inRecord = this.boluses;
    } else if (what === "durable" && this.onItsWay !== undefined) {
      this.durable = this.onItsWay;
      this.onItsWay = undefined;
      this.known = this.inRecord;
      this.reservation.granted(this.total);
    } else if (what === "bolus") {
      this.reservation.hold();
      this.boluses++;
    } else if (what === "cut") this.cut(wanted % 2 === 0);
    // Whichever of the two records is found after a cut now, it covers what was made.
    expect(this.durable.strokes + this.durable.reserved).toBeGreaterThanOrEqual(this.total);
    if (this.onItsWay !== undefined)
      expect(this.onItsWay.strokes + this.onItsWay.reserved).toBeGreaterThanOrEqual(this.total);
  }

  private cut(newIsFound: boolean): void {
    const found = newIsFound ? (this.onItsWay ?? this.durable) : this.durable;
    this.cuts++;
    this.onItsWay = undefined;
    this.total = found.strokes + found.reserved;
    this.durable = { strokes: this.total, reserved: 0 };
    this.reservation = new Reservation(this.total);
    this.known = this.boluses;
  }
}

const doing = fc.tuple(
  fc.oneof(
    { arbitrary: fc.constant<Doing>("stroke"), weight: 8 },
    { arbitrary: fc.constantFrom<Doing>("record", "durable"), weight: 4 },
    { arbitrary: fc.constantFrom<Doing>("bolus", "cut"), weight: 1 },
  ),
  fc.integer({ min: 0, max: 200 }),
);

property.prop([fc.array(doing, { maxLength: 400, size: "max" })], { numRuns: 400 })(
  "whatever happens in whatever order, no stroke is made that the memory does not hold, and cuts count at most twice the truth (PWR-002)",
  (doings) => {
    const keeper = new Bookkeeper();
    for (const [what, wanted] of doings) keeper.do(what, wanted);
    expect(keeper.total).toBeGreaterThanOrEqual(keeper.made);
    expect(keeper.total).toBeLessThanOrEqual(2 * keeper.made + keeper.cuts);
  },
);

test("it begins with one stroke, doubles, and reaches what is wanted; a hundred cuts right after each count two for one", () => {
  const keeper = new Bookkeeper();
  const asked: number[] = [];
  for (let i = 0; i < 9; i++) {
    keeper.do("record", 100);
    asked.push(keeper.onItsWay?.reserved ?? 0);
    keeper.do("durable", 0);
    while (keeper.reservation.left > 0) keeper.do("stroke", 0);
  }
  expect(asked).toEqual([1, 1, 2, 4, 8, 16, 32, 64, 100]);
  keeper.do("cut", 0);
  const before = keeper.total - keeper.made;
  for (let cut = 0; cut < 100; cut++) {
    for (const what of ["record", "durable", "stroke", "record", "durable", "cut"] as const) keeper.do(what, 100);
  }
  expect(keeper.total - keeper.made - before).toBe(100);
});

test("what changes while a record is under way waits for the next one, although this one becomes durable (PWR-002)", () => {
  const reservation = new Reservation(0);
  expect(reservation.ask(100, 60)).toBe(60);
  reservation.hold();
  reservation.granted(60);
  expect(reservation.left).toBe(0);
  expect(reservation.ask(100, 60)).toBe(60);
  reservation.granted(63);
  expect(reservation.left).toBe(57);
});
