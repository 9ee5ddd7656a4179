import { beforeAll, expect, test } from "vitest";
import { createNativeEngine } from "../../../sim/engines/native";
import { differenceFrom } from "../../../sim/random/judge-therapy";
import { randomTherapy } from "../../../sim/random/random-therapy";
import type { RandomTherapy } from "../../../sim/random/random-therapy";
import { logOf } from "../../../sim/random/run-therapy";
import type { EngineOf } from "../../../sim/engines/engine";
import { EventKind } from "../../../src/events";
import { INBOX_SLOTS } from "../../../src/inbox";
import { bytecodeEngines } from "./default-program";

let engineOn: (gridMs: number) => EngineOf;

beforeAll(async () => {
  engineOn = await bytecodeEngines();
});

/** A therapy in which `count` requests come within a few ms of each other, off the grid. */
function burst(count: number, gapMs: number): RandomTherapy {
  const { inputs, ...therapy } = randomTherapy(3);
  const program = inputs.slice(0, 2);
  const requests = Array.from({ length: count }, (_, index) => ({
    atMs: 123453 + index * gapMs,
    input: { kind: EventKind.requestBolus, id: index + 1, count: 0 },
  }));
  return { ...therapy, inputs: [...program, ...requests], durationMs: 300000 };
}

test.each([
  { count: INBOX_SLOTS, gapMs: 0 },
  { count: 3 * INBOX_SLOTS, gapMs: 0 },
  { count: 5 * INBOX_SLOTS, gapMs: 1 },
  { count: 40, gapMs: 50 },
])("$count requests $gapMs ms apart are all answered, on any grid", ({ count, gapMs }) => {
  const therapy = burst(count, gapMs);
  const log = logOf(therapy, createNativeEngine);
  const answers = log.filter((line) => /"bolus(Granted|Denied)"/.test(line));
  expect(answers).toHaveLength(count);
  for (const gridMs of [1, 10, 1000]) expect(differenceFrom(log, therapy, engineOn(gridMs))).toBeUndefined();
});
