import { MS_PER_DAY } from "../../src/units";
import { PrescriptionFault, Severity } from "../../src/prescription/problem";
import type { Prescription } from "../../src/prescription/prescription";
import { pathText } from "../../config/document";
import type { KeyPath } from "../../config/document";
import { problemsInWords } from "../../config/prescription";
import type { WordedProblem } from "../../config/prescription";
import type { PrescribedPump } from "../../config/prescribed-pump";
import type { PrescriptionText } from "../../config/prescription-text";
import type { TimeFrame } from "./read-moment";
import type { ScenarioWarning } from "./scenario";
import { dayText } from "./wall-clock";

/** What is to be said of a prescription that this pump accepts, and that stands at `path`. Dates are those of a reservoir filled at the start. */
export function prescriptionWarnings(
  frame: TimeFrame,
  path: KeyPath,
  text: PrescriptionText,
  prescription: Prescription,
  pump: PrescribedPump,
): ScenarioWarning[] {
  return problemsInWords(text, prescription, pump)
    .filter(({ severity }) => severity === Severity.warning)
    .map((problem) => {
      const key = [...path, ...problem.key];
      const message = `${pathText(key)}: ${problem.message}${dates(frame, problem)}`;
      return { line: frame.document.lineOf(key), message };
    });
}

function dates({ clock }: TimeFrame, { fault, given, limit }: WordedProblem): string {
  if (clock === undefined || fault !== PrescriptionFault.reservoirTooSmall) return "";
  const today = Math.floor(clock.wallMs / MS_PER_DAY);
  return ` (filled on ${dayText(today)}: low on ${dayText(today + given)}, due on ${dayText(today + limit)})`;
}
