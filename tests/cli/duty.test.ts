import { beforeAll, describe, expect, test } from "vitest";
import { dutyPercent, isTooLong, LONGEST_SLICE_MS, MOST_DUTY_PERCENT } from "../../cli/commands/duty";
import { measureDuty } from "../../cli/numbers/measured-duty";
import { measureService } from "../../cli/numbers/measured-service";
import type { MeasuredPart } from "../../cli/numbers/measured-duty";

/** Five minutes of basal at 24 mL/day are 277 strokes of 300 nL, and some records between them. */
const BASAL_MS = 300000;

describe("the time that an RP2040 takes, by the opcodes that the runtime executes", () => {
  let parts: readonly MeasuredPart[];
  const part = (name: string): MeasuredPart => {
    const found = parts.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no part is called ${name}`);
    return found;
  };
  beforeAll(async () => {
    parts = [...(await measureDuty(BASAL_MS)), ...(await measureService())];
  }, 120000);

  test("control takes at most 1 % of it at 24 mL/day (NUM-001)", () => {
    const basal = part("basal");
    const control = dutyPercent(basal, basal.controlMs);
    console.log(`control ${control.toFixed(2)} %, with pulses ${dutyPercent(basal, basal.workMs).toFixed(2)} %`);
    expect(control).toBeLessThanOrEqual(MOST_DUTY_PERCENT);
    // 16 pulses a stroke are a slice each; a measure that sees no strokes would pass.
    expect(basal.slices).toBeGreaterThan(277 * 18);
  });

  test(`no slice is longer than ${LONGEST_SLICE_MS} ms (NUM-002)`, () => {
    expect(parts.filter(isTooLong).map(({ name, longest }) => ({ name, longest }))).toEqual([]);
  });

  test("every order was carried out: a bolus looks ahead, a stroke is counted, a record is written", () => {
    const executed = (name: string): ReadonlySet<string> => part(name).executed;
    expect(executed("demand bolus granted")).toContain("lookAhead");
    expect(executed("clinician's bolus asked for")).toContain("lookAhead");
    expect(executed("link: report")).toContain("reportPrescription");
    expect(executed("link: confirm")).toContain("writeRecord");
    expect(part("prime confirmed").slices).toBeGreaterThan(100);
    expect(part("restart behind a ledger").executed).toContain("restoreAlarms");
  });
});
