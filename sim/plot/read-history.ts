import type { PumpConfig } from "../../src/config";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { MS_PER_DAY, PL_PER_NL } from "../../src/units";
import type { LogLine } from "../log/words";

import type { AlarmSpan, Delivery, History, JudgedRequest, Span } from "./history";

/**
 * Lines at which delivery begins anew or ends. A stroke stands for the time since the one before it, in which its volume became due;
 * never for time before one of these.
 */
const BREAKS = new Set([
  "started",
  "stopped",
  "held",
  "programEnded",
  "strokeDropped",
  "forfeited",
  "motorOff",
  "fault",
  "powerCut",
  "poweredOn",
]);

class HistoryReader {
  readonly deliveries: Delivery[] = [];
  readonly running: Span[] = [];
  readonly held: Span[] = [];
  readonly refillsMs: number[] = [];
  readonly empty: Span[] = [];
  readonly faults: Span[] = [];
  readonly dark: Span[] = [];
  readonly requests: JudgedRequest[] = [];
  readonly alarms: AlarmSpan[] = [];

  private readonly strokeNl: number;
  private lastMs = 0;
  private basalNlPerDay = 0;
  private boluses = 0;
  /** Where the time before the next stroke falls into two parts, and the basal rate of the first. */
  private split: { readonly atMs: number; readonly nlPerDay: number } | undefined;
  private runningFromMs: number | undefined;
  private heldFromMs: number | undefined;
  private emptyFromMs: number | undefined;
  private faultFromMs: number | undefined;
  private darkFromMs: number | undefined;
  /** What therapy was doing when the power failed: it goes on with that. */
  private beforeDark: "running" | "held" | "stopped" = "stopped";
  private readonly activeAlarms = new Map<string, number>();

  constructor(config: PumpConfig) {
    this.strokeNl = (config.plPerRevolution * config.fullStepsPerStroke) / config.fullStepsPerRevolution / PL_PER_NL;
  }

  take(line: LogLine): void {
    // A pump that says something else first has started with a blank memory.
    if (this.darkFromMs !== undefined && line.event !== "poweredOn") this.endDark(line.atMs);
    if (BREAKS.has(line.event)) {
      this.lastMs = line.atMs;
      this.split = undefined;
    }
    switch (line.event) {
      case "stroke":
        this.strokes(line.atMs, line.atMs, Number(line["count"]));
        break;
      case "strokes":
        this.strokes(line.atMs, Number(line["lastAtMs"]), Number(line["count"]));
        break;
      case "basalRate":
        this.split = { atMs: line.atMs, nlPerDay: this.basalNlPerDay };
        this.basalNlPerDay = Number(line["rateNlPerDay"]);
        break;
      case "started":
        this.endHeld(line.atMs);
        this.runningFromMs ??= line.atMs;
        break;
      case "held":
        this.endRunning(line.atMs);
        this.heldFromMs ??= line.atMs;
        break;
      case "stopped":
      case "programEnded":
        this.endRunning(line.atMs);
        break;
      case "refilled":
        this.refillsMs.push(line.atMs);
        break;
      case "fault":
        this.endRunning(line.atMs);
        this.faultFromMs ??= line.atMs;
        break;
      case "powerCut":
        this.powerFails(line.atMs);
        break;
      case "poweredOn":
        this.powerIsBack(line.atMs);
        break;
      case "bolusGranted":
        this.boluses++;
        this.split = { atMs: line.atMs, nlPerDay: this.basalNlPerDay };
        this.requests.push({ atMs: line.atMs, answer: "granted", bolus: String(line["bolus"]) });
        break;
      case "bolusDenied":
        this.requests.push({ atMs: line.atMs, answer: String(line["answer"]) });
        break;
      case "bolusEnded":
        this.boluses = Math.max(0, this.boluses - 1);
        break;
      case "alarmRaised":
        this.raise(String(line["alarm"]), line.atMs);
        break;
      case "alarmCleared":
        this.endAlarm(String(line["alarm"]), line.atMs);
        break;
    }
  }

