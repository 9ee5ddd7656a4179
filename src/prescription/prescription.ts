/**
 * What is ordered, in the core's integers: one continuous basal rate, one demand bolus, one dose limit over a rolling
 * window.
 */
export interface Prescription {
  /** Basal rate in nL/day; 0 is allowed (boluses only). */
  readonly basalNlPerDay: number;
  /** Volume of one demand bolus in nL; 0: no demand bolus is prescribed. */
  readonly bolusNl: number;
  /** Time over which a demand bolus is delivered, in ms. */
  readonly bolusMs: number;
  /** Time from the end of the last granted bolus until the next can be granted, in ms. */
  readonly lockoutMs: number;
  /** Most boluses granted in any rolling 24 h; 1 to {@link MOST_BOLUSES_PER_24H}. */
  readonly mostPer24h: number;
  /** Length of the dose limit's rolling window in ms: a whole number of minutes. */
  readonly windowMs: number;
  /** Most volume in any such window, in nL. */
  readonly windowLimitNl: number;
}

/** The largest `mostPer24h` that can be prescribed: the core remembers each grant of the last 24 h one by one. */
export const MOST_BOLUSES_PER_24H = 48;

/** How many numbers a prescription is when it crosses from host to board. */
export const PRESCRIPTION_FIELDS = 7;

/** The pump's own copy of its prescription, so that a new one is taken over without allocation. */
export class ActivePrescription implements Prescription {
  basalNlPerDay = 0;
  bolusNl = 0;
  bolusMs = 0;
  lockoutMs = 0;
  mostPer24h = 0;
  windowMs = 0;
  windowLimitNl = 0;

  /** Takes over PRESCRIPTION_FIELDS numbers in the order of the interface above. */
  take(fields: number[]): void {
    this.basalNlPerDay = fields[0];
    this.bolusNl = fields[1];
    this.bolusMs = fields[2];
    this.lockoutMs = fields[3];
    this.mostPer24h = fields[4];
    this.windowMs = fields[5];
    this.windowLimitNl = fields[6];
  }
}

/** The numbers of a prescription in the order in which {@link ActivePrescription.take} reads them, into `fields`. */
export function writePrescription(prescription: Prescription, fields: number[]): void {
  fields[0] = prescription.basalNlPerDay;
  fields[1] = prescription.bolusNl;
  fields[2] = prescription.bolusMs;
  fields[3] = prescription.lockoutMs;
  fields[4] = prescription.mostPer24h;
  fields[5] = prescription.windowMs;
  fields[6] = prescription.windowLimitNl;
}
