import { isScalar, parseDocument } from "yaml";
import { BadInput } from "../../config/bad-input";
import { decimalText } from "../../config/exact-decimal";
import { plainUnit } from "../../config/units-of-measure";
import { readPumpFile } from "../../config/read-pump";
import type { PumpFile } from "../../config/pump-file";

const PATH = ["head", "volumePerRevolution"];

/** Powers of ten of pL in the units that a pump file may use. */
const PLACES: Readonly<Record<string, number>> = { L: 12, mL: 9, uL: 6, nL: 3 };

/** A pump file with another volume per revolution. */
export interface EditedPump {
  /** The whole text, otherwise as it was. */
  readonly text: string;
  readonly plPerRevolution: number;
  /** As it stands in the text now. */
  readonly written: string;
}

/**
 * Puts a measured volume per revolution into a pump file: the one value in its text, everything else stays, byte by byte. The value is the nearest
 * whole pL that the pump can count in strokes. Throws `BadInput` when the file is wrong, or no longer right with the new value; with what would be.
 * @param plPerRevolution above 0, need not be whole
 */
export function editVolume(text: string, file: string, plPerRevolution: number): EditedPump {
  const before = readPumpFile(text, file);
  // Whole pL; else the nearest that divides evenly among the motor's steps, which every pump can count.
  const steps = before.head.fullStepsPerRevolution;
  const candidates = [Math.round(plPerRevolution), steps * Math.max(1, Math.round(plPerRevolution / steps))];
  let refusal: BadInput | undefined;
  for (const pl of candidates) {
    const edited = withVolume(text, file, pl);
    try {
      requireOnlyThat(before, readPumpFile(edited.text, file), pl);
      return edited;
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      refusal ??= error;
    }
  }
  throw new BadInput(
    file,
    refusal?.line ?? 0,
    `the new volume per revolution does not fit this pump: ${refusal?.message ?? ""}`,
  );
}

function withVolume(text: string, file: string, pl: number): EditedPump {
  const node = parseDocument(text, { version: "1.2", schema: "core" }).getIn(PATH, true);
  const range = isScalar(node) ? node.range : undefined;
  if (!isScalar(node) || range == null) throw new BadInput(file, 0, `${PATH.join(".")}: it is missing`);
  const [from, to] = range;
  const unit = plainUnit(
    String(node.value)
      .replace(/^[\s0-9.]+/, "")
      .trim(),
  );
  const known = Object.hasOwn(PLACES, unit) ? unit : "uL";
  const written = `${decimalText(pl, PLACES[known] ?? 6)} ${known}`;
  const quote = /^["']/.exec(text.slice(from, to))?.[0] ?? "";
  return {
    text: text.slice(0, from) + quote + written + quote + text.slice(to),
    plPerRevolution: pl,
    written,
  };
}

function requireOnlyThat(before: PumpFile, after: PumpFile, pl: number): void {
  const expected = { ...before, head: { ...before.head, plPerRevolution: pl } };
  if (JSON.stringify(after) !== JSON.stringify(expected))
    throw new Error("the edit changed more than the volume per revolution");
}
