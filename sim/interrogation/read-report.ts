import { StrokeVolume } from "../../src/motion/stroke";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { AlarmPriority, priorityOf } from "../../src/safety/alarm-table";
import type { PrescribedPump } from "../../config/prescribed-pump";
import type { LogLine } from "../log/words";
import { dayText } from "../scenario/wall-clock";
import { eventReport } from "./event-report";
import { prescriptionPart } from "./prescription-part";
import type { PumpReport } from "./report";
import { everMs, Rows } from "./rows";

/** Makes one report of the rows of an interrogation. Rows that did not come read as 0. */
export function readReport(lines: readonly LogLine[], pump: PrescribedPump): PumpReport {
  const rows = new Rows(lines);
  const identity = rows.one("identity");
  const clock = rows.one("clock");
  return {
    identity: {
      model: identity.number("model"),
      serial: identity.number("serial"),
      firmware: versionText(identity.number("firmware")),
      revolutionPl: identity.number("plPerRevolution"),
    },
    clock: {
      isKnown: clock.isSet("known"),
      wall: rows.wall(clock.number("coreMs")),
      coreMs: clock.number("coreMs"),
    },
    prescription: prescriptionPart(rows, pump),
    delivery: delivery(rows),
    reservoir: reservoir(rows, pump),
    refills: refills(rows),
    ...service(rows, pump),
    ...logs(rows, pump),
  };
}

/** Three times three digits as `0.3.0`. */
function versionText(version: number): string {
  return [1000000, 1000, 1].map((unit) => Math.floor(version / unit) % 1000).join(".");
}

function delivery(rows: Rows): PumpReport["delivery"] {
  const row = rows.one("delivery");
  return {
    state: row.word("mode"),
    fault: rows.one("clock").word("fault"),
    basalNlPerDay: row.number("basalNlPerDay"),
    bolusNlPerDay: row.number("bolusNlPerDay"),
    isBridging: row.isSet("bridging"),
    boluses: rows.all("bolus").map((bolus) => ({
      bolus: bolus.word("bolus"),
      id: bolus.number("id"),
      leftNl: bolus.number("leftNl"),
      isSuspended: bolus.isSet("suspended"),
    })),
  };
}

function reservoir(rows: Rows, pump: PrescribedPump): PumpReport["reservoir"] {
  const row = rows.one("reservoir");
  const line = rows.one("line");
  return {
    leastNl: row.number("leastNl"),
    mostNl: row.number("mostNl"),
    lowNl: row.number("lowNl"),
    drugs: rows.all("drug").map((drug) => ({
      drug: drugName(pump, drug.number("drug")),
      reservoirNgPerUl: drug.number("reservoirNgPerUl"),
      tipNgPerUl: drug.number("tipNgPerUl"),
    })),
    oldFluidNl: line.number("oldFluidNl"),
    deadVolumeNl: line.numberUnless(0, "deadVolumeNl"),
  };
}

/** The name of a drug by its place in the library. */
export function drugName({ drugs }: PrescribedPump, place: number): string {
  return drugs[place]?.name ?? `drug ${place + 1}`;
}

function refills(rows: Rows): PumpReport["refills"] {
  const row = rows.one("refill");
  const flow = rows.one("flow");
  const expiryDay = row.numberUnless(0, "expiryDay");
  const withAllMs = everMs(row.number("lowWithBolusesMs"));
  const withoutMs = everMs(row.number("lowWithoutMs"));
  return {
    filledToNl: rows.one("reservoir").number("filledNl"),
    filledMs: row.number("filledMs"),
    filled: rows.wall(row.number("filledMs")),
    expires: expiryDay === null ? null : dayText(expiryDay),
    lowWithAllBolusesMs: withAllMs,
    lowWithAllBoluses: rows.wall(withAllMs),
    lowWithoutBolusesMs: withoutMs,
    lowWithoutBoluses: rows.wall(withoutMs),
    judged: flow.number("judged"),
    flowErrorPerMille: flow.number("judged") === 0 ? null : flow.number("errorPerMille"),
    flowErrors: rows.all("flowOfRefill").map((one) => ({
      atMs: one.number("whenMs"),
      at: rows.wall(one.number("whenMs")),
      errorPerMille: one.number("errorPerMille"),
    })),
  };
}

function service(rows: Rows, { config }: PrescribedPump): Pick<PumpReport, "battery" | "tube" | "alarms"> {
  const battery = rows.one("battery");
  const tube = rows.one("tube");
  const endMs = battery.numberUnless(-1, "endOfServiceMs");
  return {
    battery: {
      supplyMv: battery.numberUnless(-1, "supplyMv"),
      chargePerMille: battery.numberUnless(-1, "chargePerMille"),
      endOfServiceMs: endMs,
      endOfService: rows.wall(endMs),
    },
    tube: {
      strokes: tube.number("strokes"),
      revolutions: Math.floor((tube.number("strokes") * config.fullStepsPerStroke) / config.fullStepsPerRevolution),
      sinceMs: tube.number("sinceMs"),
      since: rows.wall(tube.number("sinceMs")),
      lifeStrokes: tube.numberUnless(0, "lifeStrokes"),
      lifeDays: tube.numberUnless(0, "lifeDays"),
    },
    alarms: rows.all("alarm").map((row) => {
      const alarm = row.word("alarm");
      const sinceMs = row.number("sinceMs");
      return {
        alarm,
        priority: AlarmPriority[priorityOf(AlarmKind[alarm as keyof typeof AlarmKind])],
        sinceMs,
        since: rows.wall(sinceMs),
        hasCause: row.isSet("hasCause"),
      };
    }),
  };
}

function logs(
  rows: Rows,
  { config }: PrescribedPump,
): Pick<PumpReport, "counters" | "bolusLog" | "eventLog" | "dosePerDay"> {
  const stroke = new StrokeVolume(config);
  const counters = rows.one("counters");
  return {
    counters: {
      strokes: counters.number("strokes"),
      volumeNl: stroke.volumeNl(counters.number("strokes")),
      primingStrokes: counters.number("primingStrokes"),
      granted: counters.number("granted"),
      denied: counters.number("denied"),
    },
    bolusLog: rows.all("request").map((row) => ({
      atMs: row.number("whenMs"),
      at: rows.wall(row.number("whenMs")),
      id: row.number("id"),
      answer: row.word("answer"),
      orderedNl: row.number("orderedNl"),
    })),
    eventLog: rows.all("event").map((row) => eventReport(row, rows)),
    dosePerDay: rows.all("day").map((row) => ({
      day: dayOrCoreDay(row.number("day")),
      volumeNl: stroke.volumeNl(row.number("strokes")),
      doseNg: doseNg(stroke, row.number("strokeNgPerUl")),
    })),
  };
}

/** A day of the wall clock from 0; one of core time below. */
function dayOrCoreDay(day: number): string {
  return day < 0 ? `core day ${-day}` : dayText(day);
}

/** Mass in ng, rounded down, of strokes x ng/µL. */
function doseNg(stroke: StrokeVolume, strokeNgPerUl: number): number {
  // pL x ng/µL are 10^-6 ng.
  const scaled = BigInt(strokeNgPerUl) * BigInt(stroke.plNumerator);
  return Number(scaled / (BigInt(stroke.plDenominator) * 1000000n));
}
