import { expect, test } from "vitest";
import { writePrescription } from "../../../src/prescription/prescription";
import { HOURS_PLACE, LEDGER_WORDS, PRESCRIPTION_PLACE } from "../../../src/record/memory-map";
import { recover } from "../../../src/record/recover";
import { RecordProblem, StateRecord } from "../../../src/record/state-record";
import { FaultKind } from "../../../src/safety/fault";
import { PoweredPump } from "../powered-pump";
import { prescribed, program, REFERENCE_PUMP } from "../reference-pump";
import { Fram, withFlippedBit } from "./fram";

const HOUR_MS = 3600000;
const WORD_BITS = 32;

test("with any bit of the stored prescriptions flipped the one in force is found, or the pump does not move: never by the one before it", () => {
  const drive = new PoweredPump().begin().pass(HOUR_MS);
  const inForce = prescribed({ basalNlPerDay: 500000, bolusNl: 20000 });
  for (const input of program(inForce)) drive.do(input.kind, input);
  const image = drive.pass(HOUR_MS).fram.imageAfter(0);
  const fields: number[] = [];
  writePrescription(inForce, fields);
  let refused = 0;
  for (let bit = PRESCRIPTION_PLACE * WORD_BITS; bit < HOURS_PLACE * WORD_BITS; bit++) {
    const memory = withFlippedBit(image, bit);
    const record = new StateRecord();
    recover(memory.slice(0, LEDGER_WORDS), REFERENCE_PUMP, record);
    if (record.problem === RecordProblem.none) expect(record.prescription).toEqual(fields);
    else {
      expect(record.problem).toBe(RecordProblem.damaged);
      if (refused === 0) {
        const again = new PoweredPump({ fram: new Fram(memory) });
        expect([again.pump.fault, again.pass(HOUR_MS).made]).toEqual([FaultKind.badRecord, 0]);
      }
      refused++;
    }
  }
  // Every bit of the slot that counts, and of the other one none.
  expect(refused).toBe(((HOURS_PLACE - PRESCRIPTION_PLACE) * WORD_BITS) / 2);
});
