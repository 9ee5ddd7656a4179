/**
 * A reading that follows its input with a time constant: `tau y' = x - y`, the usual first approximation of a weighing cell and its filter. The
 * input rises evenly by `restPerMs` and, while something is poured, by that on top. Between two turns
 *
 *     x(t) = x0 + k (t - t0)      y(t) = x(t) - k tau + (y0 - x0 + k tau) exp(-(t - t0) / tau)
 *
 * so that what is read does not depend on when it was read before.
 */
export class FirstOrderResponse {
  /** The last turn: since when, from what input and output, and how fast the input rises. */
  private fromMs = 0;
  private input0 = 0;
  private output0 = 0;
  private perMs: number;
  /** When the pouring ends. */
  private untilMs = 0;

  /** @param timeConstantMs in ms; 0: the output is the input */
  constructor(
    private readonly timeConstantMs: number,
    private readonly restPerMs: number,
  ) {
    this.perMs = restPerMs;
  }

  /** `amount` comes from `fromMs` on, evenly over `forMs`; not before the last pouring has ended. */
  pour(fromMs: number, forMs: number, amount: number): void {
    if (fromMs < this.untilMs) throw new RangeError(`at ${fromMs} ms the last pouring is not over`);
    const input = this.input(fromMs);
    const output = this.output(fromMs);
    this.fromMs = fromMs;
    this.input0 = input;
    this.output0 = output;
    this.perMs = amount / forMs + this.restPerMs;
    this.untilMs = fromMs + forMs;
  }

  /** @param atMs not before the last pouring began */
  input(atMs: number): number {
    const poured = this.input0 + this.perMs * (Math.min(atMs, this.untilMs) - this.fromMs);
    return atMs <= this.untilMs ? poured : poured + this.restPerMs * (atMs - this.untilMs);
  }

  /** @param atMs not before the last pouring began */
  output(atMs: number): number {
    const { fromMs, untilMs, input0, output0, perMs } = this;
    if (atMs <= untilMs) return this.follow(input0, output0, perMs, atMs - fromMs);
    const turn = this.follow(input0, output0, perMs, untilMs - fromMs);
    return this.follow(this.input(untilMs), turn, this.restPerMs, atMs - untilMs);
  }

  private follow(input0: number, output0: number, perMs: number, forMs: number): number {
    const tau = this.timeConstantMs;
    const input = input0 + perMs * forMs;
    if (tau === 0) return input;
    return input - perMs * tau + (output0 - input0 + perMs * tau) * Math.exp(-forMs / tau);
  }
}
