import type { PumpConfig } from "../../src/config";
import { AlarmKind } from "../../src/safety/alarms";
import { MS_PER_DAY, PL_PER_NL } from "../../src/units";
import type { LogLine } from "../log/words";

/** Volume that the strokes moved between two instants, spread evenly; `fromMs` = `toMs`: all at once. */
export interface Delivery {
  readonly fromMs: number;
  readonly toMs: number;
  /** Volume in nL; fractions are kept, since the picture needs no exactness below a stroke. */
  readonly volumeNl: number;
  /** The part above the prescribed basal while a bolus ran, in nL. */
  readonly bolusNl: number;
}

/** From one instant to another, or to the end of the run. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A judged request for a bolus; `answer` is `granted` or the word of the denial. */
export interface JudgedRequest {
  readonly atMs: number;
  readonly answer: string;
}

/** An alarm while it was active. */
export interface AlarmSpan extends Span {
  readonly alarm: string;
}

/** What a run's event log tells, in the form that the picture needs. */
export interface History {
  readonly deliveries: readonly Delivery[];
  /** As a person ordered it; also while the reservoir is empty. */
  readonly running: readonly Span[];
  /** Running, but with an empty reservoir: nothing is delivered. */
  readonly empty: readonly Span[];
  readonly faults: readonly Span[];
  readonly requests: readonly JudgedRequest[];
  readonly alarms: readonly AlarmSpan[];
}

/**
 * Lines at which delivery begins anew or ends. A stroke stands for the time since the one before it, in which its volume became due;
 * never for time before one of these.
 */
const BREAKS = new Set(["started", "stopped", "programmed", "strokeDropped", "forfeited", "motorOff", "fault"]);

class HistoryReader {
  readonly deliveries: Delivery[] = [];
  readonly running: Span[] = [];
  readonly empty: Span[] = [];
  readonly faults: Span[] = [];
  readonly requests: JudgedRequest[] = [];
  readonly alarms: AlarmSpan[] = [];

  private readonly strokeNl: number;
  private lastMs = 0;
  private basalNlPerDay = 0;
  private proposedNlPerDay = 0;
  private bolusRuns = false;
  private grantedMs: number | undefined;
  private runningFromMs: number | undefined;
  private emptyFromMs: number | undefined;
  private faultFromMs: number | undefined;
  private readonly activeAlarms = new Map<string, number>();

  constructor(config: PumpConfig) {
    this.strokeNl = (config.plPerRevolution * config.fullStepsPerStroke) / config.fullStepsPerRevolution / PL_PER_NL;
  }

  take(line: LogLine): void {
    if (BREAKS.has(line.event)) {
      this.lastMs = line.atMs;
      this.grantedMs = undefined;
    }
    switch (line.event) {
      case "stroke":
        this.strokes(line.atMs, line.atMs, Number(line["count"]));
        break;
      case "strokes":
        this.strokes(line.atMs, Number(line["lastAtMs"]), Number(line["count"]));
        break;
      case "program":
        this.proposedNlPerDay = Number(line["basalNlPerDay"]);
        break;
      case "programmed":
        this.basalNlPerDay = this.proposedNlPerDay;
        break;
      case "started":
        this.runningFromMs = line.atMs;
        break;
      case "stopped":
        this.endRunning(line.atMs);
        break;
      case "fault":
        this.endRunning(line.atMs);
        this.faultFromMs ??= line.atMs;
        break;
      case "bolusGranted":
        this.bolusRuns = true;
        this.grantedMs = line.atMs;
        this.requests.push({ atMs: line.atMs, answer: "granted" });
        break;
      case "bolusDenied":
        this.requests.push({ atMs: line.atMs, answer: String(line["answer"]) });
        break;
      case "bolusEnded":
        this.bolusRuns = false;
        break;
      case "alarmRaised":
        this.activeAlarms.set(String(line["alarm"]), line.atMs);
        if (line["alarm"] === AlarmKind[AlarmKind.emptyReservoir]) this.emptyFromMs ??= line.atMs;
        break;
      case "alarmCleared":
        this.endAlarm(String(line["alarm"]), line.atMs);
        break;
    }
  }

  close(endMs: number): void {
    this.endRunning(endMs);
    if (this.faultFromMs !== undefined) this.faults.push({ fromMs: this.faultFromMs, toMs: endMs });
    for (const alarm of [...this.activeAlarms.keys()]) this.endAlarm(alarm, endMs);
  }

  private strokes(firstMs: number, lastMs: number, count: number): void {
    const atFirst = firstMs === lastMs ? count : 1;
    this.deliverFirst(firstMs, atFirst * this.strokeNl);
    if (count > atFirst) this.deliver(firstMs, lastMs, (count - atFirst) * this.strokeNl);
    this.lastMs = lastMs;
  }

  /** The first stroke after a grant: basal was due until the grant, the rest since. */
  private deliverFirst(atMs: number, volumeNl: number): void {
    const grantMs = this.grantedMs;
    this.grantedMs = undefined;
    if (grantMs === undefined || grantMs <= this.lastMs) {
      this.deliver(this.lastMs, atMs, volumeNl);
      return;
    }
    const beforeNl = Math.min(volumeNl, this.basalNl(this.lastMs, grantMs));
    if (beforeNl > 0) this.deliveries.push({ fromMs: this.lastMs, toMs: grantMs, volumeNl: beforeNl, bolusNl: 0 });
    this.deliver(grantMs, atMs, volumeNl - beforeNl);
  }

  private deliver(fromMs: number, toMs: number, volumeNl: number): void {
    const bolusNl = this.bolusRuns ? Math.max(0, volumeNl - this.basalNl(fromMs, toMs)) : 0;
    this.deliveries.push({ fromMs, toMs, volumeNl, bolusNl });
  }

  private basalNl(fromMs: number, toMs: number): number {
    return (this.basalNlPerDay * (toMs - fromMs)) / MS_PER_DAY;
  }

  private endRunning(atMs: number): void {
    if (this.runningFromMs !== undefined) this.running.push({ fromMs: this.runningFromMs, toMs: atMs });
    // A pump is filled only while it is stopped, and starts only when it is not empty: empty lasts as long as running.
    if (this.emptyFromMs !== undefined) this.empty.push({ fromMs: this.emptyFromMs, toMs: atMs });
    this.runningFromMs = undefined;
    this.emptyFromMs = undefined;
  }

  private endAlarm(alarm: string, atMs: number): void {
    const fromMs = this.activeAlarms.get(alarm);
    if (fromMs !== undefined) this.alarms.push({ alarm, fromMs, toMs: atMs });
    this.activeAlarms.delete(alarm);
  }
}

/**
 * Reads a run's event log, with its strokes singly or in lines of many. What was delivered comes from the strokes alone; the
 * prescription only tells which part of it was a bolus.
 * @param endMs the run's last instant, in ms of core time
 */
export function readHistory(lines: readonly LogLine[], config: PumpConfig, endMs: number): History {
  const reader = new HistoryReader(config);
  for (const line of lines) reader.take(line);
  reader.close(endMs);
  return reader;
}
