import type { PumpConfig } from "../src/config";
import { MOST_BOLUSES_PER_24H } from "../src/prescription/prescription";
import type { Prescription } from "../src/prescription/prescription";
import { MAX_LOCKOUT_MS, PrescriptionFault } from "../src/prescription/validate";
import type { PrescriptionVerdict } from "../src/prescription/validate";
import type { KeyPath } from "./document";
import { formatDuration } from "./duration";
import { formatRate } from "./rate";
import { formatVolume } from "./volume";

/** A refused prescription in words, and the key of a prescription's text that is to blame. */
export interface FaultInWords {
  readonly key: KeyPath;
  readonly message: string;
}

const BASAL: KeyPath = ["basal"];
const VOLUME: KeyPath = ["demandBolus", "volume"];
const OVER: KeyPath = ["demandBolus", "over"];
const LIMIT: KeyPath = ["limit", "volume"];

/** One line on why the core refuses a prescription: what was given and what would be right, with units. */
export function describePrescriptionFault(
  verdict: PrescriptionVerdict,
  prescription: Prescription,
  config: PumpConfig,
): FaultInWords {
  const { fault, given, limit } = verdict;
  const per = formatDuration(prescription.windowMs);
  switch (fault) {
    case PrescriptionFault.none:
      return { key: [], message: "nothing is wrong" };
    case PrescriptionFault.notAnInteger:
      return { key: [], message: `number ${given + 1} of the prescription is not a whole number from 0` };
    case PrescriptionFault.basalAboveMaximum:
      return { key: BASAL, message: `${formatRate(given)} is above the pump's hard limit of ${formatRate(limit)}` };
    case PrescriptionFault.bolusAboveMaximum:
      return {
        key: VOLUME,
        message: `${formatVolume(given)} is above the pump's hard limit of ${formatVolume(limit)}`,
      };
    case PrescriptionFault.bolusAboveReservoir:
      return { key: VOLUME, message: reservoirMessage(given, limit, config) };
    case PrescriptionFault.bolusBelowStroke:
      return {
        key: VOLUME,
        message: `${formatVolume(given)} is less than one stroke of this pump; it must be at least ${formatVolume(limit)}`,
      };
    case PrescriptionFault.bolusDuration:
      return { key: OVER, message: `${formatDuration(given)} is not from 1 ms to ${formatDuration(limit)}` };
    case PrescriptionFault.bolusStarved:
      return { key: VOLUME, message: starvedMessage(prescription, config) };
    case PrescriptionFault.lockout:
      return {
        key: ["demandBolus", "lockout"],
        message: `${formatDuration(given)} is not from 1 ms to ${formatDuration(MAX_LOCKOUT_MS)}`,
      };
    case PrescriptionFault.mostPer24h:
      return { key: ["demandBolus", "mostPer24h"], message: `${given} is not from 1 to ${MOST_BOLUSES_PER_24H}` };
    case PrescriptionFault.window:
      return { key: ["limit", "per"], message: `${per} is not a whole number of minutes from 1 h to 7 days` };
    case PrescriptionFault.windowAboveHardLimit:
      return { key: LIMIT, message: hardWindowMessage(given, limit, per, config) };
    case PrescriptionFault.basalAboveWindow:
      return {
        key: BASAL,
        message: `${formatRate(prescription.basalNlPerDay)} gives up to ${formatVolume(given)} in what is counted as ${per}; the limit is ${formatVolume(limit)}`,
      };
    case PrescriptionFault.bolusAboveWindow:
      return {
        key: VOLUME,
        message: `${formatVolume(given)} alone passes the dose limit of ${formatVolume(limit)} per ${per}`,
      };
    case PrescriptionFault.bolusLongerThanWindow:
      return {
        key: OVER,
        message: `${formatDuration(given)} is longer than the dose limit's window of ${formatDuration(limit)}`,
      };
  }
}

function reservoirMessage(given: number, limit: number, config: PumpConfig): string {
  const capacity = formatVolume(config.capacityNl);
  if (given > config.capacityNl) return `${formatVolume(given)} is more than the reservoir holds (${capacity})`;
  return (
    `${formatVolume(given)} is more than a full reservoir of ${capacity} gives above its low mark of ` +
    `${formatVolume(config.lowNl)}; the most is ${formatVolume(limit)}`
  );
}

function starvedMessage(prescription: Prescription, config: PumpConfig): string {
  return (
    `${formatVolume(prescription.bolusNl)} cannot end within 24 h: a basal of ${formatRate(prescription.basalNlPerDay)} ` +
    `leaves ${formatRate(config.maxRateNlPerDay - prescription.basalNlPerDay)} below the pump's hard limit of ${formatRate(config.maxRateNlPerDay)}`
  );
}

function hardWindowMessage(given: number, limit: number, per: string, config: PumpConfig): string {
  return (
    `${formatVolume(given)} per ${per} is above what the pump's hard limit of ${formatVolume(config.maxWindowNl)} per ` +
    `${formatDuration(config.windowMs)} leaves room for; the most is ${formatVolume(limit)}`
  );
}
