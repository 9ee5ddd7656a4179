import { breathe } from "../breath";
import { BolusKind } from "../delivery/bolus-run";
import type { BolusRun } from "../delivery/bolus-run";
import { digestOf } from "../prescription/digest";
import { PRESCRIPTION_FIELDS } from "../prescription/prescription";
import type { PumpParts } from "../pump-parts";
import { lastsMs } from "../reservoir/refill-time";
import { ALARM_KINDS } from "../safety/alarm-kind";
import { MS_PER_DAY, NEVER_MS } from "../units";
import type { Journal } from "./journal";
import type { Recent } from "./recent";
import { FIRMWARE_VERSION, ReportRow } from "./report-row";

/** Parts that a report has. A board makes one at a time, so that its motor is not held up. */
export const REPORT_PARTS = 9;

/** Tells `journal` all about the pump, row by row: what a clinician's programmer shows. Changes nothing. */
export function reportPump(pump: PumpParts, journal: Journal, nowMs: number): void {
  for (let part = 0; part < REPORT_PARTS; part++) reportPart(pump, part, journal, nowMs);
}

/** The rows of one part, 0 to REPORT_PARTS - 1. */
export function reportPart(pump: PumpParts, part: number, journal: Journal, nowMs: number): void {
  breathe();
  const delivery = pump.delivery;
  const config = pump.config;
  const watch = pump.supervision;
  const alarms = pump.reports.alarms;
  const desk = delivery.desk;
  let endMs = -1;
  let denied = 0;
  switch (part) {
    case 0:
      reportState(pump, journal, nowMs);
      break;
    case 1:
      reportPrescription(pump, journal, nowMs);
      break;
    case 2:
      reportReservoir(pump, journal, nowMs);
      reportRecent(pump.refill.flow.refills, ReportRow.flowOfRefill, journal, nowMs);
      break;
    case 3:
      if (config.serviceLifeDays !== 0) endMs = config.serviceLifeDays * MS_PER_DAY;
      journal.write(ReportRow.battery, nowMs, watch.supplyMv, watch.chargePerMille, endMs, 0);
      journal.write(
        ReportRow.tube,
        nowMs,
        delivery.totalStrokes - watch.tubeStrokes,
        watch.tubeSinceMs,
        config.tubeLifeStrokes,
        config.tubeLifeDays,
      );
      break;
    case 4:
      for (let alarm = 0; alarm < ALARM_KINDS; alarm++) {
        const hasCause = +alarms.hasCause(alarm);
        if (alarms.isActive(alarm)) journal.write(ReportRow.alarm, nowMs, alarm, alarms.sinceMs[alarm], hasCause, 0);
      }
      denied = desk.requests.count - desk.granted;
      journal.write(ReportRow.counters, nowMs, delivery.totalStrokes, delivery.primingStrokes, desk.granted, denied);
      break;
    case 5:
      reportRecent(desk.requests, ReportRow.request, journal, nowMs);
      break;
    case 6:
      reportRecent(pump.reports.events, ReportRow.event, journal, nowMs);
      break;
    case 7:
      reportRecent(delivery.days.days, ReportRow.day, journal, nowMs);
      break;
    default:
      journal.write(ReportRow.end, nowMs, 0, 0, 0, 0);
  }
}

function reportState(pump: PumpParts, journal: Journal, nowMs: number): void {
  const config = pump.config;
  const clock = pump.clock;
  const delivery = pump.delivery;
  const plan = delivery.plan;
  const therapy = pump.therapy;
  const desk = delivery.desk;
  let wallMs = 0;
  if (clock.known) wallMs = nowMs + clock.offsetMs;
  journal.write(ReportRow.identity, nowMs, config.model, config.serial, FIRMWARE_VERSION, config.plPerRevolution);
  journal.write(ReportRow.clock, nowMs, +clock.known, wallMs, nowMs, pump.fault);
  const bridging = +therapy.isBridging;
  journal.write(ReportRow.delivery, nowMs, therapy.mode, plan.basalNlPerDay, plan.bolusNlPerDay, bridging);
  reportBolus(desk.demand, journal, nowMs);
  reportBolus(desk.square, journal, nowMs);
}

function reportBolus(run: BolusRun, journal: Journal, nowMs: number): void {
  if (run.kind === BolusKind.none) return;
  run.passTo(nowMs);
  const leftNl = run.leftNl();
  journal.write(ReportRow.bolus, nowMs, run.kind, run.requestId, leftNl, +run.isSuspended);
}

function reportPrescription(pump: PumpParts, journal: Journal, nowMs: number): void {
  const active = pump.delivery.prescription.fields;
  const orders = pump.orders;
  let digest = digestOf(active);
  let staged = active;
  let stagedDigest = digest;
  if (orders.isStaged) {
    staged = orders.staged.fields;
    stagedDigest = orders.digest;
  }
  breathe();
  if (orders.programmedAtMs < 0) digest = 0;
  const isStaged = +orders.isStaged;
  journal.write(ReportRow.prescription, nowMs, digest, orders.programmedAtMs, stagedDigest, isStaged);
  for (let i = 0; i < PRESCRIPTION_FIELDS; i++) {
    const value = active[i];
    const stagedValue = staged[i];
    // None is negative.
    if (value + stagedValue !== 0) journal.write(ReportRow.field, nowMs, i, value, stagedValue, 0);
  }
}

function reportReservoir(pump: PumpParts, journal: Journal, nowMs: number): void {
  const delivery = pump.delivery;
  const reservoir = delivery.reservoir;
  const mixture = delivery.mixture;
  const flow = pump.refill.flow;
  const leastNl = reservoir.contentNl();
  const mostNl = leastNl + reservoir.bandNl();
  journal.write(ReportRow.reservoir, nowMs, leastNl, mostNl, reservoir.lowNl, reservoir.filledNl);
  const p = delivery.prescription;
  const usableNl = reservoir.usableNl();
  const allMs = Math.min(NEVER_MS, nowMs + lastsMs(p, usableNl, true));
  const noneMs = Math.min(NEVER_MS, nowMs + lastsMs(p, usableNl, false));
  journal.write(ReportRow.refill, nowMs, reservoir.filledAtMs, reservoir.expiryDay, allMs, noneMs);
  for (let i = 0; i < pump.config.library.length; i++) {
    const ngPerUl = mixture.reservoir[i];
    const tipNgPerUl = mixture.tip[i];
    if (ngPerUl + tipNgPerUl !== 0) journal.write(ReportRow.drug, nowMs, i, ngPerUl, tipNgPerUl, 0);
  }
  const oldNl = delivery.stroke.volumeNl(mixture.oldStrokes);
  const deadNl = pump.refill.deadNl();
  journal.write(ReportRow.line, nowMs, oldNl, deadNl, 0, 0);
  const perMille = flow.wholePerMille();
  journal.write(ReportRow.flow, nowMs, perMille, flow.refills.count, 0, 0);
}

/** What is kept of something, the last first, as rows of kind `row`. */
export function reportRecent(recent: Recent, row: ReportRow, journal: Journal, nowMs: number): void {
  const kept = Math.min(recent.count, recent.most);
  const n = recent.numbers;
  for (let ago = 0; ago < kept; ago++) {
    const at = recent.place(ago);
    let d = 0;
    if (recent.width > 3) d = n[at + 3];
    journal.write(row, nowMs, n[at], n[at + 1], n[at + 2], d);
  }
}
