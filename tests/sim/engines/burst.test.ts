import { beforeAll, describe, expect, test } from "vitest";
import { plainInput } from "../../../sim/engines/engine";
import type { EngineOf } from "../../../sim/engines/engine";
import { EventKind } from "../../../src/events";
import { INBOX_SLOTS } from "../../../src/inbox";
import { prescribed, program, REFERENCE_PUMP } from "../../src/reference-pump";
import { bytecodeEngines } from "./default-program";
import { lifeOf, nativeLife } from "./lives";
import type { TimedInput } from "./lives";

let engineOn: (gridMs: number) => EngineOf;

beforeAll(async () => {
  engineOn = await bytecodeEngines();
});

const GRIDS_MS = [1, 10, 1000];
const END_MS = 300000;
const boot = { config: REFERENCE_PUMP, reservoirNl: 20000000, drugs: prescribed().concentrationNgPerUl };

/** Therapy that runs from 0 on. */
function therapy(): TimedInput[] {
  return [...program(prescribed()), plainInput(EventKind.start)].map((input) => [0, input]);
}

describe("inputs within a few ms of each other, off the grid", () => {
  test.each([
    { count: INBOX_SLOTS, gapMs: 0 },
    { count: 3 * INBOX_SLOTS, gapMs: 0 },
    { count: 5 * INBOX_SLOTS, gapMs: 1 },
    { count: 40, gapMs: 50 },
  ])("$count requests $gapMs ms apart are all answered, on any grid", ({ count, gapMs }) => {
    const requests = Array.from({ length: count }, (_, index): TimedInput => {
      return [123453 + index * gapMs, plainInput(EventKind.requestBolus, { id: index + 1 })];
    });
    const inputs = [...therapy(), ...requests];
    const { lines } = nativeLife(boot, inputs, END_MS);
    expect(lines.filter((line) => /"bolus(Granted|Denied)"/.test(line))).toHaveLength(count);
    for (const gridMs of GRIDS_MS) expect(lifeOf(engineOn(gridMs), boot, inputs, END_MS).lines).toEqual(lines);
  });

  test.each([0, 1, 3, 700])("prescriptions that are staged %i ms apart stay apart", (gapMs) => {
    const staged = Array.from({ length: 12 }, (_, index): TimedInput[] => {
      const [stage, confirm] = program(prescribed({ basalNlPerDay: 1000000 + 1000 * index }));
      if (stage === undefined || confirm === undefined) throw new Error("a program is two inputs");
      const atMs = 123453 + index * gapMs;
      return [
        [atMs, stage],
        [atMs, confirm],
      ];
    }).flat();
    const inputs = [...therapy(), ...staged];
    const { lines } = nativeLife(boot, inputs, END_MS);
    const digests = lines.filter((line) => line.includes('"programmed"')).map((line) => /"digest":\d+/.exec(line)?.[0]);
    // The first of the twelve is the one that was in force before.
    expect(digests).toHaveLength(13);
    expect(new Set(digests).size).toBe(12);
    for (const gridMs of GRIDS_MS) expect(lifeOf(engineOn(gridMs), boot, inputs, END_MS).lines).toEqual(lines);
  });
});
