/**
 * The rows in which the pump tells all about itself, in this order. Each has up to four integers, named a to d in its comment. Times of
 * core time in ms, unless a row says otherwise. A row that stands for a list comes once for each entry, newest first.
 */
export enum ReportRow {
  /** a: model, b: serial, c: firmware version, d: calibration: pL in one revolution of the head. */
  identity = 128,
  /** a: 1 when the wall clock is known, b: wall time in ms since 2000-01-01, c: core time, d: FaultKind. */
  clock = 129,
  /** a: TherapyMode, b: basal in force in nL/day, c: bolus rate on top of it in nL/day, d: 1 under a bridge. */
  delivery = 130,
  /** a: BolusKind under way, b: its request id, c: nL of it still to come, d: 1 when it is suspended. Once for each bolus. */
  bolus = 131,
  /** a: digest of the prescription in force, b: when it was confirmed (-1: none is), c: digest of the staged one, d: 1 when one is staged. */
  prescription = 132,
  /** One number of the prescription; a: its PrescriptionField, b: as in force, c: as staged (or b again). Only those that are not 0. */
  field = 133,
  /** a: least that the reservoir holds in nL, b: most, c: low mark, d: content at the last fill. */
  reservoir = 134,
  /** a: when it was filled, b: expiry in days since 2000-01-01 (0: none), c: when it is low if every bolus is taken, d: and if none is. */
  refill = 135,
  /** Concentrations in the reservoir and at the tip; a: place in the library, b: ng/µL in the reservoir, c: ng/µL at the tip. */
  drug = 136,
  /** a: nL of old fluid in the line, b: dead volume in nL (0: not known). */
  line = 137,
  /** a: flow error over all refills in thousandths, b: how many were judged. */
  flow = 138,
  /** One refill; a: its flow error in thousandths, b: when. */
  flowOfRefill = 139,
  /** a: supply in mV (-1: not read), b: charge in thousandths (-1: not read), c: end of service by age, in ms of core time (-1: no bound). */
  battery = 140,
  /** a: strokes of the tube set, b: core time since which it is in the head, c: strokes that it lasts (0: no bound), d: days. */
  tube = 141,
  /** An active alarm; a: AlarmKind, b: since when, c: 1 while its cause is there. In the order of AlarmKind. */
  alarm = 142,
  /** a: strokes since the pump was made, b: those that filled the line since this start, c: requests granted, d: requests denied. */
  counters = 143,
  /** One request for a bolus; a: when, b: id, c: BolusAnswer, d: nL that were ordered until it ended. */
  request = 144,
  /** One journal entry; a: when, b: JournalCode, c and d: its first two numbers. */
  event = 145,
  /** One day; a: days since 2000-01-01 (minus the day of core time less 1 when the clock was not known), b: strokes to the patient, c: primary drug in strokes x ng/µL. */
  day = 146,
  /** The last row. */
  end = 147,
}

/** Version of the firmware's core, as three times three digits: 0.4.0. */
export const FIRMWARE_VERSION = 4000;
