import { MOST_LIBRARY_DRUGS } from "../../src/config";
import { RESTART_AFTER_MS } from "../../src/control-loop";
import { EventKind } from "../../src/events";
import { digestOf } from "../../src/prescription/digest";
import { prescriptionNumbers } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import { plainInput } from "../engines/engine";
import type { EngineInput } from "../engines/engine";
import type { TimedInput } from "../random/script";
import type { Course } from "./course";
import {
  CAREFUL_PUMP,
  COURSE_PUMP,
  CONTINUOUS,
  FLEX,
  PERIODIC,
  ONE_SHOT,
  THREE_SHOTS,
  TRIAL,
  TIGHT,
  TWO_DRUGS,
  STRONGER,
  OTHER,
  SLOW,
  filled,
} from "./course-orders";

/** 2026-03-01, in ms since 2000-01-01. */
const A_DAY_MS = 9556 * MS_PER_DAY;

/** The inputs by which a prescription comes into force. */
export function confirmed(prescription: Prescription): EngineInput[] {
  const id = digestOf(prescriptionNumbers(prescription));
  return [plainInput(EventKind.stage, { prescription }), plainInput(EventKind.confirm, { id, detail: 3 })];
}

type Doing = readonly [minutes: number, ...inputs: EngineInput[]];

const START = plainInput(EventKind.start);
const STOP = plainInput(EventKind.stop);
const ACKNOWLEDGE = plainInput(EventKind.acknowledge);
const ask = (id: number): EngineInput => plainInput(EventKind.requestBolus, { id, commandId: id });
const order = (id: number, count: number, minutes: number): EngineInput =>
  plainInput(EventKind.clinicianBolus, { id, count, detail: minutes * MS_PER_MIN, commandId: id });
const clock = (hours: number): EngineInput => plainInput(EventKind.setClock, { count: A_DAY_MS + hours * MS_PER_HOUR });
const detected = (detail: AlarmKind, count: number): EngineInput => plainInput(EventKind.detected, { detail, count });
const measured = (count: number): EngineInput => plainInput(EventKind.measureResidual, { count });
const refilled = (count: number, ...ngPerUl: number[]): EngineInput =>
  plainInput(EventKind.refill, { count, values: filled(MOST_LIBRARY_DRUGS, ngPerUl) });

function course(
  name: string,
  minutes: number,
  p: Prescription,
  doings: readonly Doing[],
  others: Partial<Course> = {},
): Course {
  const first: Doing = [0, ...confirmed(p), START];
  const inputs: TimedInput[] = [first, ...doings].flatMap(([atMin, ...all]) =>
    all.map((input) => ({ atMs: Math.round(atMin * MS_PER_MIN), input })),
  );
  return {
    name,
    config: COURSE_PUMP,
    reservoirNl: 18000000,
    drugs: p.concentrationNgPerUl,
    inputs: inputs.sort((one, other) => one.atMs - other.atMs),
    fromMs: 0,
    durationMs: minutes * MS_PER_MIN,
    ...others,
  };
}

const RESTART_MIN = RESTART_AFTER_MS / MS_PER_MIN;

/** Three weeks: the runtime is started anew as planned, within a lockout. */
export const PLANNED_RESTART: Course = course(
  "planned restart",
  RESTART_MIN + 120,
  SLOW,
  [
    [0, clock(9.9)],
    [RESTART_MIN - 5, ask(1)],
    [RESTART_MIN + 6, ask(2)],
    [RESTART_MIN + 40, ask(3)],
  ],
  { fromMs: RESTART_AFTER_MS - 6 * MS_PER_MIN },
);

