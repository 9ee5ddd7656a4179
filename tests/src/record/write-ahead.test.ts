import { expect, test } from "vitest";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { PoweredPump } from "../powered-pump";
import { Fram } from "./fram";

const HOUR_MS = 3600000;
/** Time of one write: long, and less than the pump has patience for, in ms. */
const WRITE_MS = 400;
/** A stroke of the bolus falls due within this time of the request, in ms. */
const SOON_MS = 100;

/** A pump with a slow memory, in therapy for an hour, that is asked for a bolus just before a stroke is due. */
function asked(): PoweredPump {
  const drive = new PoweredPump({ fram: new Fram(undefined, WRITE_MS) }).begin().pass(HOUR_MS);
  const made = drive.made;
  while (drive.made === made) drive.step();
  const strokeMs = drive.nowMs;
  while (drive.made === made + 1) drive.step();
  drive.pass(drive.nowMs - strokeMs - SOON_MS);
  return drive.do(EventKind.requestBolus, { id: 7 });
}

test("no stroke is made from the grant of a bolus until the record is durable that knows of it; then they go on", () => {
  const drive = asked();
  const made = drive.made;
  expect(drive.told(JournalCode.bolusGranted)).toHaveLength(1);
  expect(drive.pass(WRITE_MS - 1).made).toBe(made);
  expect(drive.pass(2).made).toBe(made + 1);
  expect(drive.pass(HOUR_MS).made).toBeGreaterThan(made + 200);
});

test("when the power fails before that, nothing of the bolus was given, and the same request may be asked again", () => {
  const drive = asked().pass(WRITE_MS - 1);
  const made = drive.made;
  drive.cut(0);
  expect(drive.counted).toBeGreaterThanOrEqual(made);
  drive.pass(HOUR_MS).do(EventKind.acknowledge).do(EventKind.requestBolus, { id: 7 });
  expect(drive.told(JournalCode.bolusDenied).map(([, , answer]) => answer)).not.toContain(BolusAnswer.duplicate);
  expect(drive.told(JournalCode.bolusGranted)).toHaveLength(1);
});
