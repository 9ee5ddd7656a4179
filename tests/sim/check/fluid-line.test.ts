import { describe, expect, test } from "vitest";
import { DeliveryChecker } from "../../../sim/check/delivery-checker";
import { FluidLine } from "../../../sim/check/fluid-line";
import { StrokeUnits } from "../../../sim/check/stroke-units";
import type { EngineInput } from "../../../sim/engines/engine";
import { plainInput } from "../../../sim/engines/engine";
import { createNativeEngine } from "../../../sim/engines/native";
import { EventKind } from "../../../src/events";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { JournalCode } from "../../../src/record/journal";
import type { Prescription } from "../../../src/prescription/prescription";
import { BOUNDLESS_DRUG, drugs, prescribed, program, REFERENCE_PUMP } from "../../src/reference-pump";

const HOUR_MS = 3600000;
const DAY_MS = 86400000;

describe("what leaves the tip", () => {
  // A stroke is 300 nL.
  const units = new StrokeUnits(REFERENCE_PUMP);
  const inNg = (mass: bigint): number => Number(mass) / (1000000 * REFERENCE_PUMP.fullStepsPerRevolution);

  test("is the old fluid until the dead volume has passed, to the very part of a stroke", () => {
    const line = new FluidLine(units, drugs(1000));
    line.change(drugs(2000), 750);
    const ng = [0, 1, 2, 3].map(() => inNg(line.push()(0)));
    // The third stroke is half of each.
    expect(ng).toEqual([300, 300, 450, 600]);
    expect(line.holdsOld).toBe(false);
  });

  test("is one fluid behind the other when it was changed twice", () => {
    const line = new FluidLine(units, drugs(1000));
    line.change(drugs(5000), 900);
    line.push();
    line.change(drugs(2000), 900);
    expect([0, 1, 2, 3].map(() => inNg(line.push()(0)))).toEqual([300, 300, 1500, 600]);
  });
});

/** A pump whose drug's limit of 24 h is 300 ug: 300 uL of it at 1 mg/mL, 30 uL at 10 mg/mL. */
const PUMP = { ...REFERENCE_PUMP, library: [{ ...BOUNDLESS_DRUG, softDayNg: 300000, hardDayNg: 300000 }] };

/** Basal of one fluid, with a dead volume of 350 uL. */
function basalOf(ngPerUl: number, basalNlPerDay: number): Prescription {
  return prescribed({ concentrationNgPerUl: drugs(ngPerUl), basalNlPerDay, bolusNl: 0 });
}

/** The inputs by which the reservoir's fluid is changed, and therapy goes on with a prescription for it. */
function refillFor(p: Prescription): EngineInput[] {
  return [
    plainInput(EventKind.stop),
    plainInput(EventKind.measureResidual, { count: 19000000 }),
    plainInput(EventKind.acknowledge),
    plainInput(EventKind.refill, { count: 20000000, values: p.concentrationNgPerUl }),
    ...program(p),
    plainInput(EventKind.start),
  ];
}

test("a strong fluid between two weak ones cannot pass a drug's limit of 24 h unseen", () => {
  const weak = basalOf(100, 2900000);
  const strong = basalOf(10000, 28000);
  const checker = new DeliveryChecker(PUMP, 20000000, drugs(100));
  const alarms: number[] = [];
  const engine = createNativeEngine(
    { config: PUMP, reservoirNl: 20000000, drugs: drugs(100) },
    {
      stroke: (atMs, strokes) => checker.stroke(atMs, strokes),
      entry: (code, atMs, a, b, c, d) => {
        if (code === Number(JournalCode.alarmRaised)) alarms.push(a);
        checker.entry(code, atMs, a, b, c, d);
      },
    },
  );
  const give = (inputs: readonly EngineInput[], atMs: number): void => {
    for (const input of inputs) {
      checker.handed(input);
      engine.give(input, atMs);
    }
  };
  give([...program(weak), plainInput(EventKind.start)], 0);
  give(refillFor(strong), HOUR_MS);
  // In five days 140 uL with 1.4 mg have left the reservoir, and none of that the tip.
  const changedMs = HOUR_MS + 5 * DAY_MS;
  give(refillFor(weak), changedMs);
  engine.runTo(changedMs + DAY_MS);
  checker.close(changedMs + DAY_MS);
  expect(checker.complaints).toEqual([]);
  expect(checker.dropped).toBeGreaterThan(0);
  expect(alarms).toContain(AlarmKind.doseLimitReached);
});
