import { evenAt } from "../../sim/plant/balance-noise";

/** What can go wrong with a balance's line. */
export const BALANCE_FAULTS = ["unplugged", "halfLines", "noise", "pounds", "pieces"] as const;

/** Something that is wrong with the line for a while: `fromMs` to just before `untilMs`, since the start. */
export interface BalanceFault {
  /**
   * `unplugged`: nobody hears and nobody answers. `halfLines`: every answer breaks off in the middle, without an end. `noise`: bytes that mean
   * nothing come before every answer, as on a bad ground or at a wrong baud rate. `pounds`, `pieces`: somebody has changed the unit.
   */
  readonly kind: (typeof BALANCE_FAULTS)[number];
  readonly fromMs: number;
  readonly untilMs: number;
}

const GRAMS_PER_POUND = 453.59237;
const GRAMS_PER_PIECE = 0.05;
const NOISE_BYTES = 12;

/** The line of a balance and what is wrong with it, by the time. */
export class FaultyLine {
  constructor(
    private readonly faults: readonly BalanceFault[],
    private readonly nowMs: () => number,
  ) {}

  /** Nothing comes through. */
  get isUnplugged(): boolean {
    return this.has("unplugged");
  }

  /** A weight in the unit that the balance is set to: `[number, unit]`. @param text the mass in g as it is shown */
  inUnit(massG: number, text: string): readonly [value: string, unit: string] {
    if (this.has("pounds")) return [(massG / GRAMS_PER_POUND).toFixed(6), "lb"];
    if (this.has("pieces")) return [String(Math.round(massG / GRAMS_PER_PIECE)), "PCS"];
    return [text, "g"];
  }

  /** What arrives of `line`, one character a byte; empty: nothing. */
  arriving(line: string): string {
    if (this.isUnplugged) return "";
    const half = this.has("halfLines") ? line.slice(0, Math.floor(line.length / 2)) : line;
    return this.has("noise") ? noise(this.nowMs()) + half : half;
  }

  private has(kind: BalanceFault["kind"]): boolean {
    const nowMs = this.nowMs();
    return this.faults.some((fault) => fault.kind === kind && fault.fromMs <= nowMs && nowMs < fault.untilMs);
  }
}

/** Bytes from 128 to 255: what the idle line of another baud rate looks like. The same instant always has the same. */
function noise(nowMs: number): string {
  const place = Math.floor(nowMs);
  const bytes = Array.from({ length: NOISE_BYTES }, (_, n) => 0x80 + Math.floor(evenAt(place >>> 0, n, 0) * 0x7f));
  return String.fromCharCode(...bytes);
}
