import { JournalCode } from "../../src/record/journal";
import { BOOT_MS, POWER_CUT } from "../engines/engine";

/** A time in which the pump could hear nothing and do nothing: without power, or while its program was starting. In ms. */
export interface DarkSpan {
  readonly fromMs: number;
  /** First instant at which it was ready again; Infinity: it never was. */
  toMs: number;
  /** It began with a blank memory. */
  isErased: boolean;
}

/** Follows the pump's power through a run. */
export class Power {
  /** In order; they do not overlap. */
  readonly dark: DarkSpan[] = [];
  /** When the power comes back, in ms; Infinity: it is there. */
  backMs = Infinity;

  /** The power is gone until `untilMs`. One cut during another ends with the later of the two. */
  failUntil(untilMs: number): void {
    this.backMs = this.backMs === Infinity ? untilMs : Math.max(this.backMs, untilMs);
  }

  /** It is back at `backMs`. @param isErased the memory is blank */
  comeBack(isErased: boolean): void {
    const last = this.dark.at(-1);
    if (last !== undefined) {
      last.toMs = this.backMs + BOOT_MS;
      last.isErased = isErased;
    }
    this.backMs = Infinity;
  }

  /** Takes an entry of the log. */
  take(code: number, atMs: number): void {
    if (code === POWER_CUT) this.dark.push({ fromMs: atMs, toMs: Infinity, isErased: false });
    if (code === Number(JournalCode.restart)) this.dark.push({ fromMs: atMs, toMs: atMs + BOOT_MS, isErased: false });
  }

  /** True when the pump hears what reaches it at `atMs`, the last instant so far. */
  hears(atMs: number): boolean {
    const last = this.dark.at(-1);
    return last === undefined || atMs >= last.toMs;
  }
}

/** The last dark time that had begun by `atMs`. */
export function lastDark(dark: readonly DarkSpan[], atMs: number): DarkSpan | undefined {
  return dark.findLast(({ fromMs }) => fromMs <= atMs);
}