/** What the cuts are made in: every mode of therapy, and all that can be done to a pump. */
export const COURSES: readonly Course[] = [
  course("continuous", 170, CONTINUOUS, [
    [7, ask(1)],
    [20, ask(2)],
    [47.5, order(3, 40000, 40)],
    [55, ask(4)],
    [130, ask(5)],
    [131, STOP],
    [135, START],
  ]),
  course("flex", 150, FLEX, [
    [0, clock(7.9)],
    [8, ask(1)],
    [40, plainInput(EventKind.clockLost)],
    [60, clock(9.5)],
    [62, ask(2)],
  ]),
  course("periodic", 130, PERIODIC, [
    [5, ask(1)],
    [50, plainInput(EventKind.hold)],
    [60, START],
    [75, order(2, 9000, 9)],
  ]),
  course("single shot", 40, ONE_SHOT, []),
  course("several shots", 160, THREE_SHOTS, [
    [63, STOP],
    [70, START],
  ]),
  course("trial by rate", 125, TRIAL, [
    [10, ask(1)],
    [115, ask(2)],
  ]),
  course("hold", 100, CONTINUOUS, [
    [10, ask(1)],
    [15, plainInput(EventKind.hold)],
    [60, START],
    [61, ask(2)],
    [70, ask(3)],
    [90, STOP],
  ]),
  course("prime", 60, CONTINUOUS, [
    [0.5, STOP],
    [1, plainInput(EventKind.deadVolumeEmpty, { count: 35000 })],
    [2, plainInput(EventKind.prime, { count: 20000 }), plainInput(EventKind.confirmPrime, { count: 20000 })],
    [6, plainInput(EventKind.prime, { count: 15000 }), plainInput(EventKind.confirmPrime, { count: 15000 })],
    [6.5, STOP],
    [10, START],
    [20, ask(1)],
  ]),
  course("bridge", 200, CONTINUOUS, [
    [20, STOP],
    [21, measured(17994000)],
    [22, refilled(19000000, 2000)],
    [23, ...confirmed(STRONGER)],
    [24, START],
    [30, ask(1)],
    [170, ask(2)],
  ]),
  course("weaker", 120, { ...CONTINUOUS, concentrationNgPerUl: filled(MOST_LIBRARY_DRUGS, [4000]) }, [
    [20, ask(1), STOP],
    [21, measured(17994000)],
    [22, refilled(19000000, 500)],
    [23, ...confirmed({ ...CONTINUOUS, concentrationNgPerUl: filled(MOST_LIBRARY_DRUGS, [500]) })],
    [24, START],
    [30, ask(2)],
  ]),
  course("refill", 60, CONTINUOUS, [
    [10, ask(1)],
    [15, STOP],
    [16, measured(17985000)],
    [17, refilled(20000000, 1000)],
    [18, START],
    [19, ask(2)],
    [40, STOP, measured(15000000)],
    [42, ACKNOWLEDGE],
    [43, refilled(15000000, 1000), START],
  ]),
  course("near the limit", 180, TIGHT, [
    [1, ask(1)],
    [42, ask(2)],
    [84, ask(3)],
    [90, order(4, 20000, 10)],
    [130, order(5, 12000, 3)],
  ]),
  course(
    "running empty",
    170,
    CONTINUOUS,
    [
      [5, ask(1)],
      [50, ask(2)],
      [60, ACKNOWLEDGE],
    ],
    { reservoirNl: 2050000, config: { ...COURSE_PUMP, emptyNl: 1985000 } },
  ),
  course(
    "two drugs",
    120,
    TWO_DRUGS,
    [
      [1, ask(1)],
      [13, ask(2)],
      [24, ask(3)],
      [25, order(4, 10000, 5)],
      [37, order(5, 10000, 5)],
      [50, order(6, 10000, 5)],
      [62, order(7, 10000, 5)],
      [74, ask(8)],
      [86, order(9, 30000, 20)],
    ],
    { config: CAREFUL_PUMP },
  ),
  course("another prescription", 150, CONTINUOUS, [
    [10, ask(1)],
    [13, ...confirmed(OTHER)],
    [50, ask(2)],
    [80, ...confirmed(CONTINUOUS)],
    [110, ask(3)],
    [115, STOP, ...confirmed(PERIODIC), START],
  ]),
  course("alarms", 90, CONTINUOUS, [
    [5, ask(1)],
    [8, detected(AlarmKind.occlusion, 1)],
    [12, detected(AlarmKind.occlusion, 0), ACKNOWLEDGE],
    [30, detected(AlarmKind.motorStall, 1)],
    [31, detected(AlarmKind.motorStall, 0)],
    [45, detected(AlarmKind.airInLine, 1), ask(2)],
    [46, detected(AlarmKind.airInLine, 0)],
    [50, ACKNOWLEDGE],
    [52, ask(3)],
  ]),
  PLANNED_RESTART,
];
