import type { PumpConfig } from "../../src/config";
import { BolusEnd } from "../../src/delivery/bolus-run";
import { TherapyMode } from "../../src/delivery/therapy";
import { EventKind } from "../../src/events";
import { StrokeVolume } from "../../src/motion/stroke";
import { digestOf } from "../../src/prescription/digest";
import { prescriptionNumbers } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { JournalCode } from "../../src/record/journal";
import { ReportRow } from "../../src/record/report-row";
import type { EngineInput } from "../engines/engine";
import { causedByReading, isHeldStill, withAlarm } from "./alarm-sets";
import { afterEnd, afterGrant, wrongGrant } from "./bolus-rules";
import type { Fluid, Ordered } from "./ordered";

/** A stop, and what is the case outside: no number makes them a second one. */
const ALWAYS_HEARD: readonly number[] = [EventKind.stop, EventKind.clockLost, EventKind.detected, EventKind.reading];

/** One entry, as it was told. */
export interface Entry {
  readonly code: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** What is known of orders from those who gave them. */
export class HandedOrders {
  /** All prescriptions that were handed over, by digest. */
  readonly staged = new Map<number, Prescription>();
  /** The concentrations of the refill that was handed over last. */
  refillFluid: Fluid = [];
  /** A command came whose id was seen before. */
  isRepeated = false;

  constructor(readonly config: PumpConfig) {}

  /** A person or a sensor is about to give this input. */
  handed({ kind, prescription, values }: EngineInput): void {
    if (prescription !== undefined) this.staged.set(digestOf(prescriptionNumbers(prescription)), prescription);
    if (kind === EventKind.refill) this.refillFluid = values ?? [];
  }

