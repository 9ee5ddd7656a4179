import { sleep } from "../fake-devicescript";
import type { FakeBoard, FakePin } from "../fake-devicescript";

/** What differs from one ESP32 and one burst to the next. */
export interface ToneTiming {
  /** From the packet to the turn of the main loop that begins the burst, in µs: a turn of 10 ms at most. Called once for each burst. */
  readonly latencyUs?: () => number;
  /** The timer's divider is rounded down as far as it can be: periods are one part in 257 shorter. */
  readonly isShort?: boolean;
}

/** One burst as it came out of the pin. */
export interface Burst {
  readonly startUs: number;
  readonly periodUs: number;
  /** Infinity: it still goes on. */
  endUs: number;
}

/**
 * The tone server of an ESP32 (jacdac-c: services/buzzer.c; devicescript-esp32: main/led.c). A packet begins the PWM with a rising edge and sets the time
 * of its end; that is looked at in the main loop (`buzzer_process`) and nowhere else.
 */
export class FakeToneServer {
  isBound = true;
  readonly bursts: Burst[] = [];
  private sent: { readonly atUs: number; readonly periodUs: number; readonly durationUs: number } | undefined;
  private endToneUs = 0;
  private readonly latencyUs: () => number;
  private readonly isShort: boolean;

  constructor(
    private readonly board: FakeBoard,
    private readonly pin: FakePin,
    { latencyUs = () => 0, isShort = false }: ToneTiming = {},
  ) {
    this.latencyUs = latencyUs;
    this.isShort = isShort;
    board.start(() => this.mainLoop());
  }

  async playTone(periodUs: number, dutyUs: number, durationMs: number): Promise<void> {
    for (const value of [periodUs, dutyUs, durationMs])
      if (!Number.isInteger(value) || value < 0 || value > 65535) throw new Error(`not a u16: ${value}`);
    if (dutyUs === 0 || dutyUs >= periodUs) throw new Error("no pulses: always high, or always low");
    if (this.sent !== undefined || this.running !== undefined)
      throw new Error("a burst begins before the last one is over");
    this.sent = { atUs: this.board.nowUs, periodUs, durationUs: durationMs * 1000 };
    await sleep(0);
  }

  /** Pulses that came out until `atUs`. */
  made(atUs = Infinity): number {
    return this.risesUs(atUs).length;
  }

  /** When pulses began until `atUs`; a PWM that nobody ends any more goes on. */
  risesUs(atUs = Infinity): number[] {
    return this.bursts.flatMap(({ startUs, periodUs, endUs }) => {
      const untilUs = Math.min(endUs, atUs);
      const count = untilUs > startUs ? Math.ceil((untilUs - startUs) / periodUs) : 0;
      return Array.from({ length: count }, (_, i) => startUs + i * periodUs);
    });
  }

  private get running(): Burst | undefined {
    const last = this.bursts.at(-1);
    return last?.endUs === Infinity ? last : undefined;
  }

  private async mainLoop(): Promise<void> {
    for (;;) {
      this.turn(this.board.nowUs);
      await sleep(1);
    }
  }

  private turn(nowUs: number): void {
    const sent = this.sent;
    if (sent !== undefined && nowUs > sent.atUs) {
      // A packet wakes the main loop: the turn that takes it comes between the ticks.
      const startUs = Math.min(sent.atUs + this.latencyUs(), nowUs);
      this.sent = undefined;
      this.bursts.push({ startUs, periodUs: sent.periodUs * (this.isShort ? 256 / 257 : 1), endUs: Infinity });
      this.endToneUs = startUs + sent.durationUs;
    }
    const running = this.running;
    if (running === undefined || nowUs < this.endToneUs) return;
    running.endUs = nowUs;
    for (const atUs of this.risesUs().slice(-Math.ceil((nowUs - running.startUs) / running.periodUs))) {
      this.pin.edges.push({ atUs, high: true });
      this.pin.edges.push({ atUs: Math.min(atUs + running.periodUs / 2, nowUs), high: false });
    }
  }
}
