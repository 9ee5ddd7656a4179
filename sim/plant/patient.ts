import { Random } from "../random/random";

/** What every behaviour says. Times in ms of plant time. */
interface Presses {
  /** Line of the scenario. */
  readonly line: number;
  readonly fromMs: number;
  /** No press after this. */
  readonly untilMs: number;
  /** Contacts that one press makes; 1: the key does not bounce. */
  readonly contacts: number;
}

/** Presses by habit: about every so often, whatever the pump answers. */
export interface HabitPresses extends Presses {
  readonly presses: "byHabit";
  readonly everyMs: number;
  /** Most that a press comes earlier or later, any time in it as likely; at most half of `everyMs`. */
  readonly spreadMs: number;
}

/** Presses by need: the longer the last granted bolus is past, the sooner. */
export interface NeedPresses extends Presses {
  readonly presses: "byNeed";
  /** Mean time from a granted bolus to the next press. */
  readonly meanMs: number;
}

/** What a patient does with the button. */
export type PressBehaviour = HabitPresses | NeedPresses;

/** A press: when each of its contacts reaches the pump. */
export interface Press {
  readonly line: number;
  readonly contactsMs: readonly number[];
}

/** Contacts of a bouncing key lie so far apart, in ms; a dry switch bounces for some ms to some tens of ms. */
const BOUNCE_MS = [2, 20] as const;

const UNIT = 2 ** 32;

/** The hazard of need rises for ten mean times, in units of l = 2 mean / sqrt(pi); then it stays. */
const RISES_FOR = 5 * Math.sqrt(Math.PI);

/** Integral of the hazard up to `time`, in units of l. */
function needAt(time: number): number {
  return time <= RISES_FOR ? time * time : RISES_FOR * (2 * time - RISES_FOR);
}

/** The inverse of {@link needAt}. */
function timeOfNeed(need: number): number {
  return need <= RISES_FOR * RISES_FOR ? Math.sqrt(need) : (need / RISES_FOR + RISES_FOR) / 2;
}

/**
 * A patient at the button, one behaviour:
 *
 *     by habit   press k at from + k every + u,  u uniform from -spread to +spread; contacts of a press 2 to 20 ms apart
 *     by need    hazard of a press h(t) = 2 t / l^2, t the time since the last granted bolus (or `from`), l = 2 mean / sqrt(pi):
 *                the first press after it is Weibull of shape 2, F(t) = 1 - exp(-(t / l)^2); one that is refused changes nothing, so
 *                that presses come ever faster until one is granted; after ten means the hazard rises no more
 *
 * A source of presses that is hard on lockout and limits, not of patients: hazard and spread are assumptions, and what a drug does to a person
 * is not modelled. All is drawn from one seed (xorshift128), by inversion.
 */
export class PressSource {
  private readonly random: Random;
  private nextPressMs: number;
  /** By habit: how many intervals have passed. By need: when need began to rise. */
  private beats = 0;
  private needSinceMs: number;

  /** @param seed a whole number from 0 to 2^32 - 1 */
  constructor(
    private readonly behaviour: PressBehaviour,
    seed: number,
  ) {
    this.random = new Random(seed);
    this.needSinceMs = behaviour.fromMs;
    this.nextPressMs = this.following(behaviour.fromMs);
  }

  /** When the next press comes; Infinity: none does. */
  nextMs(): number {
    return this.nextPressMs <= this.behaviour.untilMs ? this.nextPressMs : Infinity;
  }

  /** The press of {@link nextMs} is made. */
  press(): Press {
    const contactsMs = [this.nextPressMs];
    for (let n = 1; n < this.behaviour.contacts; n++)
      contactsMs.push((contactsMs[n - 1] ?? 0) + this.random.integer(...BOUNCE_MS));
    this.nextPressMs = Math.max(this.following(this.nextPressMs), (contactsMs.at(-1) ?? 0) + 1);
    return { line: this.behaviour.line, contactsMs };
  }

  /** A demand bolus was granted at `atMs`. */
  granted(atMs: number): void {
    if (this.behaviour.presses === "byHabit") return;
    this.needSinceMs = Math.max(atMs, this.behaviour.fromMs);
    this.nextPressMs = Math.max(atMs + 1, this.following(this.needSinceMs));
  }

  /** The press after one at `pressMs`, in whole ms. */
  private following(pressMs: number): number {
    const { behaviour } = this;
    if (behaviour.presses === "byHabit") {
      const { fromMs, everyMs, spreadMs } = behaviour;
      this.beats++;
      return fromMs + this.beats * everyMs + this.random.integer(-spreadMs, spreadMs);
    }
    const scaleMs = (2 * behaviour.meanMs) / Math.sqrt(Math.PI);
    const drawn = -Math.log(this.random.integer(1, UNIT) / UNIT);
    const need = needAt((pressMs - this.needSinceMs) / scaleMs) + drawn;
    return this.needSinceMs + Math.ceil(scaleMs * timeOfNeed(need));
  }
}

/** All that a patient does, from the run's seed: behaviour n draws from a source of its own. */
export class Patient {
  private readonly sources: readonly PressSource[];

  constructor(behaviours: readonly PressBehaviour[], seed: number) {
    const seeds = new Random(seed);
    this.sources = behaviours.map((one) => new PressSource(one, seeds.integer(0, UNIT - 1)));
  }

  /** When the next press comes; Infinity: none does. */
  nextMs(): number {
    let nextMs = Infinity;
    for (const source of this.sources) nextMs = Math.min(nextMs, source.nextMs());
    return nextMs;
  }

  /** The presses that come until `atMs`, in order of time, those of one instant in the order of the behaviours. */
  pressesUntil(atMs: number): Press[] {
    const presses: Press[] = [];
    for (let nextMs = this.nextMs(); nextMs <= atMs; nextMs = this.nextMs()) {
      const source = this.sources.find((one) => one.nextMs() === nextMs);
      if (source !== undefined) presses.push(source.press());
    }
    return presses;
  }

  /** A demand bolus was granted at `atMs`. */
  granted(atMs: number): void {
    for (const source of this.sources) source.granted(atMs);
  }
}
