import { DECIMAL_PATTERN, QuantityError } from "./exact-decimal";
import type { Ratio } from "./exact-decimal";
import { ratioOf, shown, unitPattern } from "./quantity";
import type { QuantityKind } from "./quantity";
import { CHARGE_UNITS, COMPLIANCE_UNITS, CURRENT_UNITS, PRESSURE_UNITS } from "./units-of-measure";

/**
 * Quantities of the simulator's physics: floats, unlike those of the core. They may be negative where that means something. A kind's first
 * unit is the one in which its numbers are held.
 */
export type PhysicalKind = Omit<QuantityKind, "format">;

const one = (numerator: bigint, denominator = 1n): Ratio => ({ numerator, denominator });

function kind(noun: string, example: string, units: Readonly<Record<string, Ratio>>): PhysicalKind {
  return { noun, example, baseUnit: Object.keys(units)[0] ?? "", units };
}

/** Pressures in kPa: `50 kPa`, `100 mmHg`, `12 cmH2O`. */
export const PRESSURE = kind("a pressure", "50 kPa", PRESSURE_UNITS);

/** Compliances in µL/kPa. */
export const COMPLIANCE = kind("a compliance", "1 uL/kPa", COMPLIANCE_UNITS);

/** Resistances to flow in kPa h/µL: the pressure that drives 1 µL/h. */
export const FLOW_RESISTANCE = kind("a flow resistance", "0.5 kPa h/uL", {
  "kPa h/uL": one(1n),
  "kPa h/mL": one(1n, 1000n),
});

/** Electric charges in µAh. */
export const CHARGE = kind("an electric charge", "300 mAh", CHARGE_UNITS);

/** Electric currents in µA. */
export const CURRENT = kind("an electric current", "10 uA", CURRENT_UNITS);

/** Percentages, of any sign. */
export const PERCENT = kind("a percentage", "5 %", { "%": one(1n) });

/** Percentages a kelvin. */
export const PERCENT_PER_K = kind("a percentage a kelvin", "0.3 %/K", { "%/K": one(1n) });

/** Percentages a kPa. */
export const PERCENT_PER_KPA = kind("a percentage a kPa", "0.5 %/kPa", { "%/kPa": one(1n) });

/** A number and its unit as a float in the kind's first unit: `-3 %` as -3. Throws `QuantityError` for anything else. */
export function parsePhysical(kind: PhysicalKind, text: string): number {
  const [, sign = "", size = ""] = /^\s*([-+\u2212]?)\s*(.*)$/su.exec(text) ?? [];
  if (size === "") throw new QuantityError(`${shown(text)} is not ${kind.noun}, for example ${kind.example}`);
  const { numerator, denominator } = ratioOf({ ...kind, format: (value) => formatPhysical(kind, value) }, size);
  const value = Number(numerator) / Number(denominator);
  if (!Number.isFinite(value)) throw new QuantityError(`${shown(text)} is too large`);
  return sign === "-" || sign === "\u2212" ? -value : value;
}

/** A number in the kind's first unit for people, to six digits: 50 is `50 kPa`. */
export function formatPhysical(kind: PhysicalKind, value: number): string {
  return `${Number(value.toPrecision(6))} ${kind.baseUnit.replace(/u(?=[LA])/g, "µ")}`;
}

/** A regular expression for the texts of `kind`, for JSON Schema. @param signed a sign may stand before it */
export function physicalPattern(kind: PhysicalKind, signed: boolean): string {
  const units = unitPattern({ ...kind, format: String });
  return `^\\s*${signed ? "[-+\u2212]?\\s*" : ""}${DECIMAL_PATTERN}\\s*(?:${units})\\s*$`;
}
