/** How decimals are written in a file: not seen yet, or one way for all of it. */
type DecimalMark = "unknown" | "point" | "comma";

/** Up to this many digits a decimal is a whole number below 2^53 over a power of ten that is exact: one rounding, as in the language itself. */
const EXACT_DIGITS = 15;
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** Balances part the sign from the digits (`+   0.1234`), and some spreadsheets leave out a zero before the point (`.1`). */
const NUMBER =
  /^(?<sign>[+\-\u2212]?)\s*(?:(?<whole>\d+)(?<fraction>[.,]\d*)?|(?<fraction2>[.,]\d+))(?<power>[eE][+-]?\d+)?$/;

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/**
 * Reads the numbers of one file: `12.5`, `-0.3`, `+ 0.3`, `.5`, `1e-3`, or with a comma for the point throughout. Separators of thousands and a mixture of
 * both marks are no numbers: nobody knows what is meant.
 */
export class NumberReader {
  /** Decimals of the number that was read last, as it was written; -1 with an exponent. */
  decimals = 0;
  private mark: DecimalMark = "unknown";

  /** The number, or NaN for what is none. Nearly all are digits with one point, which need no search for a pattern. */
  read(text: string): number {
    const { length } = text;
    const isNegative = length > 0 && text.charCodeAt(0) === MINUS;
    let whole = 0;
    let digits = 0;
    let before = -1;
    for (let i = isNegative ? 1 : 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= ZERO && code <= NINE) {
        whole = whole * 10 + (code - ZERO);
        digits++;
      } else if (code === POINT && before < 0 && digits > 0 && this.mark === "point") before = digits;
      else return this.readSlowly(text.trim());
    }
    if (digits === 0 || digits > EXACT_DIGITS) return this.readSlowly(text.trim());
    this.decimals = before < 0 ? 0 : digits - before;
    const value = before < 0 ? whole : whole / (POWERS[digits - before] ?? NaN);
    return isNegative ? -value : value;
  }

  private readSlowly(text: string): number {
    const groups = NUMBER.exec(text)?.groups;
    if (groups === undefined) return NaN;
    const { sign = "", whole = "", power = "" } = groups;
    const fraction = groups["fraction"] ?? groups["fraction2"] ?? "";
    const mark = fraction.startsWith(",") ? "comma" : fraction.startsWith(".") ? "point" : undefined;
    if (mark !== undefined) {
      if (this.mark === "unknown") this.mark = mark;
      else if (this.mark !== mark) return NaN;
    }
    this.decimals = power === "" ? Math.max(0, fraction.length - 1) : -1;
    return Number(`${sign.replace("\u2212", "-")}${whole}${fraction.replace(",", ".")}${power}`);
  }
}
