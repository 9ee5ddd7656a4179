import type { RequestMark } from "../scenario/moment";
import type { PlannedInput } from "../scenario/scenario";
import type { ResolvedInput } from "./outcome";

function keyOf(mark: RequestMark): string {
  return `${mark.name}.${mark.time}`;
}

function byTime(a: ResolvedInput, b: ResolvedInput): number {
  return a.atMs - b.atMs || a.index - b.index;
}

/**
 * The inputs that are still to come, in order of time, those of one instant in the file's order. Inputs that count from a request's
 * instant wait until it has come.
 */
export class Agenda {
  private due: readonly ResolvedInput[] = [];
  private readonly waiting = new Map<string, number[]>();
  private given = 0;

  constructor(private readonly inputs: readonly PlannedInput[]) {}

  /** All inputs of a scenario, as it was written. */
  static planned(inputs: readonly PlannedInput[]): Agenda {
    const agenda = new Agenda(inputs);
    const due: ResolvedInput[] = [];
    inputs.forEach((input, index) => {
      const { from, offsetMs } = input.at;
      if (from === undefined) due.push({ index, atMs: offsetMs });
      else agenda.wait(keyOf(from), index);
    });
    agenda.due = due.sort(byTime);
    return agenda;
  }

  /** The inputs of a run that has been made, at the same instants and in the same order. */
  static resolved(inputs: readonly PlannedInput[], resolved: readonly ResolvedInput[]): Agenda {
    const agenda = new Agenda(inputs);
    agenda.due = resolved;
    return agenda;
  }

  /** The next input whose instant is known. */
  next(): ResolvedInput | undefined {
    return this.due[this.given];
  }

  /** The next input is being handed over. */
  take(): PlannedInput | undefined {
    const next = this.due[this.given++];
    return next === undefined ? undefined : this.inputs[next.index];
  }

  /** What has been handed over, in order. */
  handedOver(): readonly ResolvedInput[] {
    return this.due.slice(0, this.given);
  }

  /** A request's instant has come. Returns true when inputs had waited for it: they have their times now. */
  reach(mark: RequestMark, atMs: number): boolean {
    const indices = this.waiting.get(keyOf(mark));
    if (indices === undefined) return false;
    this.waiting.delete(keyOf(mark));
    const woken = indices.map((index) => ({ index, atMs: atMs + (this.inputs[index]?.at.offsetMs ?? 0) }));
    const open = this.due.slice(this.given).concat(woken).sort(byTime);
    this.due = this.due.slice(0, this.given).concat(open);
    return true;
  }

  private wait(key: string, index: number): void {
    const indices = this.waiting.get(key);
    if (indices === undefined) this.waiting.set(key, [index]);
    else indices.push(index);
  }
}