  /** One of its own that knows the same prescriptions. */
  fork(): HandedOrders {
    const copy = Object.assign(Object.create(HandedOrders.prototype) as HandedOrders, this);
    return copy;
  }
}

/** What an entry makes of the orders. */
export interface Taken {
  readonly ordered: Ordered;
  readonly wrong?: string | undefined;
  /** Volume that may come in addition; negative: that does not come. */
  readonly extraNl: number;
  /** Rates are no longer what they were. */
  readonly disturbs: boolean;
  /** And may have to come behind it. */
  readonly mayGoOn: boolean;
  /** It has to survive a loss of power. */
  readonly mustLast: boolean;
}

/** The orders behind an entry that was told at powered time `atMs`, when `made` strokes had been made. */
export function afterEntry(entry: Entry, ordered: Ordered, orders: HandedOrders, made: number, atMs: number): Taken {
  const plain: Taken = { ordered, extraNl: 0, disturbs: false, mayGoOn: false, mustLast: false };
  const changed = (changes: Partial<Ordered>): Taken => ({
    ...plain,
    ordered: { ...ordered, ...changes },
    mustLast: true,
  });
  const { code, a, b } = entry;
  if (code < 32) return afterInput(entry, plain, orders);
  if (orders.isRepeated) {
    orders.isRepeated = false;
    if (code !== Number(JournalCode.commandRepeated)) return { ...plain, wrong: "a command is carried out again" };
  }
  switch (code as JournalCode) {
    case JournalCode.started:
      return { ...changed({ mode: TherapyMode.running }), disturbs: true, mayGoOn: true };
    case JournalCode.stopped:
      return { ...changed({ mode: TherapyMode.stopped }), disturbs: true };
    case JournalCode.held:
      return { ...changed({ mode: TherapyMode.held }), disturbs: true, mayGoOn: true };
    case JournalCode.programEnded:
      return { ...changed({ mode: TherapyMode.stopped, hasEnded: true }), disturbs: true };
    case JournalCode.programmed: {
      const prescription = orders.staged.get(a);
      const wrong = prescription === undefined ? "a prescription is in force that nobody handed over" : undefined;
      return { ...changed({ prescription, hasEnded: false, scheduled: 0 }), wrong, disturbs: true, mayGoOn: true };
    }
    case JournalCode.bolusGranted:
      return granted(entry, plain, orders.config, made, atMs);
    case JournalCode.bolusEnded: {
      const volumeNl = endedVolumeNl(entry, ordered);
      const extraNl = b === Number(BolusEnd.complete) ? 0 : Math.min(0, entry.c + 1 - volumeNl);
      return { ...plain, ordered: afterEnd(entry.d, ordered, atMs), extraNl, mustLast: true };
    }
    case JournalCode.alarmRaised:
    case JournalCode.alarmCleared: {
      const active = withAlarm(ordered.active, a, code === Number(JournalCode.alarmRaised));
      if (active === ordered.active) return plain;
      const disturbs = isHeldStill(active, ordered.caused) !== isHeldStill(ordered.active, ordered.caused);
      return { ...changed({ active }), disturbs };
    }
    case JournalCode.strokeDropped:
    case JournalCode.forfeited:
    case JournalCode.basalRate:
      return { ...plain, disturbs: code !== Number(JournalCode.basalRate) };
    case JournalCode.refilled:
      return changed({ filledNl: a, strokesAtFill: made, ...afterRefill(ordered, orders, made) });
    case JournalCode.residualMeasured:
      return changed({ filledNl: b, strokesAtFill: made });
    case JournalCode.deadVolumeEmpty:
      return a === deadNl(ordered, orders.config) ? changed({ line: [] }) : { ...plain, mustLast: true };
    default:
      return Number(code) === Number(ReportRow.reservoir)
        ? { ...plain, wrong: wrongBand(entry, ordered, orders, made) }
        : plain;
  }
}

function afterInput({ code, b, c, d }: Entry, plain: Taken, orders: HandedOrders): Taken {
  const { ordered } = plain;
  let { caused, highestCommandId } = ordered;
  if (code === Number(EventKind.moved)) return { ...plain, disturbs: true };
  if (code === Number(EventKind.restartDue)) return { ...plain, ordered: { ...ordered, isPlanning: true } };
  if (code === Number(EventKind.detected)) caused = withAlarm(caused, c, b !== 0);
  if (code === Number(EventKind.reading)) caused = causedByReading(caused, orders.config, c, b);
  // The entry behind a refill is no input: it tells of its drugs.
  if (d !== 0 && code !== Number(JournalCode.refillDrugs)) {
    orders.isRepeated = d <= highestCommandId && !ALWAYS_HEARD.includes(code);
    highestCommandId = Math.max(highestCommandId, d);
  }
  if (caused === ordered.caused && highestCommandId === ordered.highestCommandId) return plain;
  return {
    ...plain,
    ordered: { ...ordered, caused, highestCommandId },
    mustLast: highestCommandId !== ordered.highestCommandId,
    disturbs: caused !== ordered.caused,
  };
}

function granted({ a, b, c, d }: Entry, plain: Taken, config: PumpConfig, made: number, atMs: number): Taken {
  const bolus = { id: a, volumeNl: b, overMs: c, kind: d };
  const wrong = wrongGrant(bolus, plain.ordered, config, atMs);
  return { ...plain, wrong, ordered: afterGrant(bolus, plain.ordered, made, atMs), extraNl: b + 1, mustLast: true };
}

function endedVolumeNl({ d: kind }: Entry, ordered: Ordered): number {
  if (ordered.square?.kind === kind) return ordered.square.volumeNl;
  return ordered.demandNl;
}

function deadNl({ prescription }: Ordered, { tubingNl }: PumpConfig): number {
  const catheterNl = prescription?.catheterNl ?? 0;
  return tubingNl === 0 || catheterNl === 0 ? 0 : tubingNl + catheterNl;
}

/** What is in the reservoir and, for so many strokes more, in the line. */
function afterRefill(ordered: Ordered, { config, refillFluid }: HandedOrders, made: number): Partial<Ordered> {
  const { fluid, line } = ordered;
  if (fluid.every((ngPerUl, place) => ngPerUl === refillFluid[place])) return {};
  const untilStroke = made + new StrokeVolume(config).wholeStrokesIn(deadNl(ordered, config));
  if (made === 0) return { fluid: refillFluid, line: [] };
  const old = line.filter((part) => part.untilStroke > made && part.untilStroke < untilStroke);
  return { fluid: refillFluid, line: [...old, { fluid, untilStroke }] };
}

function wrongBand({ a, b }: Entry, ordered: Ordered, { config }: HandedOrders, made: number): string | undefined {
  const stroke = new StrokeVolume(config);
  const drawn = made - ordered.strokesAtFill;
  const mostNl = ordered.filledNl - stroke.volumeNl(drawn);
  const leastNl = ordered.filledNl - stroke.volumeRoundedUpNl(drawn);
  // 1 nL: each edge is rounded on its own.
  if (a <= mostNl && (b + 1 >= leastNl || a === 0)) return undefined;
  return `the reservoir is told to hold ${a} to ${b} nL and holds ${leastNl} nL`;
}
