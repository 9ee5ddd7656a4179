import { describe, expect, it } from "vitest";
import { SBI } from "../../../bench/balances/sbi";
import { unitOfRow } from "../../../bench/record/known-unit";
import { readRawRow } from "../../../bench/record/raw-text";

const unitOf = (text: string): string | undefined => {
  const row = readRawRow(text);
  return row === undefined ? "no row" : unitOfRow(row, SBI);
};

describe("the unit that a recorded row shows", () => {
  it("is the one of its line, and g where a line without one became a mass", () => {
    expect(unitOf("1.000,1.5,yes,,N     +  1500.0 mg ")).toBe("mg");
    expect(unitOf("1.000,1.5,yes,,N     +     1.5 g  ")).toBe("g");
    expect(unitOf("1.000,1.5,no,,N     +     1.5    ")).toBe("g");
  });

  it("is none of a row without a mass, nor of one that was cut off before its unit", () => {
    expect(unitOf("1.000,,,wrongUnit,N     +     1.5    ")).toBeUndefined();
    expect(unitOf("1.000,,,unitChanged,the balance weighs in mg after g")).toBeUndefined();
    expect(unitOf("1.000,1.5,yes,,N     +  1500.0")).toBeUndefined();
  });
});
