import * as ds from "@devicescript/core";
import type { PumpConfig } from "../../src/config";
import { StrokeVolume } from "../../src/motion/stroke";
import { wholeQuotient } from "../../src/units";
import type { DrivenPin, SensedPin } from "../driven-pin";
import type { PurgeLedger } from "./purge-ledger";
import { longestBurstMs, LOOP_MS, mostPulses, WATCHDOG_MS } from "./tone-stepper";
import type { DeadMansSwitch, ToneServer, ToneStepper } from "./tone-stepper";

/** From one look at the button to the next, in ms. */
const LOOK_MS = 20;
/** It counts as held, or as let go, when so many looks in a row have found it so. */
const LOOKS = 3;
/** The light changes this often while the program waits, in ms. */
const BLINK_MS = 500;
/** The supervisor chip is kicked this often, in ms. */
const KICK_MS = 60000;
/** The tone server of the own board is found within a second or two of the start; longer than this, in ms, and it is not there. */
const SERVER_PATIENCE_MS = 10000;
/** So long each time, in ms. */
const REST_MS = 100;

/** The board's button, to ground. */
export class PurgeButton implements DeadMansSwitch {
  constructor(private readonly pin: SensedPin) {
    pin.setMode(ds.GPIOMode.InputPullUp);
  }

  isHeld(): boolean {
    return this.pin.value === 0;
  }
}

/** Who shows and who is told that the program lives. */
export interface PurgeSigns {
  readonly light: DrivenPin;
  /** Leads to DONE of the supervisor; null: not every board has it. */
  readonly kick: DrivenPin;
}

/**
 * A program of its own that rinses or fills a line quickly: it moves fluid while the button is held and not longer, and never more than a given volume from
 * one start to the next, counted at the most that can have come out. It knows no therapy, and no order reaches it.
 *
 * The light blinks while it waits, is on while fluid moves, and stays off when there is nothing more to be had without a restart.
 */
export class Purge {
  private countedPulses = 0;
  private leastPulses = 0;
  private readonly pulsesPerStroke: number;
  private readonly stroke: StrokeVolume;
  private readonly allowedPulses: number;
  private blinkMs = 0;
  private kickMs = 0;
  private isLit = false;

  constructor(
    private readonly config: PumpConfig,
    private readonly stepper: ToneStepper,
    private readonly server: ToneServer,
    private readonly hand: DeadMansSwitch,
    private readonly ledger: PurgeLedger,
    private readonly signs: PurgeSigns,
    volumeNl: number,
  ) {
    this.stroke = new StrokeVolume(config);
    this.pulsesPerStroke = config.microsteps * config.fullStepsPerStroke;
    this.allowedPulses = this.stroke.wholeStrokesIn(volumeNl) * this.pulsesPerStroke;
    signs.light.setMode(ds.GPIOMode.OutputLow);
    const kick = signs.kick;
    if (kick) kick.setMode(ds.GPIOMode.OutputLow);
  }

  /** Runs until nothing may move any more. */
  async run(): Promise<void> {
    console.log(
      "purge: it moves fluid while the button is held; bench only, with nothing at the end of the line that matters",
    );
    let why = "";
    if (!(await this.ledger.open(this.config))) why = this.refusal();
    else if (!(await this.findServer())) why = "the tone server of the board does not answer";
    else if (this.ledger.isKept) console.log("the prescription is out of force; what is moved is booked in the ledger");
    else console.log("no ledger here: measure or fill the reservoir afterwards");
    if (why === "") {
      console.log("at most " + this.volumeUl(this.allowedPulses, true) + " uL; let go of the button, then hold it");
      while (why === "") {
        await this.untilButton(false);
        await this.untilButton(true);
        why = await this.move();
      }
    }
    this.signs.light.setMode(ds.GPIOMode.OutputLow);
    console.log("nothing moves any more: " + why);
    while (why !== "") {
      this.kickSupervisor();
      await ds.sleep(REST_MS);
    }
  }

  /** Moves until the button is let go. Returns why no more may be moved at all; "": it may. */
  private async move(): Promise<string> {
    let why = "";
    this.signs.light.setMode(ds.GPIOMode.OutputHigh);
    let goesOn = true;
    while (goesOn) {
      this.kickSupervisor();
      const burstMs = longestBurstMs(this.allowedPulses - this.countedPulses, this.stepper.periodUs);
      if (burstMs < 1) {
        why = "the volume is used up; a restart gives another";
        goesOn = false;
      } else if (!(await this.book(mostPulses(burstMs + WATCHDOG_MS + LOOP_MS, this.stepper.periodUs)))) {
        why = "the memory does not take the record";
        goesOn = false;
      } else {
        const pulses = await this.stepper.burst(burstMs);
        this.countedPulses += pulses;
        this.leastPulses += this.stepper.leastPulses;
        if (this.stepper.isBroken) why = "a burst was ordered that must not be";
        goesOn = this.stepper.isOn;
      }
    }
    await this.stepper.rest();
    if (!(await this.book(0))) why = "the memory does not take the record";
    this.signs.light.setMode(ds.GPIOMode.OutputLow);
    this.tell();
    return why;
  }

  private async book(reservedPulses: number): Promise<boolean> {
    return await this.ledger.book(this.countedPulses, this.leastPulses, reservedPulses);
  }

  private tell(): void {
    const least = this.volumeUl(this.leastPulses, false);
    const most = this.volumeUl(this.countedPulses, true);
    console.log("moved since the start: " + least + " to " + most + " uL");
  }

  private volumeUl(pulses: number, isUpper: boolean): number {
    const strokes = pulses / this.pulsesPerStroke;
    if (isUpper) return Math.ceil(this.stroke.volumeRoundedUpNl(Math.ceil(strokes)) / 1000);
    return wholeQuotient(this.stroke.volumeNl(Math.floor(strokes)), 1000);
  }

  private refusal(): string {
    const problem = this.ledger.problem;
    if (problem === 0) return "the memory that the pump file declares does not answer";
    return "the memory holds no ledger of this pump as it is described, problem " + problem;
  }

  private async findServer(): Promise<boolean> {
    for (let waitedMs = 0; waitedMs < SERVER_PATIENCE_MS; waitedMs += REST_MS) {
      if (this.server.isBound) return true;
      await ds.sleep(REST_MS);
    }
    return false;
  }

  /** Waits, blinking, until the button is held, or let go. */
  private async untilButton(isHeld: boolean): Promise<void> {
    let looks = 0;
    while (looks < LOOKS) {
      await ds.sleep(LOOK_MS);
      looks++;
      if (this.hand.isHeld() !== isHeld) looks = 0;
      this.kickSupervisor();
      const nowMs = ds.millis();
      if (nowMs >= this.blinkMs) {
        this.blinkMs = nowMs + BLINK_MS;
        this.isLit = !this.isLit;
        this.signs.light.setMode(this.isLit ? ds.GPIOMode.OutputHigh : ds.GPIOMode.OutputLow);
      }
    }
  }

  private kickSupervisor(): void {
    const kick = this.signs.kick;
    const nowMs = ds.millis();
    if (!kick || nowMs < this.kickMs) return;
    this.kickMs = nowMs + KICK_MS;
    kick.setMode(ds.GPIOMode.OutputHigh);
    kick.setMode(ds.GPIOMode.OutputLow);
  }
}
