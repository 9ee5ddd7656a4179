import type { BalanceAnswer, BalanceProtocol, BalanceQuestion } from "./balance-answer";
import { NUMBER_PATTERN } from "./mass-text";
import { unknownLine, weightAnswer } from "./weight-answer";

/** Many models do not say who they are, and none answers a cancel with a line of its own: neither is asked. */
const COMMANDS: Readonly<Record<BalanceQuestion, string | undefined>> = {
  weightNow: "Q\r\n",
  stableWeight: "S\r\n",
  identity: undefined,
  serialNumber: undefined,
  cancel: undefined,
};

// `ST,+00123.45  g`; with the comparator on `ST,OK,+0001.234 kg` (A&D GC series manual, 16.2).
const LINE = new RegExp(`^(ST|US)(?:,(?:LO|OK|HI|--))?,(${NUMBER_PATTERN})\\s*([^\\s\\d.,+-].*)$`);

/**
 * A&D's standard format: `ST` stable, `US` unstable, `QT` a count of pieces, `OL` out of range by its sign. As delivered often 2400 baud, 7E1 (from
 * memory): look into the balance's menu. Set it to the standard format (A&D), not to KF, MT, NU or CSV.
 */
export const AND: BalanceProtocol = {
  name: "and",
  title: "A&D standard format",
  pauseMs: 0,
  ask: (question) => COMMANDS[question],
  parse: parseAndLine,
};

function parseAndLine(raw: string): BalanceAnswer {
  const line = raw.trim();
  if (/^OL,\s*-/.test(line)) return { kind: "underload", raw };
  if (/^OL,\s*[+\d]/.test(line)) return { kind: "overload", raw };
  if (/^QT(?:,(?:LO|OK|HI|--))?,\s*[-+]?[\d.]+\s*PC$/.test(line)) return { kind: "wrongUnit", unit: "PC", raw };
  if (/^EC,E\d+$/.test(line)) return { kind: "refused", what: `it does not take the command (${line})`, raw };
  const [, header, number, unit] = LINE.exec(line) ?? [];
  if (number === undefined || unit === undefined) return unknownLine(raw);
  return weightAnswer(number, unit, header === "ST", raw);
}
