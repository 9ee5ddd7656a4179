import { expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { PoweredPump } from "../powered-pump";
import { prescribed } from "../reference-pump";
import { found } from "./found";

const MIN = 60000;
const H = 60 * MIN;
const DAY = 24 * H;
/** Longer than the memory takes for a record, in ms. */
const WRITTEN = 50;

/** Three hours and a second of 1 mL/day: 416 strokes of 300 nL were made since the start, so as many may be reserved. */
const running = (): PoweredPump => new PoweredPump().begin().pass(3 * H + 1000);

/** Over the strokes that are ordered for: an hour of basal is 41,666 nL, the least that is reserved while anything is ordered is one. */
test.each<[string, number, () => PoweredPump]>([
  ["nothing was ever made: one, to begin with", 1, () => new PoweredPump().begin()],
  ["basal only: an hour of it", 138, () => running()],
  [
    "so little that an hour is no stroke: one",
    1,
    () => new PoweredPump().begin(prescribed({ basalNlPerDay: 1200 })).pass(DAY),
  ],
  ["a demand bolus: all of it, too: 71,666 nL", 238, () => running().do(EventKind.requestBolus)],
  [
    "a clinician's bolus: 5 min of it, 5,000 nL",
    155,
    () => running().do(EventKind.clinicianBolus, { count: 60000, detail: H }),
  ],
  [
    "a clinician's bolus of 1,000 nL: no more than that",
    142,
    () => running().do(EventKind.clinicianBolus, { count: 1000, detail: MIN }),
  ],
  [
    "a bolus at the rate of basal: 3,473 nL of it",
    150,
    () => running().do(EventKind.clinicianBolus, { count: 125000, detail: 3 * H }),
  ],
  [
    "a demand bolus that suspends a clinician's: nothing of that",
    238,
    () => running().do(EventKind.clinicianBolus, { count: 60000, detail: H }).do(EventKind.requestBolus),
  ],
  [
    "what fills the line: 5 min of it, 83,334 nL",
    277,
    () => {
      const drive = running().do(EventKind.stop).do(EventKind.deadVolumeEmpty, { count: 350000 });
      return drive.do(EventKind.prime, { count: 300000 }).do(EventKind.confirmPrime, { count: 300000 });
    },
  ],
  ["stopped: none", 0, () => running().do(EventKind.stop)],
  ["at rest before a planned restart: none", 0, () => running().do(EventKind.restartDue)],
])("what a record reserves while there is %s (PWR-002)", (_what, strokes, make) => {
  expect(found(make().pass(WRITTEN).fram.imageAfter(0)).reservedStrokes).toBe(strokes);
});
