import { MOST_LIBRARY_DRUGS } from "./config";
import { NEVER_MS, zeros } from "./units";

/** What the outside tells the pump. Numbers, because they cross from host to board. */
export enum EventKind {
  /** A prescription is handed over for judgement: the numbers in `Pump.draft`. */
  stage = 1,
  /** Begin therapy, or go on with it after {@link EventKind.hold}. */
  start = 2,
  /** End therapy; sound is silenced. */
  stop = 3,
  /** The patient asks for a demand bolus; `id` is 1 or more and higher than that of every request before. */
  requestBolus = 4,
  /** A person has read the alarms: those whose cause is gone are cleared. */
  acknowledge = 5,
  /** The step driver reports: `count` strokes, `detail` a MoveResult. */
  moved = 6,
  /** The store reports: the record `id` is durable. */
  stored = 7,
  /** The shell woke more than LATE_MS after a deadline. */
  controlLate = 8,
  /**
   * The reservoir was filled and now holds `count` nL; `detail`: the drug's expiry in days since 2000-01-01, 0: none; `values`: the
   * concentration of each drug of the library. Only while stopped, after the residual was measured.
   */
  refill = 9,
  /** The staged prescription with digest `id` is confirmed; `detail`: the sum of {@link Confirm} bits. */
  confirm = 10,
  /** Hold therapy at the minimum rate. */
  hold = 11,
  /** A clinician orders a bolus of `count` nL over `detail` ms; `id` as in `requestBolus`, from the same series. */
  clinicianBolus = 12,
  /** The reservoir was emptied and held `count` nL. Only while stopped. */
  measureResidual = 13,
  /** A priming bolus of `count` nL is asked for. Only while stopped. */
  prime = 14,
  /** The priming bolus of `count` nL is confirmed and begins. */
  confirmPrime = 15,
  /** Silence the sound of the alarms, for 10 min at most. */
  silence = 16,
  /** The wall clock shows `count` ms since 2000-01-01 00:00; `detail` 1: read from a clock chip, 0: set by a person. */
  setClock = 17,
  /** The wall clock is not known any more. */
  clockLost = 18,
  /** A detector speaks of the alarm `detail` (an AlarmKind): `count` 1: its cause is there, 0: it has gone. */
  detected = 19,
  /** A sensor reads `count`; `detail`: a Sensor. */
  reading = 20,
  /** Tubing or catheter was changed: `count` nL of dead volume are without drug. Only while stopped. */
  deadVolumeEmpty = 21,
  /** The tube set in the pump head is new. Only while stopped. */
  tubeChanged = 22,
  /** A clinician reads the pump; `count` 1: row by row over the link, so that the journal takes none of the rows. */
  interrogate = 23,
  /** The roller index or encoder has counted `count` in all since the program started. */
  turned = 24,
  /** The runtime must be started anew before its clock ends: at rest, or with `count` 1 at once. */
  restartDue = 25,
  /** The prescription is out of force from now on: the key of the link was erased. Only while stopped. */
  withdraw = 26,
  /** Something was done about access to the pump; `detail`: an AccessKind, `count`: its number. */
  access = 27,
}

/** What a confirmation says besides the digest; added up. */
export enum Confirm {
  /** Soft limits are passed on purpose. */
  softLimits = 1,
  /** Values that changed much, are new or were 0 have been looked at on their own. */
  largeChanges = 2,
}

/** What is measured. */
export enum Sensor {
  /** Temperature of the motor, in tenths of a degree Celsius. */
  motorTemperature = 1,
  /** Supply voltage, in mV. */
  supplyVoltage = 2,
  /** Charge left in the battery, in thousandths. */
  charge = 3,
}

const FLUID = zeros(MOST_LIBRARY_DRUGS);

/** One event. The shell keeps a single one and fills it anew for each call, so that nothing is allocated. */
export class PumpEvent {
  kind = 0;
  /** When it arrived, in ms of core time; NEVER_MS: it does not wait in the inbox. */
  atMs = NEVER_MS;
  /** Number of the command, rising over its sender's life: a second one with the same number has no effect; 0: it has none. */
  commandId = 0;
  /** Request or record number, or digest, by kind; 0 when it has none. */
  id = 0;
  /** A number by kind. */
  count = 0;
  /** Another, by kind. */
  detail = 0;
  /** Concentrations of a `refill`, in ng/µL: one list for all events, since no more than one refill can be waiting. */
  values = FLUID;
}

/** A wake later than this after its deadline forfeits what fell due, in ms. */
export const LATE_MS = 2000;
