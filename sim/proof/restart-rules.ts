import type { PumpConfig } from "../../src/config";
import { TherapyMode } from "../../src/delivery/therapy";
import { StrokeVolume } from "../../src/motion/stroke";
import { highestNlPerDay } from "../../src/prescription/scheduled-volume";
import { JournalCode } from "../../src/record/journal";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { MOST_RESTARTS } from "../../src/start-up";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import { keptCauses } from "./alarm-sets";
import type { Ordered } from "./ordered";
import type { Entry } from "./taken-orders";

/** Core time may lag behind powered time by an hour a restart. */
const LAG_MS = (MOST_RESTARTS + 1) * MS_PER_HOUR;

/** What the pump said of its start. */
interface ToldStart {
  readonly isPlanned: boolean;
  /** It raised *restarted too often*. */
  readonly saysTooOften: boolean;
  /** Strokes that may have been made, and count. */
  readonly uncertainStrokes: number;
}

/** What is in force behind a start. */
export interface Started {
  readonly ordered: Ordered;
  /** The pump takes it for a restart that it has planned. */
  readonly isPlanned: boolean;
  readonly wrong: readonly string[];
}

/**
 * The orders that are in force behind a start at powered time `atMs`, where the record says `known`, and what is wrong with what the pump `told`
 * of it. `isPlanned`: it had asked for it.
 */
export function judgeStart(
  known: Ordered,
  told: readonly Entry[],
  isPlanned: boolean,
  config: PumpConfig,
  atMs: number,
): Started {
  const poweredOn = told.find(({ code }) => code === Number(JournalCode.poweredOn));
  if (poweredOn === undefined)
    return { ordered: known, isPlanned, wrong: ["the pump does not tell that it has started"] };
  const saysTooOften = told.some(
    ({ code, a }) => code === Number(JournalCode.alarmRaised) && a === Number(AlarmKind.restartedTooOften),
  );
  const start = { isPlanned: poweredOn.b !== 0, saysTooOften, uncertainStrokes: poweredOn.c };
  const wrong: string[] = [];
  const most = mostReserved(known, config);
  if (start.uncertainStrokes > most)
    wrong.push(`${start.uncertainStrokes} strokes are uncertain, ${most} are the most`);
  // The power may fail between the record of a planned restart and the restart.
  if (start.isPlanned && !known.isPlanning) wrong.push("the pump takes a loss of power for a planned restart");
  if (isPlanned && !start.isPlanned) wrong.push("the pump takes a planned restart for a loss of power");
  return { ordered: afterStart(known, start, atMs, wrong), isPlanned: start.isPlanned, wrong };
}

function afterStart(known: Ordered, told: ToldStart, atMs: number, wrong: string[]): Ordered {
  const ended = known.demandNl !== 0 ? { demandNl: 0, lastEndMs: atMs } : {};
  const caused = keptCauses(known.caused);
  const ordered: Ordered = { ...known, ...ended, square: undefined, isPlanning: false, caused };
  if (told.isPlanned) {
    if (known.demandNl !== 0 || known.square !== undefined) wrong.push("a planned restart cut a bolus");
    return ordered;
  }
  const restartsMs = [...known.restartsMs, atMs].slice(-20);
  const within = (ms: number): number => restartsMs.filter((restartMs) => restartMs > atMs - ms).length;
  const mustStop = within(MS_PER_DAY) > MOST_RESTARTS;
  const mayStop = within(MS_PER_DAY + LAG_MS) > MOST_RESTARTS;
  if (told.saysTooOften && !mayStop) wrong.push(`therapy stops after ${restartsMs.length} restarts, not in 24 h`);
  const mode = mustStop || told.saysTooOften ? TherapyMode.stopped : known.mode;
  return { ...ordered, mode, restartsMs };
}

/** The most strokes that a record with these orders may reserve: an hour of basal, a demand bolus, 5 min of another bolus. */
function mostReserved({ prescription: p, mode, demandNl, square }: Ordered, config: PumpConfig): number {
  let volumeNl = 0;
  if (p !== undefined && mode !== TherapyMode.stopped) {
    let rate = mode === TherapyMode.held ? p.minimumNlPerDay : highestNlPerDay(p);
    if (p.bridge !== 0) rate = config.maxRateNlPerDay;
    volumeNl = (rate * MS_PER_HOUR) / MS_PER_DAY;
    volumeNl += demandNl;
  }
  if (square !== undefined) {
    const fiveMinutesNl = (square.volumeNl * 5 * MS_PER_MIN) / Math.max(1, square.overMs);
    volumeNl += Math.min(square.volumeNl, fiveMinutesNl) + 1;
  }
  if (volumeNl === 0) return 0;
  return Math.max(1, new StrokeVolume(config).wholeStrokesIn(Math.ceil(volumeNl)));
}
