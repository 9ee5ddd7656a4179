import { Option } from "commander";
import type { Command } from "commander";
import { parseDurationMs, parseVolumeNl } from "../../config/quantities";
import { parseDay, parseWallClock } from "../../sim/scenario/wall-clock";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import type { BolusOptions } from "./bolus";
import type { PrimeOptions } from "./prime";
import { PRIME_STEPS } from "./prime-steps";
import type { OrderOptions } from "./pump-options";
import type { RefillOptions } from "./refill-plan";
import { PLAIN_ORDERS } from "./plain-orders";
import type { PlainOrderName } from "./plain-orders";
import { REFILL_STEPS } from "./refill-steps";
import type { SetClockOptions } from "./set-clock";
import { optionOf, orderCommand } from "./shared-options";

const volume = optionOf((text: string) => parseVolumeNl(text, "zeroRefused"));
const anyVolume = optionOf((text: string) => parseVolumeNl(text, "zeroAllowed"));

/** Adds what orders something: therapy, boluses, prime, refill, alarms, clock. */
export function addOrders(pump: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  for (const [name, { about }] of Object.entries(PLAIN_ORDERS))
    orderCommand(pump, name, about).action(async (options: OrderOptions) =>
      done(await (await import("./therapy")).plainOrder(name as PlainOrderName, options, terminal)),
    );
  addBolus(pump, terminal, done);
  addPrime(pump, terminal, done);
  addRefill(pump, terminal, done);
  orderCommand(pump, "set-clock", "set the pump's clock to this machine's local time, or to another")
    .addOption(
      new Option("--to <time>", 'date and time of day, as "2026-03-01 08:00"').argParser(
        optionOf((text) => parseWallClock(text).wallMs),
      ),
    )
    .action(async (options: SetClockOptions) => done(await (await import("./set-clock")).setClock(options, terminal)));
}

function addBolus(pump: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  orderCommand(pump, "bolus", "order a bolus of a volume over a time, or ask for the patient's own")
    .argument("[volume]", 'as "30 uL"', volume)
    .addOption(
      new Option("--over <time>", 'how long it takes, as "10 min"').argParser(
        optionOf((text) => parseDurationMs(text, "zeroRefused")),
      ),
    )
    .option("--demand", "the demand bolus of the prescription, as the patient's button asks for it")
    .action(async (volumeNl: number | undefined, options: BolusOptions) =>
      done(await (await import("./bolus")).bolus(volumeNl, options, terminal)),
    );
}

function addPrime(pump: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  orderCommand(pump, "prime", "fill tubing and catheter; asked for, then confirmed by its volume")
    .argument("<volume>", 'as "0.2 mL"', volume)
    .addOption(new Option("--confirm <volume>", "the volume once more, where nobody is asked").argParser(volume))
    .addOption(new Option("--from <step>", "go on with a step; the one before it was answered").choices(PRIME_STEPS))
    .action(async (volumeNl: number, options: PrimeOptions) =>
      done(await (await import("./prime")).prime(volumeNl, options, terminal)),
    );
  orderCommand(pump, "line-empty", "tubing or catheter was changed: so much of the dead volume is without drug")
    .argument("<volume>", 'as "0.38 mL"', volume)
    .action(async (volumeNl: number, options: OrderOptions) =>
      done(await (await import("./prime")).lineEmpty(volumeNl, options, terminal)),
    );
}

function addRefill(pump: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  orderCommand(pump, "refill", "stop, measure the residual, acknowledge a difference, fill: asks for what is not given")
    .addOption(new Option("--residual <volume>", "what the reservoir held when it was emptied").argParser(anyVolume))
    .option("--acknowledge-difference", "a residual that differs by more than it may is known")
    .addOption(new Option("--volume <volume>", "what the reservoir holds now").argParser(volume))
    .addOption(
      new Option("--drug <drug>", 'name and concentration, as "morphine=10 mg/mL"; once for each').argParser(
        (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
      ),
    )
    .addOption(new Option("--expires <date>", "expiry date of the drug, as 2026-12-31").argParser(optionOf(parseDay)))
    .option("--no-expiry", "the drug has no date")
    .addOption(new Option("--from <step>", "go on with a step; those before it were answered").choices(REFILL_STEPS))
    .option("--other-build", "the pump runs another build than the pump file makes, with the same drug library")
    .action(async (options: RefillOptions) => done(await (await import("./refill")).refill(options, terminal)));
}
