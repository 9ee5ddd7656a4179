import { CommandKind } from "../commands";
import { BolusEnd } from "../delivery/bolus-run";
import type { PumpParts } from "../pump-parts";
import { JournalCode } from "../record/journal";
import { AlarmKind } from "./alarm-kind";
import { MotorAction } from "./alarm-table";
import { FaultKind } from "./fault";

/** Motor off at once, nothing delivered any more, said once. Only a new start of the program leads out. */
export function enterSafeState(pump: PumpParts, fault: FaultKind, a: number, b: number): void {
  if (pump.fault !== FaultKind.none) return;
  const nowMs = pump.nowMs;
  pump.fault = fault;
  pump.faultA = a;
  pump.faultB = b;
  orderStillness(pump);
  const delivery = pump.delivery;
  const outstanding = delivery.outstanding;
  delivery.endBoluses(BolusEnd.fault, nowMs);
  delivery.plan.basalNlPerDay = 0;
  // Nothing is expected any more.
  outstanding.reported(outstanding.strokes, nowMs);
  pump.reports.raise(AlarmKind.pumpFault, true);
  pump.motor = MotorAction.stopsAtOnce;
  pump.therapy.setRate(nowMs);
}

/** Orders the motor off at once, and says why. */
export function orderStillness(pump: PumpParts): void {
  pump.reports.command(CommandKind.motorOff, 1);
  pump.reports.note(JournalCode.fault, pump.fault, pump.faultA, pump.faultB);
}
