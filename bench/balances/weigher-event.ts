import type { BalanceAnswer } from "./balance-answer";

/** What a weigher hears, each with its time on the clock of the recording in ms. */
export type WeigherEvent =
  /** A line of the balance, with the time of its last byte. */
  | { readonly kind: "line"; readonly atMs: number; readonly answer: BalanceAnswer }
  /** A question for a weight stayed without one for so long. */
  | { readonly kind: "noAnswer"; readonly atMs: number; readonly waitedMs: number }
  /** The balance is not there any more. @see why for people */
  | { readonly kind: "disconnected"; readonly atMs: number; readonly why: string }
  /** It is there again: this is the time of its first line. */
  | { readonly kind: "reconnected"; readonly atMs: number }
  /** Who the balance is that came back; undefined: it does not say. */
  | { readonly kind: "identified"; readonly atMs: number; readonly identity: string | undefined };
