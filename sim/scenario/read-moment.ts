import type { Document, KeyPath } from "../../config/document";
import { formatDuration, QuantityError } from "../../config/quantities";
import { parseMoment } from "./moment";
import type { Moment } from "./moment";
import type { WallClock } from "./wall-clock";

/** What times in a scenario are read and judged by. */
export interface TimeFrame {
  readonly document: Document;
  readonly clock: WallClock | undefined;
  readonly durationMs: number;
}

/** Runs a parser of a text that stands at `path`; its complaint gets the file's line. */
export function located<T>(document: Document, path: KeyPath, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof QuantityError) throw document.refuse(path, error.message);
    throw error;
  }
}

/** Reads the time at `path`. Throws `BadInput` for one that is none, or that lies after the run's end. */
export function readMoment(frame: TimeFrame, path: KeyPath, text: string): Moment {
  const moment = located(frame.document, path, () => parseMoment(text, frame.clock));
  if (moment.from === undefined && moment.offsetMs > frame.durationMs)
    throw frame.document.refuse(
      path,
      `${moment.text} lies after the end of the run, ${formatDuration(frame.durationMs)} (duration)`,
    );
  return moment;
}
