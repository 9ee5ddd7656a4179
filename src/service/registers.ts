import { digestOf } from "../prescription/digest";
import type { PumpParts } from "../pump-parts";
import { FIRMWARE_VERSION } from "../record/report-row";
import { ACTIVE, alarmsThat, CAUSED } from "../safety/alarms";
import { NEVER_MS } from "../units";
import { PROTOCOL, Register } from "./protocol";
import type { PacketBytes } from "./packet-bytes";

/** Most numbers that a register has. */
export const MOST_REGISTER_NUMBERS = 9;

/** What a register says besides what the pump itself knows. */
export interface AccessState {
  hasKey: boolean;
  hasSession: boolean;
  waitMs: number;
}

/** Writes the numbers of a register to the beginning of `bytes`; returns how many bytes they take, 0 for a register that there is none. */
export function readRegister(
  pump: PumpParts,
  access: AccessState,
  register: number,
  bytes: PacketBytes,
  nowMs: number,
): number {
  const config = pump.config;
  const clock = pump.clock;
  const delivery = pump.delivery;
  const plan = delivery.plan;
  const orders = pump.orders;
  const reservoir = delivery.reservoir;
  const alarms = pump.reports.alarms;
  const desk = delivery.desk;
  let wallMs = -1;
  let digest = 0;
  let active = 0;
  let caused = 0;
  const leastNl = reservoir.contentNl();
  switch (register) {
    case Register.identity:
      putNumbers(bytes, 0, PROTOCOL, config.model, config.serial);
      putNumbers(bytes, 3, FIRMWARE_VERSION, config.program, config.plPerRevolution);
      return 48;
    case Register.state:
      if (clock.known) wallMs = nowMs + clock.offsetMs;
      if (orders.programmedAtMs >= 0) digest = digestOf(delivery.prescription.fields);
      putNumbers(bytes, 0, pump.therapy.mode, pump.fault, nowMs);
      putNumbers(bytes, 3, wallMs, digest, orders.highestCommandId);
      putNumbers(bytes, 6, +access.hasKey, +access.hasSession, access.waitMs);
      return 72;
    case Register.alarms:
      active = alarmsThat(alarms, ACTIVE);
      caused = alarmsThat(alarms, CAUSED);
      putNumbers(bytes, 0, active, caused, alarms.priority);
      putNumbers(bytes, 3, +(pump.reports.soundAgainMs !== NEVER_MS), 0, 0);
      return 32;
    case Register.residual:
      putNumbers(bytes, 0, leastNl, leastNl + reservoir.bandNl(), reservoir.lowNl);
      putNumbers(bytes, 3, reservoir.filledNl, 0, 0);
      return 32;
    case Register.rate:
      putNumbers(bytes, 0, plan.basalNlPerDay, plan.bolusNlPerDay, 0);
      return 16;
    case Register.totals:
      putNumbers(bytes, 0, delivery.totalStrokes, delivery.primingStrokes, desk.granted);
      putNumbers(bytes, 3, desk.requests.count - desk.granted, 0, 0);
      return 32;
    default:
      return 0;
  }
}

/** Three numbers, the first in the `place`-th of the report. */
export function putNumbers(bytes: PacketBytes, place: number, a: number, b: number, c: number): void {
  bytes.setAt(8 * place, "f64", a);
  bytes.setAt(8 * place + 8, "f64", b);
  bytes.setAt(8 * place + 16, "f64", c);
}
