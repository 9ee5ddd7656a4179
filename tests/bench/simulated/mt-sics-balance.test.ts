import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FaultyLine } from "../../../bench/simulated/balance-faults";
import type { BalanceFault } from "../../../bench/simulated/balance-faults";
import { MtSicsBalance } from "../../../bench/simulated/mt-sics-balance";
import type { BalanceDisplay, WeighingDisplay } from "../../../bench/simulated/simulated-bench";

/** A balance whose display the test sets, and all that it says. */
class Desk {
  nowMs = 0;
  said = "";
  shown: BalanceDisplay = { massG: 100, text: "100.00", isStable: true, isOverload: false, isUnderload: false };
  readonly done: string[] = [];
  readonly balance: MtSicsBalance;

  constructor({ patienceMs = 0, faults = [] }: { patienceMs?: number; faults?: readonly BalanceFault[] } = {}) {
    const display: WeighingDisplay = {
      display: () => this.shown,
      tare: () => (this.done.push("tare"), this.shown.massG),
      zero: () => void this.done.push("zero"),
      clearTare: () => void this.done.push("clearTare"),
      textOf: (massG) => massG.toFixed(2),
      resolutionG: 0.01,
      capacityG: 220,
      model: "AB220",
      serial: "B021002593",
    };
    const nowMs = (): number => this.nowMs;
    const send = (text: string): void => void (this.said += text);
    this.balance = new MtSicsBalance({ display, line: new FaultyLine(faults, nowMs), nowMs, send, patienceMs });
  }

  ask(text: string): string {
    this.said = "";
    this.balance.receive(text);
    return this.said;
  }

  show(shown: Partial<BalanceDisplay>): this {
    this.shown = { ...this.shown, ...shown };
    return this;
  }

  /** What it says as time passes. */
  at(nowMs: number): string {
    this.said = "";
    this.nowMs = nowMs;
    this.balance.passed();
    return this.said;
  }
}

