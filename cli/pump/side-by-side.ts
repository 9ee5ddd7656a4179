import { LARGE_CHANGE } from "../../src/prescription/prescription";
import type { PrescriptionChange } from "../../config/prescription-difference";
import { painted } from "../terminal";
import type { Terminal } from "../terminal";

/** Choices, of which none is larger than another; the pump does not count them as changes of an amount either. */
const CHOICES: ReadonlySet<string> = new Set(["program", "primary drug"]);

/** Why a value is looked at on its own; `undefined`: it is not. */
function largeChangeText({ field, active, staged, activeText }: PrescriptionChange): string | undefined {
  if (CHOICES.has(field) || active === staged) return undefined;
  if (active === 0) return activeText === "none" ? "new" : "was 0";
  if (staged === 0) return "becomes 0";
  const factor = staged > active ? staged / active : active / staged;
  if (factor <= LARGE_CHANGE) return undefined;
  return staged > active ? `x ${short(factor)}` : `1/${short(factor)}`;
}

function short(factor: number): string {
  return String(Number(factor.toPrecision(2)));
}

/** The staged prescription beside the one in force: a line for each value that differs, large changes marked. */
export function sideBySide(changes: readonly PrescriptionChange[], isFirst: boolean, terminal: Terminal): string {
  if (changes.length === 0) return "  It is the same as the one in force.\n";
  const rows = changes.map((change) => [
    change.field,
    isFirst ? "none" : change.activeText,
    change.stagedText,
    largeChangeText(change) ?? "",
  ]);
  const all = [["", "in force", "staged", ""], ...rows];
  const width = (column: number): number => Math.max(...all.map((row) => Array.from(row[column] ?? "").length));
  const widths = [width(0), width(1), width(2)];
  return all
    .map(([field = "", active = "", staged = "", mark = ""]) => {
      const cells = [field, active, staged].map(
        (cell, i) => cell + " ".repeat((widths[i] ?? 0) - Array.from(cell).length),
      );
      const marked = mark === "" ? "" : painted(terminal, "yellow", `<< ${mark}`);
      return `  ${`${cells.join("   ")}   ${marked}`.trimEnd()}\n`;
    })
    .join("");
}
