import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AND } from "../../../bench/balances/and";
import type { BalanceAnswer, BalanceProtocol } from "../../../bench/balances/balance-answer";
import { KCP } from "../../../bench/balances/kcp";
import { massGOf } from "../../../bench/balances/mass-text";
import { MT_SICS } from "../../../bench/balances/mt-sics";
import { OHAUS } from "../../../bench/balances/ohaus";
import { PROTOCOLS, protocolNamed } from "../../../bench/balances/protocols";
import { SBI } from "../../../bench/balances/sbi";

type Said = "unknown" | "busy" | "overload" | "underload" | "refused" | `unit ${string}` | `is ${string}`;
/** A weight in g with `stable` or `moving`, or something else. */
type Expected = Said | readonly [massG: number, state: "stable" | "moving"];

const SICS: readonly (readonly [string, Expected])[] = [
  ["S S     100.00 g", [100, "stable"]],
  ["S D      99.98 g", [99.98, "moving"]],
  ["S S    -0.0082 g", [-0.0082, "stable"]],
  ["S D    -0.6800 g", [-0.68, "moving"]],
  ["S S   1.23456 kg", [1234.56, "stable"]],
  ["S S   123.4 mg", [0.1234, "stable"]],
  ["S S   0.1 \u00b5g", [1e-7, "stable"]],
  ["SI S     12.3456 g", [12.3456, "stable"]],
  ["S I", "busy"],
  ["S +", "overload"],
  ["S -", "underload"],
  ["S L", "refused"],
  ["ES", "refused"],
  ["ET", "refused"],
  ["EL", "refused"],
  ["S S Error 10b", "refused"],
  ["S S     12 PCS", "unit PCS"],
  ["S S   0.220 lb", "unit lb"],
  ['I4 A "B021002593"', "is B021002593"],
  ['I2 A "ICS469 OU 60.18 kg"', "is ICS469 OU 60.18 kg"],
  ["I4 I", "refused"],
  ["S S     100.00", "unknown"],
  ["S S 1.2.3 g", "unknown"],
  ["S S", "unknown"],
  ["00 g", "unknown"],
  ["", "unknown"],
];

const TABLES: readonly (readonly [BalanceProtocol, readonly (readonly [string, Expected])[]])[] = [
  [MT_SICS, SICS],
  [KCP, SICS],
  [
    SBI,
    [
      ["+    123.56 g  ", [123.56, "stable"]],
      ["N     +    0.006 g  ", [0.006, "stable"]],
      ["N     -    0.006 g  ", [-0.006, "stable"]],
      ["G     + 1234.500 mg ", [1.2345, "stable"]],
      ["N     +    0.006    ", [0.006, "moving"]],
      ["+    123.56    ", [123.56, "moving"]],
      ["      0.000 g  ", [0, "stable"]],
      ["N     +       12 pcs", "unit pcs"],
      ["Stat      High      ", "overload"],
      ["Stat       Low      ", "underload"],
      ["Stat    Cal.Int.    ", "busy"],
      ["Stat     ERR 101    ", "refused"],
      ["SerNo.    0031801165", "is 0031801165"],
      ["          0031801165", "is 0031801165"],
      ["Model     MSE1203S-100-DR", "is MSE1203S-100-DR"],
      ["+", "unknown"],
      ["N     +            g", "unknown"],
    ],
  ],
  [
    OHAUS,
    [
      ["    192.21 g", [192.21, "stable"]],
      ["      0.01 g ?", [0.01, "moving"]],
      ["    -12.73 g    ?", [-12.73, "moving"]],
      ["    0.211 kg ?", [211, "moving"]],
      ["    176.30 g ? 00:00:15", [176.3, "moving"]],
      ["    207.80 g TOTAL", [207.8, "stable"]],
      ["     0.4500 oz    ", "unit oz"],
      ["           3 PCS  ?", "unit PCS"],
      ["    192.21", "unit "],
      ["ES", "refused"],
      ["Err 8.4", "refused"],
      ["Version 1.20", "is software 1.20"],
      ["OK!", "unknown"],
    ],
  ],
  [
    AND,
    [
      ["ST,+00123.45  g", [123.45, "stable"]],
      ["US,-00000.12  g", [-0.12, "moving"]],
      ["ST,OK,+0001.234 kg", [1234, "stable"]],
      ["ST,+00123,45  g", [123.45, "stable"]],
      ["ST,+123.4500 mg", [0.12345, "stable"]],
      ["QT,+00012345 PC", "unit PC"],
      ["ST,+0000123.4  %", "unit %"],
      ["OL,+9999999E+19", "overload"],
      ["OL,-9999999E+19", "underload"],
      ["EC,E01", "refused"],
      ["ST,+00123.45", "unknown"],
      ["ST,+001", "unknown"],
    ],
  ],
];

