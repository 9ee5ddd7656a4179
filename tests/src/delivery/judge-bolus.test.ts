import { describe, expect, test } from "vitest";
import { BolusKind } from "../../../src/delivery/bolus-run";
import { BolusAnswer, BolusVerdict, judgeBolus } from "../../../src/delivery/judge-bolus";
import type { BolusFacts } from "../../../src/delivery/judge-bolus";

const NOW_MS = 50000000;

/** Everything is well: 30 uL fit in every respect, each limit being met exactly. */
const BASELINE: BolusFacts = {
  requestId: 7,
  seenBefore: false,
  running: true,
  faultLatched: false,
  alarmActive: false,
  bolusNl: 30000,
  mostNl: 30000,
  clockMissing: false,
  opensAtMs: NOW_MS,
  busyWith: BolusKind.none,
  lockedUntilMs: NOW_MS,
  roomAgainMs: NOW_MS,
  windowMs: 86400000,
  roomNl: 30000,
  usableNl: 40000,
  neededNl: 39999,
};

/** One thing that forbids the bolus, just so: the facts it changes, and the numbers that the answer must carry. */
interface Cause {
  readonly answer: BolusAnswer;
  readonly change: Partial<BolusFacts>;
  readonly a: number;
  readonly b: number;
}

// In the order of precedence, which is not taken from the code.
const CAUSES: Cause[] = [
  { answer: BolusAnswer.duplicate, change: { seenBefore: true }, a: 7, b: 0 },
  { answer: BolusAnswer.stopped, change: { running: false }, a: 0, b: 0 },
  { answer: BolusAnswer.faultLatched, change: { faultLatched: true }, a: 0, b: 0 },
  { answer: BolusAnswer.alarmActive, change: { alarmActive: true }, a: 0, b: 0 },
  { answer: BolusAnswer.notPrescribed, change: { bolusNl: 0 }, a: 0, b: 0 },
  { answer: BolusAnswer.aboveLimit, change: { mostNl: 29999 }, a: 29999, b: 0 },
  { answer: BolusAnswer.clockNotSet, change: { clockMissing: true }, a: 0, b: 0 },
  { answer: BolusAnswer.outsideHours, change: { opensAtMs: NOW_MS + 3 }, a: NOW_MS + 3, b: 0 },
  { answer: BolusAnswer.busy, change: { busyWith: BolusKind.scheduled }, a: BolusKind.scheduled, b: 0 },
  { answer: BolusAnswer.lockedOut, change: { lockedUntilMs: NOW_MS + 1 }, a: NOW_MS + 1, b: 0 },
  { answer: BolusAnswer.maxPerDay, change: { roomAgainMs: NOW_MS + 2 }, a: NOW_MS + 2, b: 0 },
  { answer: BolusAnswer.wouldExceedWindow, change: { roomNl: 29999 }, a: 86400000, b: 29999 },
  { answer: BolusAnswer.reservoirLow, change: { usableNl: 39999 }, a: 39999, b: 0 },
];

function judge(change: Partial<BolusFacts>, nowMs = NOW_MS): { answer: BolusAnswer; a: number; b: number } {
  const verdict = new BolusVerdict();
  // What an earlier answer left behind must not show.
  verdict.a = -1;
  verdict.b = -1;
  judgeBolus({ ...BASELINE, ...change }, nowMs, verdict);
  return { answer: verdict.answer, a: verdict.a, b: verdict.b };
}

test("a bolus that meets every limit exactly is granted", () => {
  expect(judge({})).toEqual({ answer: BolusAnswer.granted, a: 0, b: 0 });
});

test("every answer has a cause here", () => {
  const answers = Object.values(BolusAnswer).filter((value) => typeof value === "number");
  expect([BolusAnswer.granted, ...CAUSES.map(({ answer }) => answer)]).toEqual(answers);
});

describe("one cause alone, at its edge (BOL-005, RES-004, ALM-007, BOL-006)", () => {
  test.each(CAUSES.map((cause) => [BolusAnswer[cause.answer], cause] as const))("%s", (_name, cause) => {
    expect(judge(cause.change)).toEqual({ answer: cause.answer, a: cause.a, b: cause.b });
  });

  test.each(["opensAtMs", "lockedUntilMs", "roomAgainMs"] as const)(
    "%s: 1 ms before it refused, at it granted (BOL-004)",
    (field) => {
      const untilMs = NOW_MS + 7200000;
      expect(judge({ [field]: untilMs }, untilMs - 1)).toMatchObject({ a: untilMs });
      expect(judge({ [field]: untilMs }, untilMs - 1).answer).not.toBe(BolusAnswer.granted);
      expect(judge({ [field]: untilMs }, untilMs).answer).toBe(BolusAnswer.granted);
    },
  );

  test("a window that basal alone has overdrawn has no room, not less than none", () => {
    expect(judge({ roomNl: -500 })).toEqual({ answer: BolusAnswer.wouldExceedWindow, a: 86400000, b: 0 });
  });
});

/** Each two causes that can hold at once: without a bolus prescribed there is no volume that could be too much. */
const PAIRS = CAUSES.flatMap((first, i) =>
  CAUSES.slice(i + 1)
    .filter(
      (second) =>
        first.answer !== BolusAnswer.notPrescribed ||
        (second.answer !== BolusAnswer.wouldExceedWindow && second.answer !== BolusAnswer.aboveLimit),
    )
    .map((second) => [BolusAnswer[first.answer], BolusAnswer[second.answer], first, second] as const),
);

test.each([BolusKind.demand, BolusKind.clinician, BolusKind.bridge])("busy says with what: %i", (busyWith) => {
  expect(judge({ busyWith })).toEqual({ answer: BolusAnswer.busy, a: busyWith, b: 0 });
});

describe("two causes at once (BOL-005)", () => {
  test.each(PAIRS)("%s comes before %s", (_first, _second, first, second) => {
    expect(judge({ ...second.change, ...first.change })).toEqual({ answer: first.answer, a: first.a, b: first.b });
  });

  test("all at once: the first", () => {
    const all = Object.assign({}, ...CAUSES.map(({ change }) => change)) as Partial<BolusFacts>;
    expect(judge(all).answer).toBe(BolusAnswer.duplicate);
  });
});
