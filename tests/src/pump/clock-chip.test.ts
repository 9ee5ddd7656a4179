import { expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { PoweredPump } from "../powered-pump";

const HOUR_MS = 3600000;
const DAY_MS = 24 * HOUR_MS;
/** A clock chip may drift by so much while the power is off, in ms. */
const DRIFT_MS = 60000;
/** `setClock` of a chip that is read at the start; of a person it is 0. */
const OF_A_CHIP = 1;

/** A pump whose clock was set, and whose power failed an hour later; by how much core time and its clock differ. */
function cutPump(): { drive: PoweredPump; offsetMs: number } {
  const drive = new PoweredPump().begin().do(EventKind.setClock, { count: 9000 * DAY_MS });
  const offsetMs = 9000 * DAY_MS - drive.nowMs;
  return { drive: drive.pass(HOUR_MS).cut(), offsetMs };
}

test.each([
  ["a chip that shows an hour of darkness", HOUR_MS, OF_A_CHIP, true],
  ["a chip that has drifted by a minute", -DRIFT_MS, OF_A_CHIP, true],
  ["a chip that shows less than the ledger knows", -DRIFT_MS - 1, OF_A_CHIP, false],
  ["a chip that has lost its time", -9000 * DAY_MS, OF_A_CHIP, false],
  ["a person, who may set it back", -30 * DAY_MS, 0, true],
])("after a power cut, %s: believed or not", (_name, aheadMs, detail, isBelieved) => {
  const { drive, offsetMs } = cutPump();
  expect(drive.pump.clock.known).toBe(false);
  drive.do(EventKind.setClock, { count: drive.nowMs + offsetMs + aheadMs, detail });
  expect(drive.pump.clock.known).toBe(isBelieved);
  expect(drive.told(JournalCode.orderRefused)).toHaveLength(isBelieved ? 0 : 1);
});
