import { copyOf } from "./copy-of";
import type { DirectDrive } from "./direct-drive";

/** A pump in one state, and what a person with a sheet of paper knows of it. */
export interface Place<Sheet> {
  readonly drive: DirectDrive;
  readonly sheet: Sheet;
}

/** What is to be explored: everything that can be done, and what must hold. */
export interface Explored<Sheet, Step> {
  readonly first: Place<Sheet>;
  readonly steps: readonly Step[];
  /** Takes the step on a pump that was copied, with a request id that is new; throws when what came of it is not as the sheet says. */
  take(drive: DirectDrive, step: Step, sheet: Sheet, id: number): void;
  /** The sheet after the step. */
  after(sheet: Sheet, step: Step): Sheet;
  /** What must hold in every state; throws when it does not. */
  check(place: Place<Sheet>): void;
  /** All that the next decisions can depend on, with times as distances from now. */
  keyOf(place: Place<Sheet>): string;
}

/** Takes every step in every state that can be reached, breadth first. Returns how many states and transitions there are. */
export function exploreAll<Sheet, Step>(what: Explored<Sheet, Step>): { states: number; transitions: number } {
  const seen = new Set([what.keyOf(what.first)]);
  let frontier = [what.first];
  let transitions = 0;
  while (frontier.length > 0) {
    const next: Place<Sheet>[] = [];
    for (const place of frontier) {
      for (const step of what.steps) {
        const drive = copyOf(place.drive, place.drive.config);
        drive.said.length = 0;
        what.take(drive, step, place.sheet, ++transitions);
        const reached = { drive, sheet: what.after(place.sheet, step) };
        what.check(reached);
        const key = what.keyOf(reached);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(reached);
      }
    }
    frontier = next;
  }
  return { states: seen.size, transitions };
}
