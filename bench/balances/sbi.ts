import type { BalanceAnswer, BalanceProtocol, BalanceQuestion } from "./balance-answer";
import { massGOf, NUMBER_PATTERN } from "./mass-text";
import { unknownLine, weightAnswer } from "./weight-answer";

const ESC = "\u001b";

/** `ESC P` prints the display at once or when it is stable, as the balance is set; there is one question for both. */
const COMMANDS: Readonly<Record<BalanceQuestion, string | undefined>> = {
  weightNow: `${ESC}P\r\n`,
  stableWeight: `${ESC}P\r\n`,
  identity: `${ESC}x1_\r\n`,
  serialNumber: `${ESC}x2_\r\n`,
  cancel: undefined,
};

// 16 characters `+    123.56 g  `, or 22 with a code before them: `N     +    0.006 g  `. The sign can be a blank.
const CODE = "(?:(?:N|N1|N2|G|G#|T|T1|T2|Net|Brut|Gross)\\s+)?";
const SIGNED = new RegExp(`^\\s*${CODE}(${NUMBER_PATTERN})(?:\\s*([^\\s\\d.,+-].*))?$`);
const NAMED = /^\s*(?:Model|Mod\.?|SerNo\.?|Ser\.no\.?|Type|Vers\.?)\s+(\S.*)$/i;
const BARE_NAME = /^[A-Z0-9][A-Z0-9.-]{4,19}$/;

/**
 * Sartorius Balance Interface. A line whose unit is blank is a weight that is not stable: it does not say its unit and is read as g, so the balance
 * must be set to g; the recorder takes it for a mass only when it is known to be. `Stat` lines tell a state instead of a weight. (Lines of real balances: GraysonBellamy/sartoriuslib, docs.)
 */
export const SBI: BalanceProtocol = {
  name: "sbi",
  title: "Sartorius SBI",
  pauseMs: 0,
  ask: (question) => COMMANDS[question],
  parse: parseSbiLine,
};

function parseSbiLine(raw: string): BalanceAnswer {
  const line = raw.trimEnd();
  const state = /^\s*Stat\s+(.*)$/i.exec(line)?.[1];
  if (state !== undefined) return stateAnswer(state.trim(), raw);
  const name = NAMED.exec(line)?.[1];
  if (name !== undefined) return { kind: "identity", text: name.trim(), raw };
  const [, number, unit] = SIGNED.exec(line) ?? [];
  if (number === undefined) return nameOrUnknown(line, raw);
  if (unit !== undefined) return weightAnswer(number, unit, true, raw);
  // Digits alone are a serial number; a weight has its sign or its decimals.
  if (!/[-+.,]/.test(number)) return nameOrUnknown(line, raw);
  return { kind: "weight", massG: massGOf(number, "g"), isStable: false, unit: undefined, raw };
}

function nameOrUnknown(line: string, raw: string): BalanceAnswer {
  const text = line.trim();
  return BARE_NAME.test(text) ? { kind: "identity", text, raw } : unknownLine(raw);
}

function stateAnswer(state: string, raw: string): BalanceAnswer {
  if (/^(?:High|H)$/i.test(state)) return { kind: "overload", raw };
  if (/^(?:Low|L)$/i.test(state)) return { kind: "underload", raw };
  if (/^ERR/i.test(state)) return { kind: "refused", what: `the balance reports ${state}`, raw };
  // Calibrating (`Cal.Int.`), in its menu, warming up, or blank: it cannot say now.
  return { kind: "busy", raw };
}
