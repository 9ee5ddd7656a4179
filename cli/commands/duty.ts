import { measureDuty } from "../numbers/measured-duty";
import { measureService } from "../numbers/measured-service";
import type { MeasuredPart } from "../numbers/measured-duty";
import { ExitCode } from "../exit-code";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";

/** How much of the time control may take at 24 mL/day, in per cent. */
export const MOST_DUTY_PERCENT = 1;

/** Longest time between two awaits, in ms: the motor's next pulse waits for it. */
export const LONGEST_SLICE_MS = 15;

/** Parts in which the pump is left alone for so long that its share of the time says something. */
const RATED: ReadonlySet<string> = new Set(["basal", "basal and bolus"]);

/** How long basal is left alone, in ms: an hour, with the record at its end. */
const BASAL_MS = 3600000;

/**
 * `npm run bench -- --duty`: the time that an RP2040 takes for what a pump does at 24 mL/day and for each order, by the opcodes that the runtime
 * executes. Fails when basal takes more than {@link MOST_DUTY_PERCENT} or a slice is longer than {@link LONGEST_SLICE_MS}.
 */
export async function duty(terminal: Terminal): Promise<ExitCode> {
  const parts = [...(await measureDuty(BASAL_MS)), ...(await measureService())];
  for (const part of parts) outJson(terminal, dutyLine(part));
  const basal = parts.find(({ name }) => name === "basal");
  const isWithin = basal !== undefined && dutyPercent(basal, basal.controlMs) <= MOST_DUTY_PERCENT;
  return isWithin && parts.every((part) => !isTooLong(part)) ? ExitCode.passed : ExitCode.checkFailed;
}

/** True when a slice of the part is longer than the motor can wait. */
export function isTooLong({ longest }: MeasuredPart): boolean {
  return longest !== undefined && longest.us > LONGEST_SLICE_MS * 1000;
}

/** How much of a part's time `workMs` is, in per cent. */
export function dutyPercent(part: MeasuredPart, workMs: number): number {
  return (100 * workMs) / part.lastsMs;
}

function dutyLine(part: MeasuredPart): object {
  const { name, slices, longest } = part;
  return {
    kind: "duty",
    name,
    workMs: hundredths(part.workMs),
    ...(RATED.has(name)
      ? {
          controlPercent: hundredths(dutyPercent(part, part.controlMs)),
          wholePercent: hundredths(dutyPercent(part, part.workMs)),
        }
      : {}),
    slices,
    longestMs: hundredths((longest?.us ?? 0) / 1000),
    passed: !isTooLong(part),
    opcodes: longest?.opcodes,
    calls: longest?.calls,
    literals: longest?.literals,
    pinChanges: longest?.pinChanges,
    busBytes: longest?.busBytes,
    fiber: longest?.fiber,
    endedIn: longest?.endedIn,
    functions: Object.fromEntries(longest?.functions ?? []),
  };
}

function hundredths(value: number): number {
  return Number(value.toFixed(2));
}
