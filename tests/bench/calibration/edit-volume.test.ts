import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { editVolume } from "../../../bench/calibration/edit-volume";
import { isAccepted, changePercent, changeText, readAcceptedChange } from "../../../bench/calibration/volume-change";
import { readPumpFile } from "../../../config/read-pump";

const JSON_FILE = "devs.config.json";
const YAML_FILE = "scenarios/pumps/reference-20ml.yaml";

describe("a measured volume in a pump file", () => {
  it("replaces the one value and no other byte, in JSON and YAML (CAL-008)", () => {
    for (const file of [JSON_FILE, YAML_FILE]) {
      const text = readFileSync(file, "utf8");
      const edited = editVolume(text, file, 59123456.4);
      expect(edited).toMatchObject({ plPerRevolution: 59123456, written: "59.123456 uL" });
      expect(edited.text).not.toBe(text);
      expect(edited.text.replace("59.123456 uL", "60 uL")).toBe(text);
      expect(readPumpFile(edited.text, file).head.plPerRevolution).toBe(59123456);
    }
  });

  it("keeps the unit, the quotes and what stands around them (CAL-008)", () => {
    const text = readFileSync(JSON_FILE, "utf8").replace('"60 uL"', '"0.06 mL"');
    expect(editVolume(text, JSON_FILE, 59e6).text).toContain('"volumePerRevolution": "0.059 mL"');
    const yaml = readFileSync(YAML_FILE, "utf8").replace(
      /volumePerRevolution: .*/,
      "volumePerRevolution: '60 µL' # of 2026",
    );
    expect(editVolume(yaml, YAML_FILE, 59e6).text).toContain("volumePerRevolution: '59 uL' # of 2026");
  });

  it("is refused where the pump could no longer do what its file says (CAL-008)", () => {
    const text = readFileSync(JSON_FILE, "utf8");
    expect(() => editVolume(text, JSON_FILE, 3e9)).toThrow(/does not fit this pump: head\.volumePerRevolution/);
    expect(() => editVolume(text, JSON_FILE, 2.5e6)).toThrow(/does not fit this pump/);
  });

  it("takes the nearest that can be counted where a whole pL cannot (CAL-008)", () => {
    // 3201 steps: only fractions with a denominator up to 900 can be counted over years.
    const text = readFileSync(JSON_FILE, "utf8")
      .replace('"fullStepsPerRevolution": 200', '"fullStepsPerRevolution": 3201')
      .replace('"fullStepsPerStroke": 1,', '"fullStepsPerStroke": 16,')
      .replace('"microsteps": 16', '"microsteps": 1')
      .replace('"60 uL"', '"60.002745 uL"');
    const { plPerRevolution } = editVolume(text, JSON_FILE, 59123457);
    expect(Math.abs(plPerRevolution - 59123457)).toBeLessThanOrEqual(1601);
    expect(plPerRevolution % 3201).toBe(0);
  });
});

describe("an accepted change", () => {
  it("is the one that was shown, with its sign where it has one", () => {
    const percent = changePercent(60e6, 52.62e6);
    expect(changeText(percent)).toBe("-12.3 %");
    expect(["12.3 %", "-12.3 %", "\u221212.3%"].map((text) => isAccepted(readAcceptedChange(text), percent))).toEqual([
      true,
      true,
      true,
    ]);
    expect(["+12.3 %", "12.4 %", "12 %"].map((text) => isAccepted(readAcceptedChange(text), percent))).toEqual([
      false,
      false,
      false,
    ]);
    // On which side of 10 % it is shows.
    expect([10.04, -10.004, 9.96, 10, 12.34].map(changeText)).toEqual([
      "+10.04 %",
      "-10.004 %",
      "+10.0 %",
      "+10.0 %",
      "+12.3 %",
    ]);
    expect(isAccepted(readAcceptedChange("10.04 %"), 10.0389)).toBe(true);
    expect(() => readAcceptedChange("yes")).toThrow(/-12\.3 %/);
  });
});
