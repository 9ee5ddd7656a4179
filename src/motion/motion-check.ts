import type { PumpConfig } from "../config";
import type { Delivery } from "../delivery/delivery";
import { EventKind } from "../events";
import { JournalCode } from "../record/journal";
import type { Reports } from "../reports";
import { AlarmKind } from "../safety/alarm-kind";
import { isWhole, NEVER_MS, quotientRoundedUp } from "../units";

/** After a stall the motor rests so long before it is tried again, in ms. */
export const STALL_REST_MS = 60000;

/**
 * Compares what turned with what was ordered, both ways, by the counts of a roller index or encoder. Less motion is a stall: the motor rests and is
 * tried again, and the third stall in 24 h latches. More motion than was ever ordered is an over-infusion. Counts lie between strokes, and the
 * last two strokes may not have been counted yet: one count and two strokes are the tolerance, both ways.
 */
export class MotionCheck {
  /** When the motor is tried again after a stall, in ms of core time; NEVER_MS: no stall. Whoever serves it clears it. */
  retryMs = NEVER_MS;
  counts = 0;
  private countsBefore = 0;
  private strokesBefore: number;

  constructor(
    readonly config: PumpConfig,
    private readonly delivery: Delivery,
    readonly reports: Reports,
  ) {
    this.strokesBefore = delivery.totalStrokes;
  }

  /** What turned until now is what was ordered: strokes were given up, and nobody knows how far they got. */
  beginAnew(): void {
    this.countsBefore = this.counts;
    this.strokesBefore = this.delivery.totalStrokes;
  }

  /** A stroke is over, or counts have come. */
  check(nowMs: number): void {
    const config = this.config;
    if (config.countsPerRevolution === 0) return;
    const delivery = this.delivery;
    const perStroke = config.fullStepsPerStroke * config.countsPerRevolution;
    const perCount = config.fullStepsPerRevolution;
    // Both in counts x perCount.
    const turned = (this.counts - this.countsBefore) * perCount;
    const ordered = (delivery.totalStrokes - this.strokesBefore) * perStroke;
    const tolerance = perCount + 2 * perStroke;
    if (Math.abs(turned - ordered) < tolerance) return;
    this.beginAnew();
    if (turned > ordered) {
      this.reports.raise(AlarmKind.overInfusion, true);
      return;
    }
    // They were counted as delivered, and perhaps were not.
    delivery.doubt(quotientRoundedUp(ordered - turned, perStroke));
    this.retryMs = nowMs + STALL_REST_MS;
    this.reports.raise(AlarmKind.motorStall, true);
  }
}

/** The sensor has counted `counts` in all since the program started. */
export function takeCounts(motion: MotionCheck, counts: number, nowMs: number): void {
  // Without a sensor nothing that it says is right.
  let mostCounts = NEVER_MS;
  if (motion.config.countsPerRevolution === 0) mostCounts = -1;
  if (!isWhole(counts, motion.counts, mostCounts)) {
    motion.reports.note(JournalCode.orderRefused, EventKind.turned, counts);
    return;
  }
  motion.counts = counts;
  motion.check(nowMs);
}
