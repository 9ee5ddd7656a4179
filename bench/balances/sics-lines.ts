import type { BalanceAnswer, BalanceQuestion } from "./balance-answer";
import { NUMBER_PATTERN } from "./mass-text";
import { unknownLine, weightAnswer } from "./weight-answer";

const COMMANDS: Readonly<Record<BalanceQuestion, string>> = {
  weightNow: "SI\r\n",
  stableWeight: "S\r\n",
  identity: "I2\r\n",
  serialNumber: "I4\r\n",
  cancel: "@\r\n",
};

// Real balances answer SI with "S S" and "S D"; an emulator in circulation answers "SI S".
const WEIGHT_LINE = /^S(?:I|R|U|IR|IU|IRU|NR)?\s+([A-Z+-])(?:\s+(.*))?$/;
const VALUE = new RegExp(`^(${NUMBER_PATTERN})\\s*([^\\s\\d.,+-].*)$`);
const IDENTITY = /^I\d{1,2} [AB](?: \d+)? (".*)$/;

const ERRORS: Readonly<Record<string, string>> = {
  ES: "it does not know the command",
  ET: "it got a broken command: look at the baud rate and the parity",
  EL: "it cannot do what was asked",
};

/** What is sent for a question in MT-SICS and in KERN's protocol. */
export function sicsCommand(question: BalanceQuestion): string {
  return COMMANDS[question];
}

/** Reads a line of MT-SICS, level 0 and 1, which KERN's protocol shares (reference manual KCP-ZB-e-19137). Never throws. */
export function parseSicsLine(raw: string): BalanceAnswer {
  const line = raw.trim();
  const error = Object.hasOwn(ERRORS, line) ? ERRORS[line] : undefined;
  if (error !== undefined) return { kind: "refused", what: error, raw };
  const identity = IDENTITY.exec(line)?.[1];
  if (identity !== undefined) return identityAnswer(identity, raw);
  if (/^(?:I\d{1,2}|@) [IL]$/.test(line)) return { kind: "refused", what: "it does not say who it is", raw };
  const [, status = "", rest = ""] = WEIGHT_LINE.exec(line) ?? [];
  if (rest === "") {
    if (status === "I") return { kind: "busy", raw };
    if (status === "+") return { kind: "overload", raw };
    if (status === "-") return { kind: "underload", raw };
    if (status === "L") return { kind: "refused", what: "it cannot do what was asked", raw };
    return unknownLine(raw);
  }
  if (status !== "S" && status !== "D") return unknownLine(raw);
  return valueAnswer(rest, status === "S", raw);
}

function valueAnswer(text: string, isStable: boolean, raw: string): BalanceAnswer {
  // A broken load cell says so where the weight would stand: `S S Error 10b`.
  if (/^Error/i.test(text)) return { kind: "refused", what: `the balance reports ${text}: a fault of its own`, raw };
  const [, number, unit] = VALUE.exec(text) ?? [];
  return number === undefined || unit === undefined ? unknownLine(raw) : weightAnswer(number, unit, isStable, raw);
}

function identityAnswer(quoted: string, raw: string): BalanceAnswer {
  const text = quoted.replace(/"/g, " ").replace(/\s+/g, " ").trim();
  return text === "" ? unknownLine(raw) : { kind: "identity", text, raw };
}
