import { LATEST_WALL_MS } from "../../src/clock";
import type { PumpConfig } from "../../src/config";
import { Confirm, EventKind } from "../../src/events";
import { StrokeVolume } from "../../src/motion/stroke";
import { digestOf } from "../../src/prescription/digest";
import { prescriptionNumbers } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import { Random } from "./random";
import { validPrescription } from "./random-prescription";
import { randomPump } from "./random-pump";
import { Script } from "./script";

/** A confirmation that says all that it can be asked to say. */
export const BOTH = Confirm.softLimits + Confirm.largeChanges;

/** A random therapy while it is written: the pump, what is in it as far as people know, and what stands in the script so far. */
export class TherapyDraft {
  readonly random: Random;
  readonly config: PumpConfig;
  readonly script: Script;
  /** Shortest time that it lasts, in ms. */
  readonly durationMs: number;
  /** What was confirmed last. */
  prescription: Prescription;
  /** Concentrations that were filled in last. */
  fluid: readonly number[];
  /** What was filled in last, in nL. */
  contentNl: number;
  /** Wall time less core time, in ms; `undefined`: the clock is not known. */
  wallOffsetMs: number | undefined;
  private requests = 0;

  constructor(
    readonly seed: number,
    strokesWanted: number,
  ) {
    const random = new Random(seed);
    this.random = random;
    this.config = randomPump(random);
    this.script = new Script(random);
    this.prescription = validPrescription(random, this.config);
    this.fluid = this.prescription.concentrationNgPerUl;
    const { capacityNl, emptyNl } = this.config;
    const nearLow = this.prescription.lowNl + random.integer(0, 400000);
    this.contentNl = random.chance(20) ? Math.min(capacityNl, nearLow) : random.integer(emptyNl, capacityNl);
    this.durationMs = this.chooseDurationMs(strokesWanted);
  }

  private chooseDurationMs(strokesWanted: number): number {
    const { random, prescription: p } = this;
    const strokeNl = new StrokeVolume(this.config).volumeRoundedUpNl(1);
    const mean = p.stepNlPerDay.slice(0, p.steps).reduce((sum, rate) => sum + rate, 0) / p.steps;
    const scheduled = p.scheduledNl === 0 ? 0 : (p.scheduledNl * MS_PER_DAY) / p.scheduledEveryMs;
    const strokesPerDay = Math.max(1, (mean + scheduled) / strokeNl);
    const longest = Math.floor((strokesWanted / strokesPerDay) * MS_PER_DAY);
    return Math.max(10 * MS_PER_MIN, Math.min(longest, random.integer(2 * MS_PER_HOUR, 5 * MS_PER_DAY)));
  }

  /** Starts; sometimes a person forgets to, and somebody comes later. */
  start(): void {
    if (this.random.chance(95)) this.script.add(EventKind.start);
    this.markProgram();
  }

  /** Marks what is ahead in the program. */
  markProgram(): void {
    const { script, prescription: p } = this;
    if (p.scheduledNl !== 0)
      script.mark(p.scheduledMs, p.scheduledEveryMs, p.scheduledEveryMs + p.scheduledMs, 2 * p.scheduledEveryMs);
    if (p.endsAfterMs !== 0) script.mark(p.endsAfterMs);
    if (this.wallOffsetMs === undefined) return;
    const timeOfDayMs = (script.atMs + this.wallOffsetMs) % MS_PER_DAY;
    const times = [0, p.hoursFromMs, p.hoursToMs, ...p.stepStartMs.slice(0, p.steps)];
    for (const time of times) script.mark((time - timeOfDayMs + MS_PER_DAY) % MS_PER_DAY);
  }

  /** Sets the clock: anew, by an hour, by a little, or to the edge of a step or a day. */
  setClock(): void {
    const { random, script, prescription: p } = this;
    const wallMs = script.atMs + (this.wallOffsetMs ?? random.integer(0, 10000) * MS_PER_DAY);
    const day = Math.floor(wallMs / MS_PER_DAY) * MS_PER_DAY;
    const edge = day + random.pick([0, MS_PER_DAY, p.hoursFromMs, p.hoursToMs, ...p.stepStartMs.slice(0, p.steps)]);
    const to = random.pick([
      wallMs + random.pick([-1, 1]) * MS_PER_HOUR,
      wallMs + random.integer(-3 * MS_PER_MIN, 3 * MS_PER_MIN),
      day + random.integer(0, MS_PER_DAY - 1),
      edge + random.integer(-2, 1),
      edge - random.integer(0, MS_PER_HOUR),
    ]);
    const rightMs = Math.max(0, to);
    const isWrong = random.chance(2);
    script.add(EventKind.setClock, { count: isWrong ? LATEST_WALL_MS + 1 : rightMs });
    if (!isWrong) this.wallOffsetMs = rightMs - script.atMs;
    this.markProgram();
  }

  /** Stages and confirms; sometimes with the wrong digest first, or with missing bits. */
  program(prescription: Prescription): void {
    const { random, script } = this;
    const digest = this.stage(prescription);
    script.moment();
    if (random.chance(10)) script.add(EventKind.confirm, { id: digest + 1, detail: BOTH });
    if (random.chance(10)) script.add(EventKind.confirm, { id: digest, detail: random.integer(0, 2) });
    script.add(EventKind.confirm, { id: digest, detail: BOTH });
    this.prescription = prescription;
  }

  /** Stages; returns the digest to confirm with. */
  stage(prescription: Prescription): number {
    this.script.add(EventKind.stage, { prescription });
    return digestOf(prescriptionNumbers(prescription));
  }

  /** Mostly a new id; sometimes one that was used. */
  nextId(): number {
    this.requests++;
    return this.random.chance(5) ? this.random.integer(1, this.requests) : this.requests;
  }
}
