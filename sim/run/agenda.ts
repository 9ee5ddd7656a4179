import type { RequestMark } from "../scenario/moment";
import type { PlannedInput } from "../scenario/scenario";
import type { ResolvedInput } from "./outcome";

function keyOf(mark: RequestMark): string {
  return `${mark.name}.${mark.time}`;
}

function byTime(a: ResolvedInput, b: ResolvedInput): number {
  return a.atMs === b.atMs ? a.index - b.index : a.atMs - b.atMs;
}

/**
 * The inputs that are still to come, in order of time, those of one instant in the file's order. Inputs that count from a request's
 * instant wait until it has come; those that arise in the run come behind the file's.
 */
export class Agenda {
  /** Those whose instants the scenario gives, and how many of them have been handed over. */
  private known: readonly ResolvedInput[] = [];
  private knownTaken = 0;
  /** Those that have got their instants in the run, and have not been handed over. */
  private woken: ResolvedInput[] = [];
  private readonly waiting = new Map<string, number[]>();
  private readonly taken: ResolvedInput[] = [];
  private arisen = 0;
  private replays = false;

  constructor(private readonly inputs: readonly PlannedInput[]) {}

  /** All inputs of a scenario, as it was written. */
  static planned(inputs: readonly PlannedInput[]): Agenda {
    const agenda = new Agenda(inputs);
    const known: ResolvedInput[] = [];
    inputs.forEach((input, index) => {
      const { from, offsetMs } = input.at;
      if (from === undefined) known.push({ index, atMs: offsetMs });
      else agenda.wait(keyOf(from), index);
    });
    agenda.known = known.sort(byTime);
    return agenda;
  }

  /** The inputs of a run that has been made, at the same instants and in the same order. */
  static resolved(inputs: readonly PlannedInput[], resolved: readonly ResolvedInput[]): Agenda {
    const agenda = new Agenda(inputs);
    agenda.known = resolved;
    agenda.replays = true;
    return agenda;
  }

  /** The next input whose instant is known. */
  next(): ResolvedInput | undefined {
    const known = this.known[this.knownTaken];
    const woken = this.woken[0];
    if (known === undefined || woken === undefined) return known ?? woken;
    return byTime(known, woken) < 0 ? known : woken;
  }

  /** The next input is being handed over. */
  take(): PlannedInput | undefined {
    const next = this.next();
    if (next === undefined) return undefined;
    if (next === this.woken[0]) this.woken.shift();
    else this.knownTaken++;
    this.taken.push(next);
    return next.arisen ?? this.inputs[next.index];
  }

  /** Something has arisen in the run that reaches the pump at `atMs`. In a run that was made before it is known already. */
  arise(arisen: PlannedInput, atMs: number): void {
    if (this.replays) return;
    this.woken.push({ index: this.inputs.length + this.arisen, atMs, arisen });
    this.arisen++;
    this.woken.sort(byTime);
  }

  /** The run was made before: what arises in it is known. */
  get isReplay(): boolean {
    return this.replays;
  }

  /** True while inputs wait for a request's instant. */
  isWaiting(): boolean {
    return this.waiting.size > 0;
  }

  /** What has been handed over, in order. */
  handedOver(): readonly ResolvedInput[] {
    return this.taken;
  }

  /** A request's instant has come. Returns true when inputs had waited for it: they have their times now. */
  reach(mark: RequestMark, atMs: number): boolean {
    const indices = this.waiting.get(keyOf(mark));
    if (indices === undefined) return false;
    this.waiting.delete(keyOf(mark));
    for (const index of indices) this.woken.push({ index, atMs: atMs + (this.inputs[index]?.at.offsetMs ?? 0) });
    this.woken.sort(byTime);
    return true;
  }

  private wait(key: string, index: number): void {
    const indices = this.waiting.get(key);
    if (indices === undefined) this.waiting.set(key, [index]);
    else indices.push(index);
  }
}
