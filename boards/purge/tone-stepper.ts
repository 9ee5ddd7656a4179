import * as ds from "@devicescript/core";
import { STALE_PULSE_MS } from "../../src/motion/step-driver";
import { ENABLE_LEAD_MS, HOLD_MS } from "../../src/motion/stroke-time";
import { isWhole, quotientRoundedUp, wholeQuotient } from "../../src/units";
import type { DrivenPin } from "../driven-pin";

/** Longest burst, in ms. */
export const LONGEST_BURST_MS = 500;

/** The main loop of an ESP32 turns at least this often, in ms (devicescript-esp32: main/main.c, `tim_max_sleep`); it alone ends a burst. */
export const LOOP_MS = 10;

/** A turn of it as a clock of whole ms sees it lasts less than this, in ms. */
export const TURN_MS = LOOP_MS + 2;

/** The watchdog resets a main loop that has not turned for this time, in ms (the same, `esp_task_wdt_init`): until then the PWM may run on. */
export const WATCHDOG_MS = 5000;

/** Pulses as quick as this, in us: 10,000 a second. */
export const SHORTEST_PERIOD_US = 100;

/** Slower pulses, in us, can be made one by one; and from 13,108 us on the duty overflows 32 bits in the ESP32's `jd_pwm_set_duty` (main/led.c). */
export const LONGEST_PERIOD_US = 10000;

/**
 * The timer of an ESP32 divides its clock by a number with 8 fractional bits, rounded down, of 256 of these at least (main/led.c, `jd_pwm_init`): so a
 * period may be shorter than ordered, by one part in 257 at most.
 */
const DIVIDER = 256;

/** From beat to beat while EN is on, in ms: a one-shot whose shortest time is 300 ms sees five of them in it. */
const BEAT_MS = 50;

/** See `PulseStepper`: a sleep may end up to 1 ms early. */
const LEAD_SLEEP_MS = ENABLE_LEAD_MS + 1;

/** The board's tone server, whose pin is STEP. */
export interface ToneServer {
  /** It is there: what is sent to it goes out at once. */
  readonly isBound: boolean;
  /** A tone of this period, high for this time of it, for so long; all whole, at most 65535. Returns when it has been sent. */
  playTone(periodUs: number, dutyUs: number, durationMs: number): Promise<void>;
}

/** Whether somebody wants the motor to turn: the dead man's switch. */
export interface DeadMansSwitch {
  /** It is held, now. */
  isHeld(): boolean;
}

/** The pins of a STEP/DIR driver but STEP, and the heartbeat that the enable circuit wants to see. */
export interface TonePins {
  readonly enable: DrivenPin;
  readonly dir: DrivenPin;
  readonly heartbeat: DrivenPin;
}

/** Most pulses of `periodUs` that a PWM of an ESP32 can make in `forMs`. */
export function mostPulses(forMs: number, periodUs: number): number {
  return wholeQuotient(forMs * 1000 * (DIVIDER + 1), periodUs * DIVIDER) + 1;
}

/** The longest burst of which no more than `pulses` count while the main loop turns in time, in ms; 0 or less: there is none. */
export function longestBurstMs(pulses: number, periodUs: number): number {
  const shorterThanMs = quotientRoundedUp(pulses * periodUs * DIVIDER, 1000 * (DIVIDER + 1));
  return Math.min(LONGEST_BURST_MS, shorterThanMs - 1 - TURN_MS);
}

/**
 * Turns the motor by the PWM of the board's tone server (jacdac-c: services/buzzer.c), in bursts: quick, and not exact. The server ends a burst in the
 * main loop, so in T ms up to floor((T + LOOP_MS) / period) + 1 can come out; what counts is that and a little more, `mostPulses(T + TURN_MS)`. A main loop
 * that came later is seen here and counts with its time. Not for therapy, which has `PulseStepper`.
 *
 * EN goes on at least ENABLE_LEAD_MS before the first pulse and off HOLD_MS behind the last; HEARTBEAT beats while it is on, made by this
 * program alone: when that has died, the one-shot outside ends the burst. Forward only. Who lets go of the switch ends it at once: EN goes off, and
 * pulses that still come move nothing.
 */
