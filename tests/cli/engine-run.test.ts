import { describe, expect, it } from "vitest";
import { complain } from "../../cli/complaint";
import { hasPassed, runOnEngines } from "../../cli/engine-run";
import { runReport } from "../../cli/run-report";
import { runResult, runSuite } from "../../cli/run-result";
import { readScenarios } from "../../cli/scenario-files";
import type { Terminal } from "../../cli/terminal";
import { EngineFailure } from "../../sim/engines/engine";
import type { PortSink } from "../../sim/engines/engine";
import { createNativeEngine } from "../../sim/engines/native";
import type { EngineOf } from "../../sim/engines/engine";
import { fileOf, PASSING } from "./scenario-texts";

/** A compiled program that loses the stroke with this number, else is right. */
function losingStroke(lost: number): EngineOf {
  return (boot, sink) => {
    let strokes = 0;
    const leaky: PortSink = {
      stroke: (atMs, count) => {
        strokes += count;
        if (strokes !== lost) sink.stroke(atMs, count);
      },
      entry: (...entry) => sink.entry(...entry),
    };
    const native = createNativeEngine(boot, leaky);
    return {
      name: "bytecode",
      get nowMs() {
        return native.nowMs;
      },
      get isOn() {
        return native.isOn;
      },
      memory: native.memory,
      runTo: (limitMs) => native.runTo(limitMs),
      pause: () => native.pause(),
      oversleep: (atMs, untilMs) => native.oversleep(atMs, untilMs),
      give: (input, atMs) => native.give(input, atMs),
      cutPower: (atMs) => native.cutPower(atMs),
      powerOn: (atMs) => native.powerOn(atMs),
      close: () => native.close(),
    };
  };
}

function quietTerminal(): { terminal: Terminal; told: () => string } {
  let text = "";
  const write = (more: string): void => void (text += more);
  return { terminal: { out: write, err: write, colour: false, showsProgress: false, width: 100 }, told: () => text };
}

describe("both engines", () => {
  it("fail both where their logs differ, and show the first line of each that does", () => {
    const [scenario] = readScenarios([fileOf(PASSING.replace("within: 1 stroke", "within: 1 uL"))]);
    if (scenario === undefined) throw new Error("no scenario");
    const runs = runOnEngines(scenario, {
      engine: "both",
      program: { engineOf: losingStroke(5), imageSha256: "0".repeat(64) },
      onGrid: false,
      logStrokes: false,
      reached: () => undefined,
    });
    const results = runs.map((run) => runResult(run, 1) as Record<string, unknown>);
    // A stroke fewer is still within 1 µL: the expectations hold, the comparison does not.
    expect(runs.map(({ outcome }) => outcome.passed)).toEqual([true, true]);
    expect(runs.map(hasPassed)).toEqual([false, false]);
    expect(results.map(({ passed }) => passed)).toEqual([false, false]);
    const difference = results[0]?.["firstDifference"] as { line: number; native: string; bytecode: string };
    expect(results[1]?.["firstDifference"]).toEqual(difference);
    const countIn = (line: string): number => Number(/"count":(\d+)/.exec(line)?.[1]);
    expect(countIn(difference.native) - countIn(difference.bytecode)).toBe(1);

    const { terminal } = quietTerminal();
    const report = runReport(runs, terminal);
    expect(report).toContain("✗ FAIL");
    expect(report).toContain(`the engines' logs differ from line ${difference.line} on`);
    expect(runs.map(runSuite).map(({ cases }) => cases.filter(({ failure }) => failure !== undefined).length)).toEqual([
      1, 1,
    ]);
  });
});

describe("a fault of Minim's own", () => {
  it("is one line with a hint, and exit 3", () => {
    for (const failure of [new EngineFailure("the program panicked\nwith code 60"), new TypeError("x is undefined")]) {
      const { terminal, told } = quietTerminal();
      expect(complain(failure, terminal, false)).toBe(3);
      expect(told()).toMatch(/^minim: [^\n]+\(MINIM_DEBUG=1 shows where\)\n$/);
    }
  });
});
