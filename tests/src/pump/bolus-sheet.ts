import { BolusAnswer } from "../../../src/delivery/judge-bolus";

/** Ticks of 3 h in a day. */
export const TICKS_PER_DAY = 8;
/** Most demand boluses in 24 h. */
export const MOST = 2;
/** Strokes in a tick of any bolus, and of the minimum rate. */
export const STROKES_OF_BOLUS = 12;
export const STROKES_OF_HOLD = 3;
/** Hours of the day in which the patient may ask, in ticks from midnight: 09:00 to 21:00. */
export const OPENS = 3;
export const CLOSES = 7;
/** A scheduled bolus takes one tick and begins every second; a demand bolus and the lockout take one, a clinician's two. */
const SCHEDULED_EVERY = 2;

/** All that can be done. */
export const STEPS = [
  "tick",
  "request",
  "order",
  "stop",
  "start",
  "hold",
  "occluded",
  "free",
  "acknowledge",
  "setClock",
  "loseClock",
] as const;

export type Step = (typeof STEPS)[number];

/** What a person with a sheet of paper knows of a pump that gives boluses of all kinds, in ticks. */
export interface BolusSheet {
  readonly mode: "stopped" | "running" | "held";
  /** Occlusion: its cause is there, or has gone and nobody has acknowledged it. */
  readonly alarm: "none" | "there" | "gone";
  /** Ticks since midnight; undefined: not known. */
  readonly clock: number | undefined;
  /** A demand bolus runs: it began in this very tick. */
  readonly demand: boolean;
  /** The last one ended in this very tick. */
  readonly justEnded: boolean;
  /** Ages of the demand boluses of the last 24 h. */
  readonly grants: readonly number[];
  /** The square bolus and how many ticks of it are left. */
  readonly square: { readonly kind: "clinician" | "scheduled"; readonly left: number } | undefined;
  /** Ticks since the last instant at which a scheduled bolus was due. */
  readonly phase: number;
  /** One is due at this instant and has been neither given nor left out. */
  readonly due: boolean;
}

/** Nothing but the clock and the alarm inhibits. */
export function delivers(sheet: BolusSheet): boolean {
  return sheet.mode === "running" && sheet.alarm === "none";
}

/** What a patient must be answered. */
export function answerToPatient(sheet: BolusSheet): BolusAnswer {
  if (sheet.mode !== "running") return BolusAnswer.stopped;
  if (sheet.alarm !== "none") return BolusAnswer.alarmActive;
  if (sheet.clock === undefined) return BolusAnswer.clockNotSet;
  if (sheet.clock < OPENS || sheet.clock >= CLOSES) return BolusAnswer.outsideHours;
  if (sheet.demand) return BolusAnswer.busy;
  if (sheet.justEnded) return BolusAnswer.lockedOut;
  return sheet.grants.length >= MOST ? BolusAnswer.maxPerDay : BolusAnswer.granted;
}

/** What a clinician must be answered: lockout, count and hours are the patient's. */
export function answerToClinician(sheet: BolusSheet): BolusAnswer {
  if (sheet.mode !== "running") return BolusAnswer.stopped;
  if (sheet.alarm !== "none") return BolusAnswer.alarmActive;
  return sheet.demand || sheet.square !== undefined ? BolusAnswer.busy : BolusAnswer.granted;
}

/** Strokes that the next tick gives. */
export function strokesOfTick(sheet: BolusSheet): number {
  if (sheet.alarm !== "none") return 0;
  if (sheet.mode === "held") return STROKES_OF_HOLD;
  return sheet.demand || sheet.square !== undefined ? STROKES_OF_BOLUS : 0;
}

/** Every bolus ends for good. */
function cut(sheet: BolusSheet): BolusSheet {
  return { ...sheet, demand: false, justEnded: sheet.justEnded || sheet.demand, square: undefined };
}

/** A scheduled bolus that is due begins, or gives way to another square one. */
function settled(sheet: BolusSheet): BolusSheet {
  if (!sheet.due || !delivers(sheet)) return sheet;
  return { ...sheet, due: false, square: sheet.square ?? { kind: "scheduled", left: 1 } };
}

function oneTickOn(sheet: BolusSheet): BolusSheet {
  const { square } = sheet;
  const moved = square !== undefined && !sheet.demand ? { ...square, left: square.left - 1 } : square;
  const phase = (sheet.phase + 1) % SCHEDULED_EVERY;
  return settled({
    ...sheet,
    clock: sheet.clock === undefined ? undefined : (sheet.clock + 1) % TICKS_PER_DAY,
    demand: false,
    justEnded: sheet.demand,
    grants: sheet.grants.map((age) => age + 1).filter((age) => age < TICKS_PER_DAY),
    square: moved?.left === 0 ? undefined : moved,
    phase,
    due: phase === 0,
  });
}

/** The sheet after a step. */
export function sheetAfter(sheet: BolusSheet, step: Step): BolusSheet {
  switch (step) {
    case "tick":
      return oneTickOn(sheet);
    case "request":
      return answerToPatient(sheet) === BolusAnswer.granted
        ? { ...sheet, demand: true, grants: [...sheet.grants, 0] }
        : sheet;
    case "order":
      return answerToClinician(sheet) === BolusAnswer.granted
        ? { ...sheet, square: { kind: "clinician", left: 2 } }
        : sheet;
    case "stop":
      return { ...cut(sheet), mode: "stopped" };
    case "start":
      return sheet.alarm === "none" ? settled({ ...sheet, mode: "running" }) : sheet;
    case "hold":
      return sheet.mode === "running" ? { ...cut(sheet), mode: "held" } : sheet;
    case "occluded":
      return { ...cut(sheet), alarm: "there" };
    case "free":
      return sheet.alarm === "there" ? { ...sheet, alarm: "gone" } : sheet;
    case "acknowledge":
      return sheet.alarm === "gone" ? settled({ ...sheet, alarm: "none" }) : sheet;
    case "setClock":
      return { ...sheet, clock: sheet.clock === undefined ? OPENS : (sheet.clock + 4) % TICKS_PER_DAY };
    case "loseClock":
      return { ...sheet, clock: undefined };
  }
}
