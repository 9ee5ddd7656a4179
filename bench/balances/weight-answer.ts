import type { BalanceAnswer } from "./balance-answer";
import { massGOf, massUnitOf } from "./mass-text";

/** The answer that a number with a unit is: a weight, or one in a wrong unit. */
export function weightAnswer(number: string, unit: string, isStable: boolean, raw: string): BalanceAnswer {
  const massUnit = massUnitOf(unit);
  if (massUnit === undefined) return { kind: "wrongUnit", unit, raw };
  return { kind: "weight", massG: massGOf(number, massUnit), isStable, unit: massUnit, raw };
}

/** A line that says nothing to a protocol. */
export function unknownLine(raw: string): BalanceAnswer {
  return { kind: "unknown", raw };
}
