import { expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { FIRMWARE_VERSION } from "../../../src/record/report-row";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { AlarmPriority } from "../../../src/safety/alarm-table";
import { FaultKind } from "../../../src/safety/fault";
import { GET_REGISTER, Register, SealedKind, ServiceStatus } from "../../../src/service/protocol";
import { digestOfPrescription, prescribed, REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "../reference-pump";
import { opened } from "./attacked-pump";
import { KeyHolder, orderBody } from "./key-holder";
import { ServedPump } from "./served-pump";

/** The numbers of a register, read by somebody without a session. */
function read(served: ServedPump, register: Register): number[] {
  const report = served.ask(GET_REGISTER + register, new Uint8Array(0));
  if (report === undefined) throw new Error(`no register ${register}`);
  const view = new DataView(report.buffer);
  return Array.from({ length: report.length / 8 }, (_, place) => view.getFloat64(8 * place, true));
}

test("identity tells protocol, model, serial number, firmware, build and size of the head (LNK-040)", () => {
  const served = new ServedPump({ config: { ...REFERENCE_PUMP, program: 77 } });
  expect(read(served, Register.identity)).toEqual([1, 20, 1001, FIRMWARE_VERSION, 77, 60000000]);
});

test("state tells therapy, fault, time, digest, command id and who has access (LNK-040)", () => {
  const served = new ServedPump();
  expect(read(served, Register.state)).toEqual([0, 0, 0, -1, 0, 0, 0, 0, 0]);
  const clinician = new KeyHolder(served);
  clinician.setKey();
  // Put into force at core time 0: that is a time like any other.
  served.begin();
  const digest = digestOfPrescription(REFERENCE_PRESCRIPTION);
  expect(read(served, Register.state)).toEqual([TherapyMode.running, 0, 1000, -1, digest, 0, 1, 0, 0]);
  clinician.open();
  const setMs = served.nowMs;
  expect(clinician.send(SealedKind.order, setClock(800000000000))).toBe(ServiceStatus.done);
  served.pass(5000);
  expect(read(served, Register.state)).toEqual([
    ...[TherapyMode.running, 0, served.nowMs, 800000000000 + served.nowMs - setMs, digest, 3000, 1, 1, 0],
  ]);
  served.pump.fault = FaultKind.badRecord;
  expect(read(served, Register.state)[1]).toBe(FaultKind.badRecord);
});

test("alarms tells the active ones, whose cause is there, the priority shown, and whether sound is silenced (LNK-040)", () => {
  const { served, clinician } = opened();
  expect(read(served, Register.alarms)).toEqual([0, 0, 0, 0]);
  served.begin(prescribed({ lowNl: 19970000 })).pass(3600000);
  const low = 2 ** AlarmKind.lowReservoir;
  expect(read(served, Register.alarms)).toEqual([low, low, AlarmPriority.low, 0]);
  clinician.open();
  clinician.order(EventKind.silence);
  expect(read(served, Register.alarms)).toEqual([low, low, AlarmPriority.low, 1]);
  clinician.order(EventKind.stop);
  const [expectedNl = 0] = read(served, Register.residual);
  clinician.order(EventKind.measureResidual, { count: expectedNl });
  clinician.order(EventKind.refill, { count: 20000000, values: [1000] });
  // Its cause is gone, and nobody has acknowledged it.
  expect(read(served, Register.alarms)).toEqual([low, 0, AlarmPriority.low, 1]);
});

test("residual tells least and most that may be left, low mark and last fill (LNK-040)", () => {
  const { served } = opened();
  served.pass(3600000);
  const leftNl = 20000000 - 300 * served.strokesMs.length;
  expect(read(served, Register.residual)).toEqual([leftNl, leftNl, 2000000, 20000000]);
  // What was reserved counts as drawn, and perhaps it was not.
  const reservedNl = 300 * (served.cut().pump.delivery.totalStrokes - (20000000 - leftNl) / 300);
  expect(reservedNl).toBeGreaterThan(0);
  expect(read(served, Register.residual)).toEqual([leftNl - reservedNl, leftNl, 2000000, 20000000]);
});

test("rate and totals tell what is given now, and what was counted (LNK-040)", () => {
  const { served, clinician } = opened();
  clinician.order(EventKind.stop);
  clinician.order(EventKind.deadVolumeEmpty, { count: 30000 });
  clinician.order(EventKind.prime, { count: 30000 });
  clinician.order(EventKind.confirmPrime, { count: 30000 });
  // At 24 mL/day, the maximum.
  served.pass(108000);
  expect(read(served, Register.totals)).toEqual([100, 100, 0, 0]);
  clinician.order(EventKind.start);
  expect(read(served, Register.rate)).toEqual([1000000, 0]);
  for (let request = 0; request < 3; request++) clinician.order(EventKind.requestBolus);
  // 30 uL in 10 min.
  expect(read(served, Register.rate)).toEqual([1000000, 4320000]);
  served.pass(60000);
  expect(served.strokesMs.length).toBeGreaterThan(100);
  expect(read(served, Register.totals)).toEqual([served.strokesMs.length, 100, 1, 2]);
});

/** Body of an order that sets the wall clock, under the command id 3000. */
function setClock(wallMs: number): Uint8Array {
  return orderBody(EventKind.setClock, 3000, 0, wallMs, 0);
}
