import type { WallClock } from "./clock";
import type { PumpConfig } from "./config";
import type { Delivery } from "./delivery/delivery";
import { EventKind, Sensor } from "./events";
import { JournalCode } from "./record/journal";
import type { StateRecord } from "./record/state-record";
import type { Reports } from "./reports";
import { AlarmKind } from "./safety/alarm-kind";
import { STOPPED_TOO_LONG_MS } from "./safety/alarm-table";
import type { AlarmTimes } from "./safety/alarm-times";
import { isWhole, MS_PER_DAY, NEVER_MS } from "./units";

/** Watches what changes slowly: dates, ages, the clock, and what sensors read. Turns it into alarms. */
export class Supervision {
  /** Charge that was read last, in thousandths; -1: none yet. */
  declare chargePerMille: number;
  /** Supply voltage that was read last, in mV; -1: none yet. */
  supplyMv = -1;
  /** Core time since which the tube set is in the head, in ms. */
  declare tubeSinceMs: number;
  /** Total strokes when it was new. */
  declare tubeStrokes: number;

  constructor(
    readonly config: PumpConfig,
    private readonly delivery: Delivery,
    private readonly clock: WallClock,
    /** Alarms that come by themselves. */
    readonly times: AlarmTimes,
    readonly reports: Reports,
    restored: StateRecord,
  ) {
    const nowMs = restored.coreMs;
    const days = config.serviceLifeDays;
    if (days !== 0) {
      const endMs = Math.max(nowMs, days * MS_PER_DAY);
      const replaceMs = Math.max(nowMs, (days - config.replacementLeadDays) * MS_PER_DAY);
      times.setDue(AlarmKind.endOfService, endMs);
      times.setDue(AlarmKind.replacementDue, replaceMs);
    }
    // A pump that has moved before is stopped now.
    if (delivery.totalStrokes !== 0)
      times.setDue(AlarmKind.stoppedTooLong, Math.min(restored.stoppedTooLongMs, nowMs + STOPPED_TOO_LONG_MS));
    this.chargePerMille = restored.chargePerMille;
    this.watchTube(restored.tubeStrokes, restored.tubeSinceMs, nowMs);
  }

  /** Clock, fill or prescription are others now: what they ask for is set anew. */
  renew(nowMs: number): void {
    const p = this.delivery.prescription;
    const reservoir = this.delivery.reservoir;
    const clock = this.clock;
    const expiryDay = reservoir.expiryDay;
    let needsClock = p.steps > 1;
    if (p.hoursFromMs !== p.hoursToMs) needsClock = true;
    if (expiryDay !== 0) needsClock = true;
    if (clock.known) needsClock = false;
    this.reports.setCause(AlarmKind.clockNotSet, needsClock);
    let refillMs = NEVER_MS;
    if (p.refillDays !== 0) refillMs = reservoir.filledAtMs + p.refillDays * MS_PER_DAY;
    setDate(this, AlarmKind.refillDue, refillMs, nowMs);
    // A date holds to the end of its day. A clock that was lost still dates it best: losing it must not make an expired drug fresh.
    let expiresMs = NEVER_MS;
    if (expiryDay !== 0) expiresMs = (expiryDay + 1) * MS_PER_DAY - clock.offsetMs;
    setDate(this, AlarmKind.drugExpired, expiresMs, nowMs);
  }

  /** The tube set has been in the head since `sinceMs`, when `strokes` strokes had been made in all. */
  watchTube(strokes: number, sinceMs: number, nowMs: number): void {
    const lifeStrokes = this.config.tubeLifeStrokes;
    const lifeDays = this.config.tubeLifeDays;
    this.tubeStrokes = strokes;
    this.tubeSinceMs = sinceMs;
    let endStrokes = NEVER_MS;
    if (lifeStrokes !== 0) endStrokes = strokes + lifeStrokes;
    this.delivery.tubeEndStrokes = endStrokes;
    if (lifeDays !== 0) this.times.setDue(AlarmKind.tubeLife, Math.max(nowMs, sinceMs + lifeDays * MS_PER_DAY));
  }
}

/** A sensor reads `value`. One that watch pump does not declare is refused. */
export function takeReading(watch: Supervision, sensor: Sensor, value: number): void {
  const config = watch.config;
  const alarms = watch.reports;
  // The bound of a sensor that is there. What is no number must not pass for a good one.
  let bound = 0;
  if (isWhole(value, -NEVER_MS, NEVER_MS)) {
    if (sensor === Sensor.motorTemperature) bound = config.motorMaxDeciC;
    if (sensor === Sensor.supplyVoltage) bound = config.batteryLowMv;
    if (sensor === Sensor.charge) bound = config.replacementPerMille;
  }
  if (bound === 0) alarms.note(JournalCode.orderRefused, EventKind.reading, sensor);
  else if (sensor === Sensor.motorTemperature) alarms.setCause(AlarmKind.motorHot, value > bound);
  else if (sensor === Sensor.supplyVoltage) {
    watch.supplyMv = value;
    alarms.setCause(AlarmKind.batteryLow, value <= bound);
    alarms.setCause(AlarmKind.batteryOut, value <= config.batteryOutMv);
  } else {
    // A primary cell never gets fuller: what was announced stays.
    watch.chargePerMille = value;
    if (value <= bound) alarms.raise(AlarmKind.replacementDue, true);
    if (value <= config.endOfServicePerMille) alarms.raise(AlarmKind.endOfService, true);
  }
}

function setDate(watch: Supervision, alarm: AlarmKind, atMs: number, nowMs: number): void {
  const hasCome = atMs <= nowMs;
  let dueMs = atMs;
  if (hasCome) dueMs = NEVER_MS;
  watch.times.setDue(alarm, dueMs);
  watch.reports.setCause(alarm, hasCome);
}
