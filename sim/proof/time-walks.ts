import { EventKind } from "../../src/events";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import { plainInput } from "../engines/engine";
import { Random } from "../random/random";
import { CLOCK_NONSENSE } from "./misfortunes";
import type { Course } from "./course";
import { COURSES, PLANNED_RESTART } from "./courses";
import { ROUND_THE_TIMER_MS } from "./walk";
import type { Step, Walk } from "./walk";

/** How long a controller oversleeps, in ms: just too long, and as long as a board's timer once did. */
const SLEEPS_MS = [2001, 5000, MS_PER_HOUR, ROUND_THE_TIMER_MS, ROUND_THE_TIMER_MS, 3 * MS_PER_DAY];

/** A course as a walk, with more steps. */
function walkOf(course: Course, seed: number, more: readonly Step[]): Walk {
  const { config, reservoirNl, drugs, durationMs } = course;
  const steps = [...course.inputs.map(({ atMs, input }): Step => ({ atMs, does: "input", input })), ...more];
  steps.sort((one, other) => one.atMs - other.atMs);
  return { seed, config, reservoirNl, drugs, steps, durationMs, isNumbered: true };
}

/** What is wrong with time in the walk that belongs to `seed`: a sleep in the middle of a stroke or a bolus, a clock that is set to nonsense. */
export function timeWalk(seed: number): Walk {
  const random = new Random(seed ^ 0x27d4eb2f);
  const course = random.pick(COURSES.filter((other) => other !== PLANNED_RESTART));
  const atMs = random.integer(0, course.durationMs);
  if (random.chance(60)) return walkOf(course, seed, [{ atMs, does: "sleep", forMs: random.pick(SLEEPS_MS) }]);
  const everyMs = random.integer(1, 20) * MS_PER_MIN;
  const steps = Array.from({ length: Math.floor(course.durationMs / everyMs) }, (_, i): Step => {
    const input = plainInput(EventKind.setClock, { count: random.pick(CLOCK_NONSENSE), detail: random.integer(0, 1) });
    return { atMs: (i + 1) * everyMs, does: "input", input };
  });
  return walkOf(course, seed, steps);
}

/** 62 days on a pump that starts itself anew every 20 days, through 2^31 and 2^32 ms; with a clock set to nonsense and a late wake on the way. */
export function longWalk(seed: number): Walk {
  const random = new Random(seed);
  const { drugs } = PLANNED_RESTART;
  const requests = Array.from({ length: 30 }, (_, i): Step => {
    const input = plainInput(EventKind.requestBolus, { id: i + 10 });
    return { atMs: random.integer(1, 62) * MS_PER_DAY - random.integer(0, 20) * MS_PER_HOUR, does: "input", input };
  });
  requests.sort((one, other) => one.atMs - other.atMs);
  const rising = requests.map((step, i): Step =>
    step.does === "input" ? { ...step, input: { ...step.input, id: i + 10 } } : step,
  );
  const course = { ...PLANNED_RESTART, drugs, durationMs: 62 * MS_PER_DAY };
  return walkOf(course, seed, [...rising, { atMs: 41 * MS_PER_DAY, does: "sleep", forMs: ROUND_THE_TIMER_MS }]);
}
