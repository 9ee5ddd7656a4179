import type { FaultyLine } from "./balance-faults";
import type { BalanceDisplay, WeighingDisplay } from "./simulated-bench";

/** What a simulated balance is put together from. */
export interface MtSicsSetup {
  readonly display: WeighingDisplay;
  readonly line: FaultyLine;
  /** Time since the start, in ms. */
  readonly nowMs: () => number;
  /** Takes what the balance says, one character a byte. */
  readonly send: (text: string) => void;
  /** How long `S`, `T` and `Z` wait for a stable weight, in ms; 0: when there is none now, the answer is that it cannot be done. */
  readonly patienceMs: number;
}

/** A line longer than this is no command, in characters. */
const LONGEST_COMMAND = 100;
/** Characters of a weight without its unit, right-aligned. */
const WEIGHT_WIDTH = 10;
const VERSION = "1.00";
/** `SR` tells a change of at least so many steps of the display; what real balances take when nothing is said. */
const CHANGE_STEPS = 30;

/** What waits for a stable weight. */
interface Waiting {
  readonly untilMs: number;
  readonly then: (shown: BalanceDisplay) => void;
  readonly tooLate: () => void;
}

type Repeating = { readonly kind: "always" } | { readonly kind: "onChange"; lastG: number; isOwed: boolean };

/**
 * A balance that understands MT-SICS: level 0 (`@ I0-I4 S SI SIR Z ZI`) and of level 1 `SR T TI TAC`, beside `I5 I10 I11`. Commands are upper
 * case and end with CR LF. Modelled on Mettler Toledo's reference manual of the interface; see docs/bench-simulated.md for what differs.
 */
export class MtSicsBalance {
  private readonly commands: Readonly<Record<string, () => void>> = {
    "@": () => this.cancel(),
    I0: () => this.list(),
    I1: () => this.say('I1 A "01" "2.30" "2.22"'),
    I2: () => this.say(`I2 A "${this.setup.display.model} MINIM simulator ${this.capacityText()} g"`),
    I3: () => this.say(`I3 A "${VERSION}"`),
    I4: () => this.identify(),
    I5: () => this.say('I5 A "MINIM-SIM"'),
    I10: () => this.say('I10 A "simulated balance"'),
    I11: () => this.say(`I11 A "${this.setup.display.model}"`),
    S: () => this.whenStable("S", (shown) => this.weight("S S", shown)),
    SI: () => this.weightNow("S"),
    SIR: () => this.repeat({ kind: "always" }),
    SR: () => this.whenStable("S", (shown) => this.onChange(shown)),
    T: () => this.whenStable("T", (shown) => this.tare("T S", shown)),
    TI: () => this.atOnce("T", (shown) => this.tare(shown.isStable ? "TI S" : "TI D", shown)),
    TAC: () => this.clearTare(),
    Z: () => this.whenStable("Z", () => this.zero("Z A")),
    ZI: () => this.atOnce("ZI", (shown) => this.zero(shown.isStable ? "ZI S" : "ZI D")),
  };
  private received = "";
  private waiting: Waiting | undefined;
  private repeating: Repeating | undefined;

  constructor(private readonly setup: MtSicsSetup) {}

  /** Takes what arrives, one character a byte, in pieces of any size. */
  receive(text: string): void {
    if (this.setup.line.isUnplugged) return;
    this.received += text;
    const lines = this.received.split("\n");
    this.received = lines.pop() ?? "";
    if (this.received.length > LONGEST_COMMAND) {
      this.received = "";
      this.say("ES");
    }
    for (const line of lines) this.obey(line.replace(/\r$/, ""));
  }

  /** Time has passed: repeats what is to be repeated, and answers what waited for a stable weight. */
  passed(): void {
    const { waiting, repeating } = this;
    const shown = this.setup.display.display();
    if (waiting !== undefined && (shown.isStable || this.setup.nowMs() >= waiting.untilMs)) {
      this.waiting = undefined;
      if (shown.isStable) waiting.then(shown);
      else waiting.tooLate();
    }
    if (repeating?.kind === "always") this.weightNow("S");
    if (repeating?.kind === "onChange") this.tellChange(repeating, shown);
  }

