import type { PumpConfig } from "../../src/config";
import { TherapyMode } from "../../src/delivery/therapy";
import { StrokeVolume } from "../../src/motion/stroke";
import { highestNlPerDay, lowestNlPerDay } from "../../src/prescription/scheduled-volume";
import { MS_PER_DAY } from "../../src/units";
import type { Ordered } from "./ordered";

/** Strokes by which a pump may lag behind what is ordered: one that is owed in part, one that waits for its record. */
const LAG_STROKES = 2;

/**
 * The most that may have come since the last unplanned start of the program, and the least that must have come since therapy last went on
 * undisturbed: from rates and granted boluses alone.
 */
export class Allowance {
  private readonly strokeNl: number;
  private mostNl = 0;
  private given = 0;
  private leastNl = 0;
  private givenAtLeast = 0;
  private isWatched = false;
  private atMs = 0;

  constructor(private readonly config: PumpConfig) {
    const stroke = new StrokeVolume(config);
    this.strokeNl = stroke.plNumerator / stroke.plDenominator / 1000;
  }

  /** Time passes to powered time `atMs` under these orders. */
  passTo(atMs: number, ordered: Ordered): void {
    const passedMs = atMs - this.atMs;
    this.atMs = atMs;
    const p = ordered.prescription;
    if (passedMs <= 0 || p === undefined || ordered.mode === TherapyMode.stopped) return;
    const isHeld = ordered.mode === TherapyMode.held;
    let most = isHeld ? p.minimumNlPerDay : highestNlPerDay(p);
    let least = isHeld ? p.minimumNlPerDay : lowestNlPerDay(p);
    if (p.bridge !== 0 && !isHeld) {
      most = this.config.maxRateNlPerDay;
      least = 0;
    }
    this.mostNl += (most * passedMs) / MS_PER_DAY;
    this.leastNl += (least * passedMs) / MS_PER_DAY;
  }

  /** A bolus is granted, or with a negative volume: the rest of one is not given. */
  add(volumeNl: number): void {
    this.mostNl += volumeNl;
  }

  /** Strokes are made. Returns what is wrong with them. */
  give(strokes: number): string | undefined {
    this.given += strokes;
    // 1 nL: what the whole numbers of rates leave over.
    if (this.given * this.strokeNl <= this.mostNl + 1) return undefined;
    return `${this.given} strokes came where ${this.mostNl.toFixed(0)} nL were ordered since the start of the program`;
  }

  /** The program starts anew: nothing that was owed is. */
  restart(atMs: number): void {
    this.atMs = atMs;
    this.mostNl = 0;
    this.given = 0;
    this.isWatched = false;
  }

  /** The controller slept: what should have come meanwhile did not have to. */
  slept(): void {
    this.isWatched = false;
  }

  /** Nothing of what fell due while it slept comes any more, but the stroke that was owed in part. */
  forfeit(): void {
    this.mostNl = this.strokeNl;
    this.given = 0;
    this.watch();
  }

  /** From now on basal has to come. */
  watch(): void {
    this.leastNl = 0;
    this.givenAtLeast = this.given;
    this.isWatched = true;
  }

  /** Something disturbs it. Returns what was wrong until now. */
  disturbed(): string | undefined {
    if (!this.isWatched) return undefined;
    this.isWatched = false;
    const givenNl = (this.given - this.givenAtLeast + LAG_STROKES) * this.strokeNl;
    if (givenNl + 1 >= this.leastNl) return undefined;
    return `${this.given - this.givenAtLeast} strokes came where at least ${this.leastNl.toFixed(0)} nL were ordered`;
  }

  /** One of its own that has come as far. */
  fork(): Allowance {
    return Object.assign(new Allowance(this.config), this);
  }
}