function shown(answer: BalanceAnswer): Expected {
  switch (answer.kind) {
    case "weight":
      return [answer.massG, answer.isStable === true ? "stable" : "moving"];
    case "wrongUnit":
      return `unit ${answer.unit}`;
    case "identity":
      return `is ${answer.text}`;
    default:
      return answer.kind;
  }
}

describe("what balances say", () => {
  it.each(TABLES.map(([protocol, table]) => [protocol.name, protocol, table] as const))(
    "reads the lines of the maker's manuals and of real balances: %s (BAL-001)",
    (_name, protocol, table) => {
      for (const [line, expected] of table) expect([line, shown(protocol.parse(line))]).toEqual([line, expected]);
    },
  );

  it("has a name for each protocol, and a pause for KERN's", () => {
    expect(PROTOCOLS.map(({ name }) => protocolNamed(name)?.name)).toEqual(["mt-sics", "sbi", "ohaus", "and", "kcp"]);
    expect(protocolNamed("toString")).toBeUndefined();
    expect(KCP.pauseMs).toBe(100);
  });

  it("converts units by moving the decimal point, not by a division", () => {
    // As products these are 1004.9999999999999 and 0.12340000000000001.
    expect(massGOf("1.005", "kg")).toBe(1005);
    expect(massGOf("123.4", "mg")).toBe(0.1234);
    expect(massGOf("- 0.3", "ug")).toBe(-3e-7);
  });
});

/** A weight as each protocol writes it. */
const WRITERS: readonly (readonly [BalanceProtocol, (number: string, unit: string, isStable: boolean) => string])[] = [
  [MT_SICS, (number, unit, isStable) => `S ${isStable ? "S" : "D"} ${number.padStart(10)} ${unit}`],
  [KCP, (number, unit, isStable) => `S ${isStable ? "S" : "D"} ${number.padStart(10)} ${unit}`],
  [
    SBI,
    (number, unit, isStable) => {
      const sign = number.startsWith("-") ? "-" : "+";
      return `N     ${sign}${number.replace("-", "").padStart(9)} ${(isStable ? unit : "").padEnd(3)}`;
    },
  ],
  [OHAUS, (number, unit, isStable) => `${number.padStart(10)} ${unit} ${isStable ? " " : "?"} `],
  [
    AND,
    (number, unit, isStable) => {
      const sign = number.startsWith("-") ? "-" : "+";
      return `${isStable ? "ST" : "US"},${sign}${number.replace("-", "").padStart(8, "0")}${unit.padStart(3)}`;
    },
  ],
];

const anyNumber = fc
  .tuple(fc.integer({ min: -99999999, max: 99999999 }), fc.integer({ min: 1, max: 6 }))
  .map(([digits, places]) => (digits / 10 ** places).toFixed(places));

describe("any weight and any noise", () => {
  it.each(WRITERS.map(([protocol, write]) => [protocol.name, protocol, write] as const))(
    "a weight that is written comes back as the same number: %s (BAL-002)",
    (_name, protocol, write) => {
      fc.assert(
        fc.property(anyNumber, fc.constantFrom("g", "mg", "kg"), fc.boolean(), (number, written, isStable) => {
          // Without a unit, which is SBI's way to say that it moves, a weight is in g.
          const unit = protocol === SBI && !isStable ? "g" : written;
          const answer = protocol.parse(write(number, unit, isStable));
          expect(shown(answer)).toEqual([massGOf(number, unit as "g"), isStable ? "stable" : "moving"]);
        }),
      );
    },
  );

  it("no protocol throws, whatever comes, and none loses the line (BAL-003)", () => {
    const bytes = fc.uint8Array({ maxLength: 60 }).map((all) => String.fromCharCode(...all));
    const pieces = fc
      .array(fc.constantFrom("S", "D", " ", "+", "-", "1", ".", "g", "ST", ",", "Stat", "N", "I4 A", '"', "?", "E"), {
        maxLength: 15,
      })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(fc.oneof(bytes, pieces), fc.constantFrom(...PROTOCOLS), (line, protocol) => {
        const answer = protocol.parse(line);
        expect(answer.raw).toBe(line);
        if (answer.kind === "weight") expect(Number.isFinite(answer.massG)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
