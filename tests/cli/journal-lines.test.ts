import { expect, test } from "vitest";
import { keptEntry, lineText } from "../../cli/pump/journal-lines";
import { readLogEntries } from "../../link/log-entries";
import { EventLog } from "../../src/record/event-log";
import { JournalCode } from "../../src/record/journal";
import { RecordKeeper } from "../../src/record/record-keeper";
import { StateRecord } from "../../src/record/state-record";
import { BoardPart, FaultKind } from "../../src/safety/fault";
import { Fram } from "../src/record/fram";
import { REFERENCE_PUMP } from "../src/reference-pump";

/** An entry as it comes back from the memory, in words. */
function kept(code: JournalCode, a: number, b: number, c: number, d: number): string {
  const fram = new Fram();
  const written: number[][] = [];
  const write = fram.write.bind(fram);
  fram.write = (place, words, count) => {
    if (count === 3) written.push([...words.slice(0, 3)]);
    write(place, words, count);
  };
  new EventLog([], new RecordKeeper(new StateRecord(), REFERENCE_PUMP)).keep(fram, code, 60000, a, b, c, d);
  const [entry] = readLogEntries(new Uint8Array(Uint32Array.from(written.flat()).buffer), 0);
  if (entry === undefined) throw new Error("nothing was kept");
  return lineText(keptEntry(entry));
}

test("the journal in the memory keeps what was measured at a refill, and whether it differed (JRN-004)", () => {
  expect(kept(JournalCode.residualMeasured, 17000000, 15000000, 435000, 1)).toBe(
    "residual measured, measured 15 mL, discrepancy 1",
  );
});

test("the journal in the memory names the part that did not answer (MEM-009)", () => {
  expect(kept(JournalCode.fault, FaultKind.missingPart, BoardPart.memory, 0, 0)).toBe("fault, missingPart, memory");
  expect(kept(JournalCode.fault, FaultKind.badConfiguration, 7, 0, 0)).toBe("fault, badConfiguration, a 7");
});
