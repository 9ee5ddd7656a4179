import { expect, test } from "vitest";
import { failCalls } from "../../../sim/proof/call-failures";
import type { FailureCount } from "../../../sim/proof/call-failures";
import { COURSES, PLANNED_RESTART } from "../../../sim/proof/courses";
import { FAILURES } from "../../../sim/proof/failing-ports";

/** One call in so many of each port, in each way. */
const APART = 67;

test.each(COURSES.filter((course) => course !== PLANNED_RESTART))(
  "$name: whichever call of a port fails, nothing too much is given, and somebody is told",
  (course) => {
    const count: FailureCount = { failures: 0, simulatedMs: 0, wrong: [] };
    failCalls(course, APART, course.name.length, count);
    expect(count.wrong).toEqual([]);
    expect(count.failures).toBeGreaterThan(FAILURES.length / 2);
  },
);
