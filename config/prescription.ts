import { StrokeVolume } from "../src/motion/stroke";
import type { PumpConfig } from "../src/config";
import { PRESCRIPTION_FIELDS, writePrescription } from "../src/prescription/prescription";
import type { Prescription } from "../src/prescription/prescription";
import {
  PrescriptionFault,
  PrescriptionVerdict,
  prescribableWindowNl,
  validatePrescription,
} from "../src/prescription/validate";
import type { Document, KeyPath } from "./document";
import { describePrescriptionFault } from "./prescription-faults";
import type { PrescriptionText } from "./prescription-text";
import { windowLengthProblem } from "./pump-checks";

/** The core's prescription. Without a limit of its own it takes the most that the pump's hard limit leaves room for. */
export function toPrescription(text: PrescriptionText, config: PumpConfig): Prescription {
  const windowMs = text.limit?.perMs ?? config.windowMs;
  return {
    basalNlPerDay: text.basalNlPerDay,
    bolusNl: text.demandBolus?.volumeNl ?? 0,
    bolusMs: text.demandBolus?.overMs ?? 0,
    lockoutMs: text.demandBolus?.lockoutMs ?? 0,
    mostPer24h: text.demandBolus?.mostPer24h ?? 0,
    windowMs,
    windowLimitNl: text.limit?.volumeNl ?? prescribableWindowNl(config, windowMs),
  };
}

/** The core's own verdict on a prescription: `fault` is `none` for one that the pump would accept. */
export function judgePrescription(prescription: Prescription, config: PumpConfig): PrescriptionVerdict {
  const fields = new Array<number>(PRESCRIPTION_FIELDS).fill(0);
  writePrescription(prescription, fields);
  const verdict = new PrescriptionVerdict();
  validatePrescription(prescription, fields, config, new StrokeVolume(config), verdict);
  return verdict;
}

/**
 * Makes the core's prescription of one whose text stands at `path` of `document` and has passed the schema. Throws
 * `BadInput`, with the line of the key to blame, for one that this pump would refuse.
 */
export function prescriptionFor(
  document: Document,
  path: KeyPath,
  text: PrescriptionText,
  config: PumpConfig,
): Prescription {
  const window = text.limit === undefined ? undefined : windowLengthProblem(text.limit.perMs);
  if (window !== undefined) throw document.refuse([...path, "limit", "per"], window);
  const prescription = toPrescription(text, config);
  const verdict = judgePrescription(prescription, config);
  if (verdict.fault === PrescriptionFault.none) return prescription;
  const { key, message } = describePrescriptionFault(verdict, prescription, config);
  throw document.refuse([...path, ...key], message);
}
