import { wholeTurn } from "../../src/simulation/whole-turn";
import { describe, expect, test } from "vitest";
import { ControlLoop } from "../../src/control-loop";
import { BolusKind } from "../../src/delivery/bolus-run";
import { BolusAnswer } from "../../src/delivery/judge-bolus";
import { EventKind } from "../../src/events";
import { INBOX_SLOTS } from "../../src/inbox";
import { ProgramKind } from "../../src/prescription/prescription";
import { JournalCode } from "../../src/record/journal";
import { FaultKind } from "../../src/safety/fault";
import { IdealStepDriver, SilentAnnunciator } from "../../src/simulation/ideal-ports";
import { VolatileStore } from "../../src/record/volatile-store";
import type { PortWitness } from "../../src/simulation/ideal-ports";
import { LoopDrive, Transcript } from "./loop-drive";
import { event, newPump, prescribed, program, REFERENCE_PUMP } from "./reference-pump";

function loopThatTells(entries: number[][]): ControlLoop {
  const witness: PortWitness = {
    stroke: () => undefined,
    memory: () => undefined,
    write: (...entry) => entries.push(entry),
  };
  const pump = newPump(REFERENCE_PUMP, 20000000);
  return new ControlLoop(
    pump,
    new IdealStepDriver(REFERENCE_PUMP.strokeMs, witness, pump.guard),
    new VolatileStore(witness, 0),
    new SilentAnnunciator(),
    witness,
  );
}

describe("a flood of inputs", () => {
  test("is told of, with how many were lost; the others are answered", () => {
    const entries: number[][] = [];
    const loop = loopThatTells(entries);
    for (let id = 1; id <= INBOX_SLOTS + 3; id++) loop.inbox.add(EventKind.requestBolus, 1000, id, 0, 0);
    wholeTurn(loop, 1000);
    const lost = entries.filter(([code]) => code === Number(JournalCode.inputsLost));
    expect(lost).toEqual([[JournalCode.inputsLost, 1000, 3, 0, 0, 0]]);
    const denied = entries.filter(([code]) => code === Number(JournalCode.bolusDenied));
    expect(denied.map((entry) => entry[3])).toEqual(Array.from({ length: INBOX_SLOTS }, () => BolusAnswer.stopped));
    loop.inbox.add(EventKind.requestBolus, 2000, 99, 0, 0);
    wholeTurn(loop, 2000);
    expect(entries.filter(([code]) => code === Number(JournalCode.inputsLost))).toHaveLength(1);
  });
});

test("events that waited for a late shell: what the first makes due at once is served before the second", () => {
  const periodic = prescribed({
    program: ProgramKind.periodic,
    scheduledNl: 3000,
    scheduledMs: 60000,
    scheduledEveryMs: 3600000,
  });
  const drive = new LoopDrive(REFERENCE_PUMP, 20000000, new Transcript());
  for (const input of program(prescribed())) drive.announce(input, 0);
  drive.announce(event(EventKind.start), 0);
  // Deadlines are missed. A stop, a start that has to give a bolus at once, and a request have come meanwhile.
  drive.runTo(10).arriveNow(event(EventKind.stop), 68500);
  for (const input of program(periodic)) drive.arriveNow(input, 68600);
  drive.arriveNow(event(EventKind.start), 68700);
  drive.arriveNow(event(EventKind.requestBolus, { id: 1 }), 68800);
  drive.wake(70000);
  expect(drive.pump.fault).toBe(FaultKind.none);
  expect(drive.pump.delivery.desk.square.kind).toBe(BolusKind.scheduled);
});