describe("the balance that speaks MT-SICS", () => {
  // Lines of the maker's manuals (reference: bench.md, 4.1).
  const stable: readonly (readonly [string, string])[] = [
    ["S\r\n", "S S     100.00 g\r\n"],
    ["SI\r\n", "S S     100.00 g\r\n"],
    ["@\r\n", 'I4 A "B021002593"\r\n'],
    ["I2\r\n", 'I2 A "AB220 MINIM simulator 220.00 g"\r\n'],
    ["I4\r\n", 'I4 A "B021002593"\r\n'],
    ["I11\r\n", 'I11 A "AB220"\r\n'],
    ["T\r\n", "T S     100.00 g\r\n"],
    ["TI\r\n", "TI S     100.00 g\r\n"],
    ["TAC\r\n", "TAC A\r\n"],
    ["Z\r\n", "Z A\r\n"],
    ["ZI\r\n", "ZI S\r\n"],
    ["si\r\n", "ES\r\n"],
    ["constructor\r\n", "ES\r\n"],
    ["\r\n", "ES\r\n"],
    [`${"x".repeat(200)}`, "ES\r\n"],
  ];
  it.each(stable)("answers %j with %j (SBE-007)", (command, answer) => {
    expect(new Desk().ask(command)).toBe(answer);
  });

  it("says when the weight moves, is out of range, or cannot be had", () => {
    const desk = new Desk();
    const answers = (): string[] => ["S", "SI", "T", "TI", "Z", "ZI"].map((word) => desk.ask(`${word}\r\n`).trimEnd());
    desk.show({ isStable: false, massG: -3.5, text: "-3.50" });
    expect(answers()).toEqual(["S I", "S D      -3.50 g", "T I", "TI D      -3.50 g", "Z I", "ZI D"]);
    desk.show({ isOverload: true });
    expect(answers()).toEqual(["S +", "S +", "T +", "T +", "Z +", "ZI +"]);
    desk.show({ isOverload: false, isUnderload: true });
    expect(desk.ask("SI\r\n")).toBe("S -\r\n");
  });

  it("waits for a stable weight as long as it has patience, and forgets it for another command", () => {
    const desk = new Desk({ patienceMs: 5000 }).show({ isStable: false });
    expect(desk.ask("S\r\n")).toBe("");
    expect(desk.at(4999)).toBe("");
    expect(desk.at(5000)).toBe("S I\r\n");
    expect(desk.ask("T\r\n")).toBe("");
    desk.show({ isStable: true });
    expect(desk.at(5100)).toBe("T S     100.00 g\r\n");
    desk.show({ isStable: false });
    desk.ask("S\r\n");
    desk.ask("SI\r\n");
    desk.show({ isStable: true });
    expect(desk.at(20000)).toBe("");
  });

  it("repeats with SIR until it is told to stop; with SR only what changes, and once more at rest", () => {
    const desk = new Desk();
    expect(desk.ask("SIR\r\n") + desk.at(100) + desk.at(200)).toBe("S S     100.00 g\r\n".repeat(3));
    desk.ask("@\r\n");
    expect(desk.at(300)).toBe("");
    desk.ask("SR\r\n");
    desk.show({ massG: 100.2, text: "100.20" });
    expect(desk.at(400)).toBe("");
    desk.show({ massG: 100.4, text: "100.40", isStable: false });
    expect(desk.at(500)).toBe("S D     100.40 g\r\n");
    desk.show({ massG: 100.45, text: "100.45", isStable: true });
    expect(desk.at(600) + desk.at(700)).toBe("S S     100.45 g\r\n");
  });

  it("takes commands in pieces and several at once", () => {
    const desk = new Desk();
    expect(desk.ask("S") + desk.ask("I\r") + desk.ask("\nS\r\nI4\r\n")).toBe(
      'S S     100.00 g\r\nS S     100.00 g\r\nI4 A "B021002593"\r\n',
    );
  });

  it("lists exactly the commands that it knows", () => {
    const listed = [...new Desk().ask("I0\r\n").matchAll(/^I0 ([AB]) [0-2] "(.+)"\r$/gm)];
    expect(listed.map((line) => line[1]).join("")).toMatch(/^B+A$/);
    for (const [, , name] of listed) expect(new Desk().ask(`${name}\r\n`)).not.toBe("ES\r\n");
    expect(listed).toHaveLength(new Desk().ask("I0\r\n").trimEnd().split("\r\n").length);
  });

  it("never fails, whatever it hears", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 40 })), (pieces) => {
        const desk = new Desk();
        for (const piece of pieces) desk.ask(piece);
        // At the end of that line it understands again.
        desk.ask("\r\n");
        expect(desk.ask("SI\r\n")).toBe("S S     100.00 g\r\n");
      }),
    );
  });

  it("can be unplugged, break off, be noisy and change its unit, for as long as is wanted (SBE-008)", () => {
    const fault = (kind: BalanceFault["kind"], fromMs: number): BalanceFault => ({
      kind,
      fromMs,
      untilMs: fromMs + 10,
    });
    const faults = [
      fault("unplugged", 10),
      fault("halfLines", 20),
      fault("noise", 30),
      fault("pounds", 40),
      fault("pieces", 50),
    ];
    const desk = new Desk({ faults });
    const asked = (nowMs: number): string => {
      desk.nowMs = nowMs;
      return desk.ask("SI\r\n");
    };
    const right = "S S     100.00 g\r\n";
    expect([9, 10, 19, 60].map(asked)).toEqual([right, "", "", right]);
    expect(asked(20)).toBe(right.slice(0, right.length / 2));
    expect(asked(30)).toMatch(/^[\u0080-\u00ff]{12}S S {5}100\.00 g\r\n$/);
    expect(asked(40)).toBe("S S   0.220462 lb\r\n");
    expect(asked(50)).toBe("S S       2000 PCS\r\n");
  });
});
