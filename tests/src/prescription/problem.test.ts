import { expect, test } from "vitest";
import { MOST_PROBLEMS, PrescriptionFault, PrescriptionProblems } from "../../../src/prescription/problem";

test("all problems are counted by how hard they are, and as many as there is room for are listed", () => {
  const problems = new PrescriptionProblems();
  problems.listed = problems.hard = problems.soft = 0;
  problems.addProblem(PrescriptionFault.reservoirTooSmall, 1, 2, 0);
  problems.addProblem(PrescriptionFault.rateAboveSoftDose, 1, 2, 0);
  for (let more = 0; more < MOST_PROBLEMS; more++) problems.addProblem(PrescriptionFault.lockout, more, 2, 0);
  expect([problems.soft, problems.hard, problems.listed]).toEqual([1, MOST_PROBLEMS, MOST_PROBLEMS]);
  expect(problems.fault).toHaveLength(MOST_PROBLEMS);
  expect(problems.given.at(-1)).toBe(MOST_PROBLEMS - 3);
});
