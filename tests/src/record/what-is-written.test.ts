import { beforeEach, describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { writeRecord } from "../../../src/record/keep-record";
import {
  GRANTS_PLACE,
  GUARD_PLACE,
  HOURS_PLACE,
  LEDGER_PLACE,
  LEDGER_WORDS,
  PRESCRIPTION_PLACE,
  STATE_PLACE,
} from "../../../src/record/memory-map";
import { PoweredPump } from "../powered-pump";
import { prescribed, program } from "../reference-pump";
import { Fram } from "./fram";

const H = 3600000;
/** Longer than the memory takes for a record, in ms. */
const WRITTEN = 50;

/** A memory that says which parts of the ledger are written, in their order; of hours and grants, which. */
class WatchedFram extends Fram {
  parts: string[] = [];

  override write(place: number, words: readonly number[], count: number): void {
    super.write(place, words, count);
    const [number = 0] = words;
    // The guard's own buckets and the journal have their own times.
    if (place < GUARD_PLACE + 32) this.parts.push("guard");
    else if (place < LEDGER_PLACE || place >= LEDGER_WORDS) return;
    else if (place < STATE_PLACE) this.parts.push("ledger");
    else if (place < PRESCRIPTION_PLACE) this.parts.push("state");
    else if (place < HOURS_PLACE) this.parts.push("prescription");
    else if (place < GRANTS_PLACE) this.parts.push(`hour ${number}`);
    else this.parts.push(`grant ${number}`);
  }
}

describe("what a record writes, in the order in which it rests on it", () => {
  let fram: WatchedFram;
  let drive: PoweredPump;
  beforeEach(() => {
    fram = new WatchedFram();
    drive = new PoweredPump({ fram }).begin().pass(5 * H - 1000);
    fram.parts = [];
  });

  /** The parts that were written since it was asked last. */
  function written(): string[] {
    const { parts } = fram;
    fram.parts = [];
    return parts;
  }

  test("at a full hour the strokes of the one that ended, once; nothing that is the same as before", () => {
    drive.runTo(6 * H + 1000);
    // 138 strokes were reserved at 5:00, and 138.9 are made: there is a record between.
    const [usedUp, full] = [["ledger", "guard"], (hour: number): string[] => [`hour ${hour}`, "ledger", "guard"]];
    expect(written()).toEqual([...full(4), ...usedUp, ...full(5)]);
  });

  test("a grant once; a stop and a start with the state; a prescription when another one is confirmed", () => {
    drive.do(EventKind.requestBolus).pass(WRITTEN);
    expect(written()).toEqual(["grant 1", "ledger", "guard"]);
    drive.do(EventKind.stop).pass(WRITTEN);
    expect(written()).toEqual(["state", "ledger", "guard"]);
    for (const input of program(prescribed({ lockoutMs: 3 * H }))) drive.do(input.kind, input);
    drive.pass(WRITTEN);
    expect(written()).toEqual(["state", "prescription", "ledger", "guard"]);
    drive.do(EventKind.start).pass(WRITTEN);
    expect(written()).toEqual(["state", "ledger", "guard"]);
    drive.do(EventKind.requestBolus, { commandId: 3 }).pass(WRITTEN);
    expect(written()).toEqual(["ledger", "guard"]);
  });

  test("a state of which nothing but one place of one list is another is written", () => {
    const { record } = drive.pump;
    for (const list of [record.stallsLeaveMs, record.restartsMs, record.drugs, record.tip, record.tipBefore]) {
      const last = list.length - 1;
      list[last] = (list[last] ?? 0) + 1;
      writeRecord(drive.pump, fram);
      expect(written()).toEqual(["state", "ledger", "guard"]);
      writeRecord(drive.pump, fram);
      expect(written()).toEqual(["ledger", "guard"]);
    }
  });
});
