import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Random } from "../../../sim/random/random";
import type { Fate } from "../faulty-transport";
import { everyFew, noisy, SINGLE_MISHAPS } from "./frame-fates";
import { pumpAt, Stage } from "./staged-pump";
import type { ImagePump } from "./image-pump";
import { NoisyCourse } from "./noisy-course";

/** `MINIM_LINK_FUZZ=20 npx vitest run tests/link/bytecode/noise.test.ts` makes twenty times as many courses. */
const MORE = Number(process.env["MINIM_LINK_FUZZ"] ?? "1");

/** Of so many frames in turn one goes wrong, and each of them in one of as many courses. */
const STRIDE = 5;

/** Longer than any course here lasts, in ms. */
const LONGEST_COURSE_MS = 7200000;

let frames = 0;
let courses = 0;
let alone: readonly (readonly [atMs: number, strokes: number])[] = [];

/** The strokes of the same pump while nobody talks to it. */
beforeAll(async () => {
  const image = await pumpAt(Stage.running);
  while (image.time.nowMs() < LONGEST_COURSE_MS) await image.time.pause(1800000);
  alone = image.strokes;
});

afterAll(() => {
  console.log(`link on the image: ${frames} frames in ${courses} courses`);
});

async function runCourse(
  seed: number,
  fateOf: (random: Random) => Fate,
  about: string,
  isDecisive: boolean,
): Promise<ImagePump> {
  const image = await pumpAt(Stage.running, seed);
  const client = await image.clinician();
  const fate = fateOf(new Random(seed));
  const counting: Fate = (frame, toPump) => {
    frames++;
    return fate(frame, toPump);
  };
  courses++;
  await new NoisyCourse(client, counting, about, isDecisive).run();
  return image;
}

/** Nothing that a client says moves a stroke by a millisecond. */
function expectStrokesAsAlone(image: ImagePump, about: string): void {
  const endMs = image.pump.nowMs;
  expect(endMs, about).toBeLessThan(LONGEST_COURSE_MS);
  const expected = alone.filter(([atMs]) => atMs <= endMs);
  expect(expected.length, about).toBeGreaterThan(10);
  expect(JSON.stringify(image.strokes.filter(([atMs]) => atMs <= endMs)), about).toBe(JSON.stringify(expected));
}

describe("every frame of a course goes wrong once", () => {
  test.each(Object.keys(SINGLE_MISHAPS))(
    "%s: nothing is done without authority, twice, or reported and not done, and no stroke comes at another time (LNK-021)",
    async (name) => {
      for (let round = 0; round < STRIDE * MORE; round++) {
        const about = `${name}, round ${round}`;
        const fateOf = (random: Random): Fate => everyFew(name, STRIDE, round % STRIDE, random);
        const image = await runCourse(1 + Math.floor(round / STRIDE), fateOf, about, false);
        expectStrokesAsAlone(image, about);
      }
    },
  );
});

describe("everything goes wrong", () => {
  test.each(Array.from({ length: 8 * MORE }, (_, i) => i + 1))(
    "seed %i: the same, with orders that change therapy in every other course (LNK-021)",
    async (seed) => {
      const isDecisive = seed % 2 === 0;
      const about = `seed ${seed}`;
      const image = await runCourse(seed, noisy, about, isDecisive);
      if (!isDecisive) expectStrokesAsAlone(image, about);
    },
  );
});