  close(endMs: number): void {
    this.endRunning(endMs);
    this.endDark(endMs);
    if (this.faultFromMs !== undefined) this.faults.push({ fromMs: this.faultFromMs, toMs: endMs });
    for (const alarm of [...this.activeAlarms.keys()]) this.endAlarm(alarm, endMs);
  }

  private powerFails(atMs: number): void {
    if (this.runningFromMs !== undefined) this.beforeDark = "running";
    else this.beforeDark = this.heldFromMs === undefined ? "stopped" : "held";
    this.endRunning(atMs);
    if (this.faultFromMs !== undefined) this.faults.push({ fromMs: this.faultFromMs, toMs: atMs });
    this.faultFromMs = undefined;
    this.basalNlPerDay = 0;
    this.boluses = 0;
    this.darkFromMs = atMs;
  }

  /** After a planned restart the pump was dark for a moment only, and nothing has changed. */
  private powerIsBack(atMs: number): void {
    if (this.darkFromMs === undefined) return;
    this.endDark(atMs);
    if (this.beforeDark === "running") this.runningFromMs = atMs;
    if (this.beforeDark === "held") this.heldFromMs = atMs;
  }

  private endDark(atMs: number): void {
    if (this.darkFromMs !== undefined) this.dark.push({ fromMs: this.darkFromMs, toMs: atMs });
    this.darkFromMs = undefined;
  }

  private raise(alarm: string, atMs: number): void {
    // Raised again before anybody acknowledged it, it has not stopped showing.
    if (!this.activeAlarms.has(alarm)) this.activeAlarms.set(alarm, atMs);
    if (alarm === AlarmKind[AlarmKind.emptyReservoir]) this.emptyFromMs ??= atMs;
    if (alarm === AlarmKind[AlarmKind.restartedTooOften]) this.endRunning(atMs);
  }

  private strokes(firstMs: number, lastMs: number, count: number): void {
    const atFirst = firstMs === lastMs ? count : 1;
    this.deliverFirst(firstMs, atFirst * this.strokeNl);
    if (count > atFirst) this.deliver(firstMs, lastMs, (count - atFirst) * this.strokeNl);
    this.lastMs = lastMs;
  }

  /** The first stroke after a grant or another rate: the basal of before was due until then, the rest since. */
  private deliverFirst(atMs: number, volumeNl: number): void {
    const { split } = this;
    this.split = undefined;
    if (split === undefined || split.atMs <= this.lastMs) {
      this.deliver(this.lastMs, atMs, volumeNl);
      return;
    }
    const beforeNl = Math.min(volumeNl, (split.nlPerDay * (split.atMs - this.lastMs)) / MS_PER_DAY);
    if (beforeNl > 0) this.deliveries.push({ fromMs: this.lastMs, toMs: split.atMs, volumeNl: beforeNl, bolusNl: 0 });
    this.deliver(split.atMs, atMs, volumeNl - beforeNl);
  }

  private deliver(fromMs: number, toMs: number, volumeNl: number): void {
    const basalNl = (this.basalNlPerDay * (toMs - fromMs)) / MS_PER_DAY;
    const bolusNl = this.boluses === 0 ? 0 : Math.max(0, volumeNl - basalNl);
    this.deliveries.push({ fromMs, toMs, volumeNl, bolusNl });
  }

  private endHeld(atMs: number): void {
    if (this.heldFromMs !== undefined) this.held.push({ fromMs: this.heldFromMs, toMs: atMs });
    this.heldFromMs = undefined;
  }

  private endRunning(atMs: number): void {
    if (this.runningFromMs !== undefined) this.running.push({ fromMs: this.runningFromMs, toMs: atMs });
    // A pump is filled only while it is stopped, and starts only when it is not empty: empty lasts as long as running.
    if (this.emptyFromMs !== undefined) this.empty.push({ fromMs: this.emptyFromMs, toMs: atMs });
    this.endHeld(atMs);
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
 * @param endMs the run's last instant, in ms
 */
export function readHistory(lines: readonly LogLine[], config: PumpConfig, endMs: number): History {
  const reader = new HistoryReader(config);
  for (const line of lines) reader.take(line);
  reader.close(endMs);
  return reader;
}
