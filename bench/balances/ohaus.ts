import type { BalanceAnswer, BalanceProtocol, BalanceQuestion } from "./balance-answer";
import { NUMBER_PATTERN } from "./mass-text";
import { unknownLine, weightAnswer } from "./weight-answer";

const COMMANDS: Readonly<Record<BalanceQuestion, string | undefined>> = {
  weightNow: "IP\r\n",
  stableWeight: "SP\r\n",
  identity: "PV\r\n",
  serialNumber: undefined,
  cancel: undefined,
};

// [weight, right-aligned][blank][unit, up to 5][blank][? when unstable][blank][legend], as `    192.21 g ?      `.
const LINE = new RegExp(`^(${NUMBER_PATTERN})\\s+([^\\s?\\d]{1,5})(?:\\s*(\\?))?(?:\\s+([A-Z0-9:/ ]{1,24}))?$`);
const BARE_NUMBER = new RegExp(`^${NUMBER_PATTERN}\\s*\\??$`);
const VERSION = /^(?:Version:?|Vers\.?|SR|SW|V)\s*(\d.*)$/i;

/**
 * Ohaus, as Explorer, Adventurer, Navigator and Scout print (Ohaus RS232 interface manual): a `?` after the unit is a weight that is not stable; `ES`
 * a command that it does not know. "Numeric only" printing must be off, for it leaves out the unit.
 */
export const OHAUS: BalanceProtocol = {
  name: "ohaus",
  title: "Ohaus",
  pauseMs: 0,
  ask: (question) => COMMANDS[question],
  parse: parseOhausLine,
};

function parseOhausLine(raw: string): BalanceAnswer {
  const line = raw.trim();
  if (line === "ES") return { kind: "refused", what: "it does not know the command", raw };
  if (/^Err/i.test(line)) return { kind: "refused", what: `the balance reports ${line}`, raw };
  const version = VERSION.exec(line)?.[1];
  if (version !== undefined) return { kind: "identity", text: `software ${version.trim()}`, raw };
  if (BARE_NUMBER.test(line)) return { kind: "wrongUnit", unit: "", raw };
  const [, number, unit, unstable] = LINE.exec(line) ?? [];
  if (number === undefined || unit === undefined) return unknownLine(raw);
  return weightAnswer(number, unit, unstable === undefined, raw);
}
