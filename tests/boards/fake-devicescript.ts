/**
 * Stands in for `@devicescript/core` when code of `boards/` runs natively: fibers and GPIO on a board whose time passes only when a
 * test lets it. As in the runtime (fibers.c), one fiber runs at a time, the longest overdue first; a sleep counts from the start of
 * the current millisecond; a resumed fiber runs in the same turn of the main loop, before all others.
 */

/** A change of a pin's level. */
export interface Edge {
  /** Time since the board's reset, in µs. */
  readonly atUs: number;
  /** True: driven high. */
  readonly high: boolean;
}

/** Modes of a pin, as in `@devicescript/core`. */
export enum GPIOMode {
  Input = 1,
  AnalogIn = 3,
  InputPullUp = 0x11,
  OutputHigh = 0x12,
  InputPullDown = 0x21,
  OutputLow = 0x22,
}

/** What a board's main loop is like. */
export interface BoardTiming {
  /** The main loop turns only at multiples of this, in µs: 1000 on an RP2040, 10,000 on an ESP32. */
  readonly gridUs?: number;
  /** `millis()` at the start. */
  readonly startMs?: number;
  /** How much later than its due turn of the main loop a fiber is woken, in µs. Called once for each such turn. */
  readonly lateness?: (turnUs: number) => number;
  /** How long one `setMode` takes, in µs; 0 unless a test looks at the width of pulses. */
  readonly pinCallUs?: number;
}

/** A pin that remembers when its level changed while it drove; as an input it reads what is applied to it. */
export class FakePin {
  readonly edges: Edge[] = [];
  high = false;
  /** What is connected to an input: 0 or 1, or 0 to 1 of the converter's full scale; undefined: nothing is. */
  applied: number | undefined;
  private mode: GPIOMode | undefined;
  private used = false;

  constructor(private readonly board: FakeBoard) {}

  /** Drives the pin, or makes it an input. */
  setMode(mode: GPIOMode): void {
    this.mode = mode;
    this.board.pinCalled();
    const high = mode === GPIOMode.OutputHigh;
    if (mode !== GPIOMode.OutputHigh && mode !== GPIOMode.OutputLow) return;
    if (this.used && high === this.high) return;
    this.used = true;
    this.high = high;
    this.edges.push({ atUs: this.board.nowUs, high });
  }

  /** As in the runtime (impl_gpio.c): undefined unless it is an input. An open input with a pull resistor reads that. */
  get value(): number | undefined {
    const applied = this.applied;
    switch (this.mode) {
      case GPIOMode.InputPullUp:
        return applied ?? 1;
      case GPIOMode.Input:
      case GPIOMode.InputPullDown:
      case GPIOMode.AnalogIn:
        return applied ?? 0;
      default:
        return undefined;
    }
  }

  /** When the pin went high, in µs. */
  risesUs(): number[] {
    return this.edges.filter(({ high }) => high).map(({ atUs }) => atUs);
  }
}

/** A fiber of the fake board. */
export class Fiber {
  /** First millisecond in which it may run; undefined: only when it is resumed. */
  wakeMs: number | undefined;
  suspended = false;
  go: () => void;

  constructor(wakeMs: number, body: () => void) {
    this.wakeMs = wakeMs;
    this.go = body;
  }

  /** The fiber that is running. */
  static self(): Fiber {
    return installed().runningFiber();
  }

  /** Lets a suspended fiber run before all others; any other is an error, which stops a real program. */
  resume(_value: unknown): void {
    if (!this.suspended) throw new RangeError("fiber not suspended");
    this.wakeMs = 1;
  }
}

/** What hangs on the board's I2C bus. */
export interface FakeI2c {
  /** As the runtime's `_i2cTransaction` (impl_dsi2c.c): 0, -1 when what was written was not acknowledged, -2 when the reading was not. */
  transaction(address: number, out: Uint8Array | null, into: Uint8Array | null): number;
}

/** A packet that the program's server device has sent. */
export interface SentPacket {
  /** Time since the board's reset, in ms. */
  readonly atMs: number;
  readonly serviceIndex: number;
  /** Its code in the service's description; that of an announcement is 0. */
  readonly code: number;
  readonly payload: Uint8Array | readonly number[];
}

/** The board under test: the one that was made last. */
export class FakeBoard {
  /** Its I2C bus; without one nobody answers. */
  i2c: FakeI2c | undefined;
  /** What its server device has sent. */
  readonly sent: SentPacket[] = [];
  /** Called for each of these, before it is added. */
  onSend: (packet: SentPacket) => void = () => undefined;
  /** How often the program has asked for a restart. */
  reboots = 0;
  /** Time since reset, in µs. */
  nowUs: number;
  /** Turns of the main loop in which a fiber ran. */
  wakes = 0;
  /** How often a fiber ran from one pause to the next. */
  slices = 0;
  private readonly fibers = new Set<Fiber>();
  private readonly gridUs: number;
  private readonly lateness: (turnUs: number) => number;
  private readonly pinCallUs: number;
  /** When the running fiber was woken. */
  private sliceUs = 0;
  private running: Fiber | undefined;
  private failure: { readonly error: unknown } | undefined;

  constructor({ gridUs = 1000, startMs = 1100, lateness = () => 0, pinCallUs = 0 }: BoardTiming = {}) {
    this.pinCallUs = pinCallUs;
    this.gridUs = gridUs;
    this.nowUs = this.turnAtOrAfter(startMs * 1000);
    this.lateness = lateness;
    board = this;
  }

