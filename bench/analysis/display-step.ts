/** The last place of a balance's display. */
export interface DisplayStep {
  /** d, in g. */
  readonly stepG: number;
  /** Where it is from. */
  readonly source: string;
}

/** How far a step may be from a whole multiple, as a share of d: what rounding in the file leaves. */
const HAIR = 1e-6;
/** Rounding of a mass to a number of the machine, as a share of it, with room for a difference. */
const MACHINE = 4 * Number.EPSILON;

/**
 * The last place d of the balance, by the readings themselves: their smallest step, when most steps are whole multiples of it and not all the
 * same; else by the decimals that were written. A scale interval is 1, 2 or 5 times a power of ten (OIML R 76-1): any other smallest step comes
 * from the flow. `undefined`: nobody can say.
 * @param writtenStepG the last place that was written, in g
 */
export function displayStep(massG: Float64Array, writtenStepG: number | undefined): DisplayStep | undefined {
  const stepG = smallestStep(massG);
  if (stepG !== undefined && isScaleInterval(stepG) && isInWholeSteps(massG, stepG))
    return { stepG, source: "the smallest step of the readings" };
  return writtenStepG === undefined ? undefined : { stepG: writtenStepG, source: "the decimals of the readings" };
}

/** True when all readings are the same: a display that stands still, of which nobody can say how noisy it is. */
export function isFrozen(massG: Float64Array): boolean {
  const [first] = massG;
  return massG.every((mass) => mass === first);
}

function smallestStep(massG: Float64Array): number | undefined {
  let least = Infinity;
  for (let i = 1; i < massG.length; i++) {
    const size = Math.abs((massG[i] ?? NaN) - (massG[i - 1] ?? NaN));
    if (size < least && size > roundingG(massG[i] ?? NaN)) least = size;
  }
  return least < Infinity ? least : undefined;
}

/** What two equal masses may differ by when they were read as decimals. */
function roundingG(mass: number): number {
  return MACHINE * Math.abs(mass);
}

function isScaleInterval(stepG: number): boolean {
  const mantissa = stepG / 10 ** Math.floor(Math.log10(stepG) + HAIR);
  // The difference of two masses is rounded in proportion to them, not to itself.
  return [1, 2, 5].some((digit) => Math.abs(mantissa / digit - 1) < 1e-4);
}

/** Most steps are whole multiples, and there are at least two kinds of them: an even flow on a fine display has but one. */
function isInWholeSteps(massG: Float64Array, stepG: number): boolean {
  const exactG = exactStep(stepG);
  let whole = 0;
  let least = Infinity;
  let most = -Infinity;
  for (let i = 1; i < massG.length; i++) {
    const mass = massG[i] ?? NaN;
    const times = Math.abs(mass - (massG[i - 1] ?? NaN)) / exactG;
    const nearest = Math.round(times);
    if (Math.abs(times - nearest) > HAIR + roundingG(mass) / exactG) continue;
    whole++;
    if (nearest < least) least = nearest;
    if (nearest > most) most = nearest;
  }
  return most > least && whole > (massG.length - 1) / 2;
}

/** 1, 2 or 5 times a power of ten, without what the difference of two masses has lost. */
function exactStep(stepG: number): number {
  return Number(stepG.toPrecision(1));
}
