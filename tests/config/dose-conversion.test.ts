import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { volumeOfDose } from "../../config/dose-conversion";
import { MASS_UNITS } from "../../config/units-of-measure";
import type { DrugAmount, DrugUnit } from "../../config/drug-library";
import { massInUnit } from "../../config/drug-library";
import { parseMassNg } from "../../config/quantities";

function dose(ng: number, unit: DrugUnit): DrugAmount {
  return { value: ng, massUnit: unit, text: massInUnit(ng, unit) };
}

property.prop([
  fc.integer({ min: 1, max: 100000000000 }),
  fc.integer({ min: 1, max: 1000000 }),
  fc.constantFrom("mg", "mcg"),
])(
  "a dose is a whole number of nL exactly, or its nearest neighbours that are one are named: they convert, and enclose it (PRE-006)",
  (ng, ngPerUl, unit) => {
    const drug = { drug: { name: "morphine", unit }, ngPerUl };
    const converted = volumeOfDose(dose(ng, unit), drug, "");
    if ("value" in converted) {
      expect(BigInt(converted.value) * BigInt(ngPerUl)).toBe(BigInt(ng) * 1000n);
      return;
    }
    const [, named = ""] = converted.refused.split(/exact doses? (?:is|are) /);
    const near = named.split(" and ").map((text) => parseMassNg(text));
    const volumes = near.map((exact) => volumeOfDose(dose(exact, unit), drug, ""));
    for (const volume of volumes) expect(volume).toHaveProperty("value");
    const above = near[near.length - 1] ?? 0;
    const below = near.length === 2 ? (near[0] ?? 0) : 0;
    expect(below < ng && ng < above).toBe(true);
    // No dose of whole ng in between is exact: such doses lie c/gcd(c, 1000) ng apart.
    const apart = above - below;
    for (let parts = 2; parts <= 50; parts++) {
      if (apart % parts !== 0) continue;
      expect(volumeOfDose(dose(below + apart / parts, unit), drug, "")).toHaveProperty("refused");
    }
  },
);

test("a unit of mass that no drug is given in is refused like the other one", () => {
  for (const unit of Object.keys(MASS_UNITS).filter((name) => name !== "mg")) {
    const converted = volumeOfDose(
      { value: 1000000, massUnit: unit, text: `1 ${unit}` },
      { drug: { name: "morphine", unit: "mg" }, ngPerUl: 10000 },
      "",
    );
    expect(converted).toEqual({ refused: expect.stringContaining("the library gives morphine in mg; ") as string });
  }
});
