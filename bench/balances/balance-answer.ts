/** Units that a balance's masses are read in, exactly. */
export type MassUnit = "kg" | "g" | "mg" | "ug";

/** What a balance said in one line. `raw` is the line as it came, without its end. */
export type BalanceAnswer =
  /** A weight. `isStable` is undefined where the protocol does not say; `unit`, where the line has none and was read as g. */
  | {
      readonly kind: "weight";
      readonly massG: number;
      readonly isStable: boolean | undefined;
      readonly unit: MassUnit | undefined;
      readonly raw: string;
    }
  /** More, or less, than it can weigh. */
  | { readonly kind: "overload" | "underload"; readonly raw: string }
  /** It cannot say now: it is taring, in a menu, or has not come to rest in its own time. */
  | { readonly kind: "busy"; readonly raw: string }
  /** It did not understand the command, or something in it is broken. @see what for people */
  | { readonly kind: "refused"; readonly what: string; readonly raw: string }
  /** A weight in a unit that is none of mass, as pieces or percent. */
  | { readonly kind: "wrongUnit"; readonly unit: string; readonly raw: string }
  /** Who it is. */
  | { readonly kind: "identity"; readonly text: string; readonly raw: string }
  /** None of these: noise, a half line, another baud rate, another protocol. Kept in the raw file, never dropped. */
  | { readonly kind: "unknown"; readonly raw: string };

/** What a balance can be asked. `cancel` ends what it repeats, and may take its tare back. */
export type BalanceQuestion = "weightNow" | "stableWeight" | "identity" | "serialNumber" | "cancel";

/** How one maker's balances talk. Pure: text in, text out. */
export interface BalanceProtocol {
  /** As the command line calls it: `mt-sics`. */
  readonly name: string;
  /** The maker's name of it. */
  readonly title: string;
  /** Questions must be further apart than this, in ms; 0: as soon as it has answered. */
  readonly pauseMs: number;
  /** What to send, with its line end; undefined: it cannot be asked that, or would say nothing. */
  ask(question: BalanceQuestion): string | undefined;
  /** Reads one line without its end. Never throws. */
  parse(line: string): BalanceAnswer;
}