export class ToneStepper {
  /** A burst was ordered that must not be: nothing moves any more. */
  isBroken = false;
  /** Pulses that the last burst has made at least, if the driver had its power. */
  leastPulses = 0;
  /** EN is on, and was all through the last burst. */
  isOn = false;

  /** `periodUs`: from pulse to pulse, SHORTEST_PERIOD_US to LONGEST_PERIOD_US. */
  constructor(
    private readonly pins: TonePins,
    private readonly server: ToneServer,
    private readonly hand: DeadMansSwitch,
    readonly periodUs: number,
  ) {
    this.cut();
    pins.dir.setMode(ds.GPIOMode.OutputLow);
    pins.heartbeat.setMode(ds.GPIOMode.OutputLow);
    if (!isWhole(periodUs, SHORTEST_PERIOD_US, LONGEST_PERIOD_US)) this.isBroken = true;
  }

  /** Makes one burst of `durationMs`, 1 to LONGEST_BURST_MS, and leaves EN on. Returns how many pulses can have come out at most, once none can come any more. */
  async burst(durationMs: number): Promise<number> {
    this.leastPulses = 0;
    if (!isWhole(durationMs, 1, LONGEST_BURST_MS)) this.isBroken = true;
    if (this.isBroken || !this.hand.isHeld()) {
      this.cut();
      return 0;
    }
    const askedMs = ds.millis();
    this.pins.enable.setMode(ds.GPIOMode.OutputLow);
    this.isOn = true;
    this.beat();
    await ds.sleep(LEAD_SLEEP_MS);
    await this.server.playTone(this.periodUs, this.periodUs >> 1, durationMs);
    const sentMs = ds.millis();
    // The server begins in the next turn of the main loop: when the coils had no beat for so long, it finds EN off.
    if (sentMs - askedMs > STALE_PULSE_MS) this.cut();
    const turnMs = await this.watch(sentMs, durationMs);
    if (this.isOn) this.leastPulses = wholeQuotient(durationMs * 1000, this.periodUs);
    return mostPulses(durationMs + turnMs, this.periodUs);
  }

  /** EN goes off, HOLD_MS behind the last pulse. */
  async rest(): Promise<void> {
    if (this.isOn) {
      this.beat();
      await ds.sleep(HOLD_MS + 1);
    }
    this.cut();
  }

  /** Waits until a burst of `durationMs` is over for sure. Returns the longest turn of the main loop meanwhile, TURN_MS at least. */
  private async watch(sentMs: number, durationMs: number): Promise<number> {
    let turnMs = TURN_MS;
    let lastMs = sentMs;
    let beatMs = sentMs;
    // It begins a turn late at most, and ends a turn late at most.
    while (lastMs - sentMs <= durationMs + 2 * turnMs) {
      await ds.sleep(1);
      const nowMs = ds.millis();
      const gapMs = nowMs - lastMs;
      lastMs = nowMs;
      turnMs = Math.max(turnMs, gapMs + 1);
      if (gapMs > STALE_PULSE_MS) this.cut();
      if (!this.hand.isHeld()) this.cut();
      if (this.isOn)
        if (nowMs - beatMs >= BEAT_MS) {
          beatMs = nowMs;
          this.beat();
        }
    }
    return turnMs;
  }

  private beat(): void {
    const heartbeat = this.pins.heartbeat;
    heartbeat.setMode(ds.GPIOMode.OutputHigh);
    heartbeat.setMode(ds.GPIOMode.OutputLow);
  }

  private cut(): void {
    this.isOn = false;
    this.pins.enable.setMode(ds.GPIOMode.OutputHigh);
  }
}
