import { Option } from "commander";
import type { Command } from "commander";
import { PROTOCOL_NAMES } from "../../bench/balances/protocols";
import { readRateMlPerH, readVolumeMl } from "../../bench/quantities";
import type { PlannedBolus } from "../../bench/record/manifest";
import { BENCH_PROFILE_NAMES } from "../../bench/simulated/bench-profile";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import { seedNumber } from "../seed-option";
import { profileName } from "./profile-option";
import { quantityOption } from "./quantity-option";
import { readConnectAddress } from "./record-address";
import type { RecordOptions } from "./record-command-line";
import {
  airPressure,
  baud,
  bolus,
  humidity,
  interval,
  protocolName,
  temperature,
  text,
  time,
} from "./record-option-values";

const MORE = `
Without --connect the pump, its plant and the balance are simulated and share a virtual clock: 26 h take seconds. With a real balance nothing drives the
pump: start it by hand, at the rate that --rate says (the link to a board comes later).

  npx minim bench record --out my-run
  npx minim bench report my-run
  npx minim bench record --out my-bolus --rate "4.8 mL/day" --duration "4 h" --bolus "30 uL at 2 h over 10 min"
  npx minim bench record --out run-7 --connect serial:/dev/ttyUSB0 --rate "1 mL/h" --duration "2 h" --operator "A. Technician"

Ctrl-C, a loss of power or kill -9 break it off; --resume takes it up again. What each line of balance.csv means: docs/bench-recording.md
Exit code: 0 recorded whole, 1 recorded whole but without one weight, 2 bad input (nothing was changed), 3 it could not be written, 130 on Ctrl-C.`;

/** Adds `minim bench record`. */
export function addRecord(bench: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const command = bench
    .command("record")
    .description(
      "weigh what a pump delivers, simulated or real, into a folder that `bench analyse` and `bench report` read",
    )
    .requiredOption("--out <folder>", "the folder of the recording; it must not hold one yet", text)
    .option("--resume", "go on with the recording in --out that was broken off, with its own settings")
    .option("--json", "print one JSON object at the end");
  addRun(command);
  addBalance(command);
  addSetUp(command);
  addSimulated(command);
  command
    .addHelpText("after", MORE)
    .action(async (options: RecordOptions) => done(await (await import("./record")).record(options, terminal)));
}

function addRun(command: Command): void {
  command
    .addOption(
      new Option("--rate <rate>", "what the pump is set to (simulated default: 24 mL/day)").argParser((written) => ({
        text: written.trim(),
        mlPerH: quantityOption(readRateMlPerH)(written),
      })),
    )
    .addOption(new Option("--duration <time>", "how long (default: 26 h)").argParser(time))
    .addOption(new Option("--interval <time>", "from one reading to the next (default: 30 s)").argParser(interval));
}

function addBalance(command: Command): void {
  command
    .addOption(
      new Option(
        "--connect <address>",
        "sim, serial:/dev/ttyUSB0, tcp:HOST:PORT, or replay:FILE of lines that were recorded before (default: sim)",
      ).argParser(readConnectAddress),
    )
    .addOption(
      new Option("--protocol <name>", `${PROTOCOL_NAMES.join(", ")} (default: mt-sics)`).argParser(protocolName),
    )
    .addOption(
      new Option("--unit <unit>", "sbi: what a weight is in that comes without its unit, as while it moves").choices([
        "g",
      ]),
    )
    .addOption(new Option("--baud <number>", "serial port: bits per second (default: 9600)").argParser(baud))
    .addOption(new Option("--data-bits <number>", "serial port (default: 8)").choices(["7", "8"]))
    .addOption(new Option("--parity <parity>", "serial port (default: none)").choices(["none", "even", "odd"]))
    .addOption(new Option("--stop-bits <number>", "serial port (default: 1)").choices(["1", "2"]))
    .addOption(new Option("--handshake <kind>", "serial port (default: none)").choices(["none", "xonxoff", "rtscts"]));
}

function addSetUp(command: Command): void {
  command
    .option("--operator <name>", "who does it", text)
    .option("--pump-serial <text>", "the pump's serial number", text)
    .option("--pump-model <text>", "the pump's model", text)
    .option("--firmware <text>", "the pump's firmware version", text)
    .option("--set <text>", "the infusion set and its lot", text)
    .option("--liquid <text>", "what is pumped", text)
    .addOption(new Option("--temperature <temperature>", 'of the liquid, as "21 C"').argParser(temperature))
    .addOption(new Option("--pressure <pressure>", 'of the air, as "1013 hPa"').argParser(airPressure))
    .addOption(new Option("--humidity <share>", 'of the air, as "50 %"').argParser(humidity))
    .option("--note <text>", "anything else", text);
}

function addSimulated(command: Command): void {
  command
    .option("--pump <pump>", "simulated: a pump file or the name of a pump (default: devs.config.json)", text)
    .addOption(
      new Option("--profile <name>", `simulated: ${BENCH_PROFILE_NAMES.join(", ")} (default: analytical)`).argParser(
        profileName,
      ),
    )
    .addOption(
      new Option("--seed <number>", "simulated: which balance of that kind, and which noise (default: 1)").argParser(
        seedNumber,
      ),
    )
    .addOption(
      new Option(
        "--set-volume <volume>",
        'simulated: what a revolution really gives, as "61.6 uL" (default: what the pump file says, a little wrong by the seed)',
      ).argParser(quantityOption(readVolumeMl)),
    )
    .addOption(
      new Option("--bolus <bolus>", 'simulated: "30 uL at 2 h over 10 min"; may be repeated').argParser(
        (written: string, before: readonly PlannedBolus[] | undefined) => [...(before ?? []), bolus(written)],
      ),
    );
}