  private obey(command: string): void {
    const known = Object.hasOwn(this.commands, command) ? this.commands[command] : undefined;
    if (known === undefined) {
      this.say("ES");
      return;
    }
    // Any other weighing command ends what was repeated or waited.
    if (/^[STZ@]/.test(command)) {
      this.repeating = undefined;
      this.waiting = undefined;
    }
    known();
  }

  private say(line: string): void {
    const arriving = this.setup.line.arriving(`${line}\r\n`);
    if (arriving !== "") this.setup.send(arriving);
  }

  private cancel(): void {
    this.setup.display.clearTare();
    this.identify();
  }

  private identify(): void {
    this.say(`I4 A "${this.setup.display.serial}"`);
  }

  private capacityText(): string {
    return this.setup.display.textOf(this.setup.display.capacityG);
  }

  private list(): void {
    const names = Object.keys(this.commands);
    const level = (name: string): number => (/^(SR|T|TI|TAC)$/.test(name) ? 1 : /^I(5|10|11)$/.test(name) ? 2 : 0);
    names.forEach((name, n) => this.say(`I0 ${n === names.length - 1 ? "A" : "B"} ${level(name)} "${name}"`));
  }

  /** Does `then` with a weight that is there now; says that it cannot when the load is out of range. */
  private atOnce(word: string, then: (shown: BalanceDisplay) => void): void {
    const shown = this.setup.display.display();
    if (shown.isOverload) this.say(`${word} +`);
    else if (shown.isUnderload) this.say(`${word} -`);
    else then(shown);
  }

  private whenStable(word: string, then: (shown: BalanceDisplay) => void): void {
    this.atOnce(word, (shown) => {
      const { patienceMs, nowMs } = this.setup;
      if (shown.isStable) then(shown);
      else if (patienceMs === 0) this.say(`${word} I`);
      else
        this.waiting = {
          untilMs: nowMs() + patienceMs,
          then: () => this.atOnce(word, then),
          tooLate: () => this.say(`${word} I`),
        };
    });
  }

  private weightNow(word: string): void {
    this.atOnce(word, (shown) => this.weight(`${word} ${shown.isStable ? "S" : "D"}`, shown));
  }

  private weight(words: string, { massG, text }: Pick<BalanceDisplay, "massG" | "text">): void {
    const [value, unit] = this.setup.line.inUnit(massG, text);
    this.say(`${words} ${value.padStart(WEIGHT_WIDTH)} ${unit}`);
  }

  private repeat(repeating: Repeating): void {
    this.repeating = repeating;
    this.weightNow("S");
  }

  private onChange(shown: BalanceDisplay): void {
    this.repeating = { kind: "onChange", lastG: shown.massG, isOwed: false };
    this.weight("S S", shown);
  }

  /** A change is told at once, and once more when it has come to rest. */
  private tellChange(repeating: Extract<Repeating, { kind: "onChange" }>, shown: BalanceDisplay): void {
    const isNew = Math.abs(shown.massG - repeating.lastG) >= CHANGE_STEPS * this.setup.display.resolutionG;
    if (!isNew && !(repeating.isOwed && shown.isStable)) return;
    repeating.lastG = shown.massG;
    repeating.isOwed = !shown.isStable;
    this.weightNow("S");
  }

  private tare(words: string, shown: BalanceDisplay): void {
    const { display } = this.setup;
    const massG = display.tare();
    this.weight(words, { ...shown, massG, text: display.textOf(massG) });
  }

  private clearTare(): void {
    this.setup.display.clearTare();
    this.say("TAC A");
  }

  private zero(words: string): void {
    this.setup.display.zero();
    this.say(words);
  }
}
