import { BolusKind } from "../../../src/delivery/bolus-run";
import type { Prescription } from "../../../src/prescription/prescription";
import { ProgramKind } from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import type { DirectDrive } from "../direct-drive";
import { prescribed } from "../reference-pump";

/** 30 uL over 10 min every 6 h, nothing between; and what a test asks for besides. */
export function periodic(besides: Partial<Prescription>): Prescription {
  return prescribed({
    program: ProgramKind.periodic,
    basalNlPerDay: 0,
    scheduledNl: 30000,
    scheduledMs: 600000,
    scheduledEveryMs: 21600000,
    ...besides,
  });
}

/** When scheduled boluses began. */
export function begun(drive: DirectDrive): number[] {
  return drive
    .told(JournalCode.bolusGranted)
    .filter((one) => one[4] === Number(BolusKind.scheduled))
    .map(([atMs = NaN]) => atMs);
}