  /** A pin that nobody drives yet. */
  pin(): FakePin {
    return new FakePin(this);
  }

  /** A pin's mode has been set, which takes its time. */
  pinCalled(): void {
    this.nowUs += this.pinCallUs;
  }

  /** What `millis()` says: while a fiber runs it stands still. */
  millis(): number {
    return Math.floor((this.running === undefined ? this.nowUs : this.sliceUs) / 1000);
  }

  /** Starts a fiber; it first runs in the next turn of the main loop. */
  start(body: () => Promise<void> | void): void {
    const fiber: Fiber = new Fiber(this.millis(), () => {
      Promise.resolve()
        .then(body)
        .catch((error: unknown) => {
          this.failure = { error };
        })
        .finally(() => this.fibers.delete(fiber));
    });
    this.fibers.add(fiber);
  }

  /** Lets time pass until `millis()` is `untilMs`, all turns of that millisecond's start included. */
  async runTo(untilMs: number): Promise<void> {
    const limitUs = untilMs * 1000;
    for (;;) {
      const wakeMs = this.nextWakeMs();
      if (wakeMs === undefined) break;
      let turnUs = this.turnAtOrAfter(Math.max(wakeMs * 1000, this.nowUs));
      if (turnUs > limitUs) break;
      turnUs += this.lateness(turnUs);
      this.nowUs = Math.max(this.nowUs, turnUs);
      this.wakes++;
      await this.turn();
    }
    this.nowUs = Math.max(this.nowUs, limitUs);
  }

  /** Lets `ms` pass. */
  run(ms: number): Promise<void> {
    return this.runTo(this.millis() + ms);
  }

  runningFiber(): Fiber {
    if (this.running === undefined) throw new Error("called outside of a fiber");
    return this.running;
  }

  /** Parks the running fiber. */
  park(wakeMs: number | undefined, suspended: boolean): Promise<void> {
    const fiber = this.runningFiber();
    fiber.wakeMs = wakeMs;
    fiber.suspended = suspended;
    return new Promise((resolve) => {
      fiber.go = resolve;
    });
  }

  /** One turn of the main loop: every fiber that is due runs, until none is. */
  private async turn(): Promise<void> {
    for (;;) {
      const fiber = this.longestOverdue();
      if (fiber === undefined) return;
      fiber.wakeMs = undefined;
      fiber.suspended = false;
      this.running = fiber;
      this.sliceUs = this.nowUs;
      this.slices++;
      fiber.go();
      // All that the fiber does until it parks again happens in microtasks, which are over when this callback comes.
      await new Promise<void>((done) => void setImmediate(done));
      this.running = undefined;
      if (this.failure !== undefined) throw this.failure.error;
    }
  }

  private longestOverdue(): Fiber | undefined {
    let first: Fiber | undefined;
    for (const fiber of this.fibers) {
      if (fiber.wakeMs === undefined || fiber.wakeMs > this.millis()) continue;
      if (first?.wakeMs === undefined || fiber.wakeMs < first.wakeMs) first = fiber;
    }
    return first;
  }

  private nextWakeMs(): number | undefined {
    let next: number | undefined;
    for (const { wakeMs } of this.fibers) {
      if (wakeMs !== undefined && (next === undefined || wakeMs < next)) next = wakeMs;
    }
    return next;
  }

  private turnAtOrAfter(us: number): number {
    return Math.ceil(us / this.gridUs) * this.gridUs;
  }
}

let board: FakeBoard | undefined;

function installed(): FakeBoard {
  if (board === undefined) throw new Error("make a FakeBoard first");
  return board;
}

/** Milliseconds since reset; stands still while a fiber runs. */
export function millis(): number {
  return installed().millis();
}

/** Parks the running fiber for `ms`. */
export function sleep(ms: number): Promise<void> {
  return installed().park(millis() + ms, false);
}

/** Parks the running fiber until it is resumed, at most for `ms`. */
export function suspend(ms?: number): Promise<void> {
  return installed().park(ms === undefined ? undefined : millis() + ms, true);
}

/** The fake is a board. */
export function isSimulator(): boolean {
  return false;
}

/** One transaction on the board's I2C bus. */
export function _i2cTransaction(address: number, out: Uint8Array | null, into: Uint8Array | null): number {
  return installed().i2c?.transaction(address, out, into) ?? -1;
}

interface EncodedPacket {
  readonly code: number;
  readonly payload: Uint8Array | readonly number[];
}

/** Sends a packet from the program's server device. */
export function _serverSend(serviceIndex: number, { code, payload }: EncodedPacket): Promise<void> {
  const board = installed();
  const packet = { atMs: board.nowUs / 1000, serviceIndex, code, payload };
  board.onSend(packet);
  board.sent.push(packet);
  return Promise.resolve();
}

/** Starts the program anew; here it is only counted. */
export function reboot(): void {
  installed().reboots++;
}

/** Descriptions of services; what is encoded stays as it is. */
export const Control = { spec: { lookup: () => ({ response: described(0) }) } };
export const Pump = { spec: { byCode: (code: number) => described(code) } };

function described(code: number): { encode(payload: EncodedPacket["payload"]): EncodedPacket } {
  return { encode: (payload) => ({ code, payload }) };
}
