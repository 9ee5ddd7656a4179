import { describe, expect, test } from "vitest";
import { DeliveryChecker } from "../../../sim/check/delivery-checker";
import type { PortSink } from "../../../sim/engines/engine";
import { createNativeEngine } from "../../../sim/engines/native";
import { Random } from "../../../sim/random/random";
import { randomTherapy } from "../../../sim/random/random-therapy";
import { runTherapy } from "../../../sim/random/run-therapy";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { JournalCode } from "../../../src/record/journal";

/** One thing that passed the ports: a stroke, or an entry with its code and numbers. */
interface Passed {
  readonly atMs: number;
  /** 0: a stroke. */
  readonly code: number;
  readonly numbers: readonly [number, number, number, number];
}

/** What passed the ports in a random therapy, in order. */
function passedIn(seed: number): Passed[] {
  const passed: Passed[] = [];
  const sink: PortSink = {
    stroke: (atMs) => passed.push({ atMs, code: 0, numbers: [1, 0, 0, 0] }),
    entry: (code, atMs, a, b, c, d) => passed.push({ atMs, code, numbers: [a, b, c, d] }),
  };
  runTherapy(randomTherapy(seed), createNativeEngine, sink);
  return passed;
}

/** What the checker says of a therapy in which this passed the ports. */
function complaintsAbout(seed: number, passed: readonly Passed[]): readonly string[] {
  const therapy = randomTherapy(seed);
  const checker = new DeliveryChecker(therapy.config, therapy.reservoirNl, therapy.drugs);
  for (const { input } of therapy.inputs) checker.handed(input);
  for (const { atMs, code, numbers } of passed) {
    if (code === 0) checker.stroke(atMs, 1);
    else checker.entry(code, atMs, ...numbers);
  }
  checker.close(therapy.durationMs);
  return checker.complaints;
}

/** Ways to spoil what passed at a place where something of this code is. */
const SPOILT: { what: string; code: number; spoil: (one: Passed) => Passed[] }[] = [
  { what: "a stroke is missing", code: 0, spoil: () => [] },
  { what: "a stroke comes twice", code: 0, spoil: (one) => [one, one] },
  { what: "a stroke comes 1 ms late", code: 0, spoil: (one) => [{ ...one, atMs: one.atMs + 1 }] },
  { what: "a stroke comes 1 ms early", code: 0, spoil: (one) => [{ ...one, atMs: one.atMs - 1 }] },
  { what: "a stroke is dropped that has room", code: 0, spoil: (one) => [{ ...one, code: JournalCode.strokeDropped }] },
  {
    what: "a stroke is given up that is due",
    code: 0,
    spoil: (one) => [{ ...withFirst(one, 0), code: JournalCode.forfeited }],
  },
  { what: "the basal is another", code: JournalCode.basalRate, spoil: (one) => [withFirst(one, one.numbers[0] + 1)] },
  { what: "a grant is made a denial", code: JournalCode.bolusGranted, spoil: deny },
  { what: "a bolus has another volume", code: JournalCode.bolusGranted, spoil: (one) => [withSecond(one, -1)] },
  { what: "the end of a bolus is not told", code: JournalCode.bolusEnded, spoil: () => [] },
  { what: "a bolus ends with less", code: JournalCode.bolusEnded, spoil: lessOrdered },
  { what: "a resumption keeps less", code: JournalCode.bolusResumed, spoil: (one) => [withSecond(one, 1)] },
  { what: "a suspension is not told", code: JournalCode.bolusSuspended, spoil: () => [] },
  { what: "a denial has another reason", code: JournalCode.bolusDenied, spoil: otherAnswer },
  {
    what: "a start is refused",
    code: JournalCode.started,
    spoil: (one) => [{ ...one, code: JournalCode.startRefused }],
  },
  {
    what: "a refused start is carried out",
    code: JournalCode.startRefused,
    spoil: (one) => [{ ...one, code: JournalCode.started }],
  },
  { what: "an end of the program is not told", code: JournalCode.programEnded, spoil: () => [] },
  {
    what: "a refill is refused",
    code: JournalCode.refilled,
    spoil: (one) => [{ ...one, code: JournalCode.refillRefused }],
  },
  {
    what: "a prime is refused",
    code: JournalCode.primeAsked,
    spoil: (one) => [{ ...one, code: JournalCode.primeRefused }],
  },
];

function withFirst(one: Passed, first: number): Passed {
  const [, b, c, d] = one.numbers;
  return { ...one, numbers: [first, b, c, d] };
}

function withSecond(one: Passed, less: number): Passed {
  const [a, b, c, d] = one.numbers;
  return { ...one, numbers: [a, b - less, c, d] };
}

function deny(one: Passed): Passed[] {
  return [{ ...one, code: JournalCode.bolusDenied, numbers: [one.numbers[0], BolusAnswer.lockedOut, one.atMs + 1, 0] }];
}

function lessOrdered(one: Passed): Passed[] {
  const [a, b, c, d] = one.numbers;
  return [{ ...one, numbers: [a, b, c + 1, d] }];
}

function otherAnswer(one: Passed): Passed[] {
  const [a, b, c, d] = one.numbers;
  return [{ ...one, numbers: [a, b === 5 ? 6 : 5, c, d] }];
}

function isSame(one: Passed, later: Passed): boolean {
  return later.code === one.code && later.atMs === one.atMs && one.code !== 0;
}

describe("the checker finds what is spoilt in a therapy that was right (SIM-007)", () => {
  const runs = Array.from({ length: 60 }, (_, seed) => ({ seed, passed: passedIn(seed) }));

  test.each(SPOILT)("$what", ({ code, spoil }) => {
    const random = new Random(code);
    let spoilt = 0;
    for (const { seed, passed } of runs) {
      // Of several at one instant only the last stays.
      const places = passed.flatMap((one, index) =>
        one.code === code && !passed.slice(index + 1, index + 9).some((later) => isSame(one, later)) ? [index] : [],
      );
      if (places.length === 0) continue;
      const place = random.pick(places);
      const one = passed[place];
      if (one === undefined) continue;
      const wrong = [...passed.slice(0, place), ...spoil(one), ...passed.slice(place + 1)];
      expect(complaintsAbout(seed, wrong), `seed ${seed}, place ${place}`).not.toEqual([]);
      spoilt++;
    }
    expect(spoilt).toBeGreaterThan(2);
  });

  test("and is content with what was not spoilt", () => {
    for (const { seed, passed } of runs) expect(complaintsAbout(seed, passed)).toEqual([]);
  });
});
