import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StrokeVolume } from "../../../src/motion/stroke";
import { PoweredPump } from "../../src/powered-pump";
import { enableOn } from "../one-shot";
import { PER_STROKE, PERIOD_US, PURGED_PUMP, PurgeBench } from "./purge-bench";
import { purgeCode } from "./purge-code";

const STROKE = new StrokeVolume(PURGED_PUMP);
const HOUR_MS = 3600000;

const pulsesIn = (volumeNl: number): number => STROKE.wholeStrokesIn(volumeNl) * PER_STROKE;

/** What a pump has left in its memory that has given an hour of therapy. */
function usedMemory(): number[] {
  return new PoweredPump().begin().pass(HOUR_MS).fram.imageAfter(Infinity);
}

describe("the dead man's switch", () => {
  test("lets nothing move before it has been let go and held, and nothing when it has been let go (DRV-010)", async () => {
    const bench = new PurgeBench();
    await bench.hold(5000);
    expect(bench.server.bursts, "held since the start").toEqual([]);
    await bench.run(500);
    for (let heldMs = 20; heldMs < 1500; heldMs += 173) {
      await bench.hold(heldMs);
      const letGoUs = bench.board.nowUs;
      await bench.run(1500);
      for (const { toUs } of enableOn(bench.pins.enable.edges)) expect(toUs).toBeLessThanOrEqual(letGoUs + 20000);
      for (const { startUs } of bench.server.bursts) expect(startUs).toBeLessThanOrEqual(letGoUs + 20000);
    }
    expect(bench.server.bursts.length).toBeGreaterThan(8);
  });

  test("a knock shorter than 40 ms moves nothing", async () => {
    const bench = new PurgeBench();
    await bench.run(1000);
    for (let i = 0; i < 20; i++) {
      await bench.hold(39);
      await bench.run(101 + i);
    }
    expect(bench.server.bursts).toEqual([]);
  });
});

describe("the volume of a start", () => {
  test("is never passed by what comes out, whatever is held and let go and at what phase, and used but for the shortest burst (DRV-010)", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 5000, max: 40000 }),
        fc.constantFrom(200, 1112, 5000),
        fc.oneof(fc.constant([]), fc.array(fc.integer({ min: 1, max: 1500 }), { maxLength: 8 })),
        fc.infiniteStream(fc.integer({ min: 0, max: 10000 })),
        async (volumeNl, periodUs, holdsMs, latency) => {
          const tone = { latencyUs: () => latency.next().value as number, isShort: true };
          const bench = new PurgeBench({ volumeNl, periodUs, tone });
          await bench.run(500);
          for (const heldMs of holdsMs) {
            await bench.hold(heldMs);
            await bench.run(heldMs & 255);
          }
          await bench.run(500);
          await bench.hold(60000);
          await bench.run(2000);
          await bench.hold(3000);
          const most = pulsesIn(volumeNl);
          expect(bench.server.made()).toBeLessThanOrEqual(most);
          expect(bench.lines.at(-1)).toBe("nothing moves any more: the volume is used up; a restart gives another");
          // Held all the time, only the last burst is short, and no burst counts 4 % more than it makes.
          const shortest = purgeCode.mostPulses(1 + purgeCode.TURN_MS, periodUs);
          if (holdsMs.length === 0) expect(bench.server.made()).toBeGreaterThan(0.9 * most - 2 * shortest);
        },
      ),
      { numRuns: 12 },
    );
  });

  test("it is told, with what has moved at least and at most", async () => {
    const bench = new PurgeBench({ volumeNl: 20000 });
    await bench.run(500);
    await bench.hold(800);
    await bench.run(1000);
    expect(bench.lines).toEqual([
      "purge: it moves fluid while the button is held; bench only, with nothing at the end of the line that matters",
      "no ledger here: measure or fill the reservoir afterwards",
      "at most 20 uL; let go of the button, then hold it",
      "moved since the start: 8 to 18 uL",
    ]);
    const made = STROKE.volumeNl(Math.floor(bench.server.made() / PER_STROKE));
    expect(made).toBeGreaterThan(8000);
    expect(made).toBeLessThan(18000);
  });
});

describe("nothing moves", () => {
  const held = async (bench: PurgeBench): Promise<string | undefined> => {
    await bench.run(12000);
    await bench.hold(3000);
    await bench.run(100);
    expect(bench.server.bursts).toEqual([]);
    expect(enableOn(bench.pins.enable.edges)).toEqual([]);
    return bench.lines.at(-1);
  };

  test("when the memory that is declared does not answer", async () => {
    const bench = new PurgeBench({ image: usedMemory() });
    bench.chip.isSilent = true;
    expect(await held(bench)).toBe("nothing moves any more: the memory that the pump file declares does not answer");
  });

  test("when the memory holds something else", async () => {
    const image = usedMemory().map((word, at) => (at > 100 ? (word ^ 0x5a5a5a5a) >>> 0 : word));
    const bench = new PurgeBench({ image });
    expect(await held(bench)).toContain("the memory holds no ledger of this pump");
    const other = new PurgeBench({ image: usedMemory(), config: { ...PURGED_PUMP, serial: 7 } });
    expect(await held(other)).toContain("the memory holds no ledger of this pump as it is described, problem 3");
  });

  test("when the tone server is not there", async () => {
    const bench = new PurgeBench({ serverIsThere: false });
    expect(await held(bench)).toContain("the tone server of the board does not answer");
  });

  test("when the memory stops taking what is written: not one burst without its record", async () => {
    const bench = new PurgeBench({ image: usedMemory() });
    await bench.run(1000);
    await bench.hold(1500);
    const before = bench.server.bursts.length;
    expect(before).toBeGreaterThan(1);
    bench.chip.isProtected = true;
    await bench.run(1000);
    await bench.hold(5000);
    await bench.run(1000);
    expect(bench.server.bursts).toHaveLength(before);
    expect(bench.lines.at(-1)).toBe("nothing moves any more: the memory does not take the record");
    expect(bench.pins.enable.high).toBe(true);
  });
});

test("at 900 pulses a second a purge of 0.5 mL is over within a minute of holding, and has moved 0.45 mL at least", async () => {
  const bench = new PurgeBench({ image: usedMemory() });
  await bench.run(1000);
  await bench.hold(60000);
  expect(bench.lines.at(-1)).toContain("the volume is used up");
  expect(STROKE.volumeNl(Math.floor(bench.server.made() / PER_STROKE))).toBeGreaterThan(450000);
  expect(PERIOD_US).toBe(Math.ceil(1000000 / 900));
});

test("the supervisor chip hears of it each minute, held or not, and when nothing moves any more", async () => {
  const bench = new PurgeBench({ volumeNl: 2000000 });
  await bench.run(200000);
  await bench.hold(300000);
  await bench.run(200000);
  expect(bench.lines.at(-2)).toMatch(/^moved since the start: 19\d\d to 2000 uL$/);
  const kicks = bench.kick.risesUs();
  expect(kicks.length).toBeGreaterThanOrEqual(11);
  kicks.slice(1).forEach((atUs, i) => expect(atUs - (kicks[i] ?? 0)).toBeLessThan(61000000));
});
