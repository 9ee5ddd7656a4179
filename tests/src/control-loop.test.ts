import { describe, expect, test } from "vitest";
import { ControlLoop } from "../../src/control-loop";
import { BolusAnswer } from "../../src/delivery/judge-bolus";
import { EventKind } from "../../src/events";
import { INBOX_SLOTS } from "../../src/inbox";
import { JournalCode } from "../../src/record/journal";
import { IdealStepDriver, IdealStore, SilentAnnunciator, WitnessedJournal } from "../../src/simulation/ideal-ports";
import type { PortWitness } from "../../src/simulation/ideal-ports";
import { newPump, REFERENCE_PUMP } from "./reference-pump";

function loopThatTells(entries: number[][]): ControlLoop {
  const witness: PortWitness = {
    stroke: () => undefined,
    record: () => undefined,
    entry: (...entry) => entries.push(entry),
  };
  return new ControlLoop(
    newPump(REFERENCE_PUMP, 20000000),
    new IdealStepDriver(REFERENCE_PUMP.strokeMs, witness),
    new IdealStore(witness),
    new SilentAnnunciator(),
    new WitnessedJournal(witness),
  );
}

describe("a flood of inputs", () => {
  test("is told of, with how many were lost; the others are answered", () => {
    const entries: number[][] = [];
    const loop = loopThatTells(entries);
    for (let id = 1; id <= INBOX_SLOTS + 3; id++) loop.inbox.add(EventKind.requestBolus, 1000, id, 0);
    loop.turn(1000);
    const lost = entries.filter(([code]) => code === Number(JournalCode.inputsLost));
    expect(lost).toEqual([[JournalCode.inputsLost, 1000, 3, 0, 0, 0]]);
    const denied = entries.filter(([code]) => code === Number(JournalCode.bolusDenied));
    expect(denied.map((entry) => entry[3])).toEqual(Array.from({ length: INBOX_SLOTS }, () => BolusAnswer.stopped));
    loop.inbox.add(EventKind.requestBolus, 2000, 99, 0);
    loop.turn(2000);
    expect(entries.filter(([code]) => code === Number(JournalCode.inputsLost))).toHaveLength(1);
  });
});
