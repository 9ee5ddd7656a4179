import type { KeyPath } from "../../config/document";
import { formatDuration } from "../../config/quantities";
import type { PressBehaviour } from "../plant/patient";
import type { BehaviourText } from "./patient-schema";
import { readMoment } from "./read-moment";
import type { TimeFrame } from "./read-moment";

/** Reads what the patient does. Throws `BadInput` for times that do not fit together. */
export function readPatient(frame: TimeFrame, behaviours: readonly BehaviourText[]): PressBehaviour[] {
  const { document, durationMs } = frame;
  return behaviours.map((one, index): PressBehaviour => {
    const path = ["patient", index];
    const fromMs = one.from === undefined ? 0 : instantMs(frame, [...path, "from"], one.from);
    const untilMs = one.until === undefined ? durationMs : instantMs(frame, [...path, "until"], one.until);
    if (untilMs < fromMs) throw document.refuse([...path, "until"], `it comes before from: ${formatDuration(fromMs)}`);
    const shared = { line: document.lineOf(path), fromMs, untilMs, contacts: one.bounce ?? 1 };
    if (one.presses === "byNeed") return { presses: "byNeed", meanMs: one.after, ...shared };
    const spreadMs = one.spread ?? 0;
    if (2 * spreadMs > one.every)
      throw document.refuse(
        [...path, "spread"],
        `${formatDuration(spreadMs)} is more than half of every: ${formatDuration(one.every)}; presses would change places`,
      );
    return { presses: "byHabit", everyMs: one.every, spreadMs, ...shared };
  });
}

function instantMs(frame: TimeFrame, path: KeyPath, text: string): number {
  const moment = readMoment(frame, path, text);
  if (moment.from === undefined) return moment.offsetMs;
  throw frame.document.refuse(path, `${moment.text} is known only in the run; say a time since the start, as 8 h`);
}
