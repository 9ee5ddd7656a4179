import * as ds from "@devicescript/core";
import type { DrivenPin, SensedPin } from "./driven-pin";
import { I2C_BUS } from "./i2c-bus";

/** From one look at the inputs to the next, in ms. */
export const LOOK_MS = 20;
/** The light changes this often, in ms. */
const BLINK_MS = 500;
/** A line is written when an input changes, and at least this often, in ms. */
const TELL_MS = 10000;
/** The supervisor chip is kicked this often, in ms. */
const KICK_MS = 60000;
/** A change of an analog input by less than this is noise, in thousandths of the converter's full scale. */
const NOISE = 20;

/** Addresses that a memory or a clock of `docs/boards/parts.md` may have, and how people write them. */
const ADDRESSES = [80, 81, 82, 83, 84, 85, 86, 87, 104];
const ADDRESS_NAMES = ["0x50", "0x51", "0x52", "0x53", "0x54", "0x55", "0x56", "0x57", "0x68"];

/** Who can be asked over I2C. */
export interface I2cProbe {
  /** Whether a chip acknowledges this address. */
  answers(address: number): boolean;
}

/** Asks by reading one byte, which changes nothing in a memory or a clock. */
export class BusProbe implements I2cProbe {
  private readonly byte = Buffer.alloc(1);

  answers(address: number): boolean {
    return I2C_BUS._i2cTransaction(address, null, this.byte) === 0;
  }
}

/**
 * A program for the first hours of a board: it reads every input and drives everything but the motor. EN is held off, STEP and DIR low, once
 * and for good: nothing below can change that, because no other line has these pins.
 *
 * The light blinks. While the button is down the buzzer sounds; a press gives one pulse on HEARTBEAT, so that the time of the one-shot can be
 * measured with the motor off. The console tells the levels and which chips answer on I2C.
 */
export class DryRun {
  private readonly names: string[] = [];
  private readonly inputs: SensedPin[] = [];
  private readonly told: number[] = [];
  private readonly analog: boolean[] = [];
  private button: SensedPin = null;
  private wasDown = false;
  private tellMs = 0;
  private blinkMs = 0;
  private kickMs = 0;
  private lit = false;

  /** `kick` may be null: not every board has it. */
  constructor(
    enable: DrivenPin,
    step: DrivenPin,
    dir: DrivenPin,
    private readonly heartbeat: DrivenPin,
    private readonly buzzer: DrivenPin,
    private readonly light: DrivenPin,
    private readonly kick: DrivenPin,
    private readonly probe: I2cProbe,
  ) {
    enable.setMode(ds.GPIOMode.OutputHigh);
    step.setMode(ds.GPIOMode.OutputLow);
    dir.setMode(ds.GPIOMode.OutputLow);
    heartbeat.setMode(ds.GPIOMode.OutputLow);
    buzzer.setMode(ds.GPIOMode.OutputLow);
    light.setMode(ds.GPIOMode.OutputLow);
    if (kick) kick.setMode(ds.GPIOMode.OutputLow);
  }

  /** One input more; the first is the button. A digital one gets the internal pull-up, where the chip has one. */
  watch(name: string, pin: SensedPin, isAnalog: boolean): void {
    pin.setMode(isAnalog ? ds.GPIOMode.AnalogIn : ds.GPIOMode.InputPullUp);
    if (this.inputs.length === 0) this.button = pin;
    this.names.push(name);
    this.inputs.push(pin);
    this.analog.push(isAnalog);
    this.told.push(-1);
  }

  /** Runs for good. */
  async run(): Promise<void> {
    console.log("dry run: EN is off, nothing moves");
    this.buzzer.setMode(ds.GPIOMode.OutputHigh);
    await ds.sleep(BLINK_MS);
    this.buzzer.setMode(ds.GPIOMode.OutputLow);
    while (this.button) {
      this.look(ds.millis());
      await ds.sleep(LOOK_MS);
    }
  }

  private look(nowMs: number): void {
    this.followButton();
    if (nowMs >= this.blinkMs) {
      this.blinkMs = nowMs + BLINK_MS;
      this.lit = !this.lit;
      this.light.setMode(this.lit ? ds.GPIOMode.OutputHigh : ds.GPIOMode.OutputLow);
    }
    if (nowMs >= this.kickMs) {
      this.kickMs = nowMs + KICK_MS;
      this.kickSupervisor();
      this.tellChips();
    }
    let isNews = nowMs >= this.tellMs;
    for (let i = 0; i < this.inputs.length; i++) if (this.hasChanged(i)) isNews = true;
    if (isNews) {
      this.tellMs = nowMs + TELL_MS;
      this.tellLevels();
    }
  }

  private followButton(): void {
    const isDown = this.button.value === 0;
    if (isDown === this.wasDown) return;
    this.wasDown = isDown;
    this.buzzer.setMode(isDown ? ds.GPIOMode.OutputHigh : ds.GPIOMode.OutputLow);
    if (isDown) pulse(this.heartbeat);
  }

  private kickSupervisor(): void {
    const kick = this.kick;
    if (!kick) return;
    pulse(kick);
    console.log("supervisor kicked");
  }

  /** Of a bus that is held low the first line stays the last: the Pico's firmware waits for good. */
  private tellChips(): void {
    console.log("asking on I2C");
    let text = "I2C:";
    for (let i = 0; i < ADDRESSES.length; i++) if (this.probe.answers(ADDRESSES[i])) text += " " + ADDRESS_NAMES[i];
    console.log(text === "I2C:" ? "I2C: nobody answers" : text);
  }

  private hasChanged(index: number): boolean {
    const change = Math.abs(this.level(index) - this.told[index]);
    return this.analog[index] ? change >= NOISE : change !== 0;
  }

  private tellLevels(): void {
    let text = "";
    for (let i = 0; i < this.inputs.length; i++) {
      this.told[i] = this.level(i);
      text += (i === 0 ? "" : ", ") + this.names[i] + " " + this.told[i];
    }
    console.log(text);
  }

  /** 0 or 1; of an analog input thousandths of the converter's full scale. */
  private level(index: number): number {
    const value = this.inputs[index].value;
    return this.analog[index] ? Math.round(value * 1000) : value;
  }
}

/** A pulse of some 40 us: enough for every logic chip. */
function pulse(pin: DrivenPin): void {
  pin.setMode(ds.GPIOMode.OutputHigh);
  pin.setMode(ds.GPIOMode.OutputLow);
}
