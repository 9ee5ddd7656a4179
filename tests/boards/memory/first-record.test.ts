import { expect, test } from "vitest";
import { ControlLoop } from "../../../src/control-loop";
import { EventKind } from "../../../src/events";
import { Pump } from "../../../src/pump";
import { StateRecord } from "../../../src/record/state-record";
import { IdealStepDriver, SilentAnnunciator } from "../../../src/simulation/ideal-ports";
import { MS_PER_DAY, MS_PER_HOUR } from "../../../src/units";
import { REFERENCE_PUMP } from "../../src/reference-pump";
import { FramBench } from "./fram-bench";

test.each([0, 8, 15])(
  "the first record of a pump that stood blank for %i days has room while it waits, and is made",
  async (days) => {
    const bench = new FramBench();
    const pump = new Pump(REFERENCE_PUMP, new StateRecord());
    const witness = { write: () => undefined, stroke: () => undefined, memory: () => undefined };
    const motor = new IdealStepDriver(REFERENCE_PUMP.strokeMs, witness, pump.guard);
    const loop = new ControlLoop(pump, motor, bench.store, new SilentAnnunciator(), witness);
    const endMs = days * MS_PER_DAY;
    for (let atMs = 0; atMs <= endMs; atMs += MS_PER_HOUR) while (loop.turn(atMs) <= atMs);
    loop.inbox.add(EventKind.measureResidual, endMs + 1, 0, 0, 0);
    await bench.do(() => {
      while (loop.turn(endMs + 1) <= endMs + 1);
    });
    await bench.board.run(1000);
    expect(bench.reports.map(([sequence]) => sequence)).toEqual([1]);
    expect(bench.store.waiting).toBe(0);
  },
);
