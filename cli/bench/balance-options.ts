import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { readRateMlPerH } from "../../bench/quantities";
import { BALANCE_FAULTS } from "../../bench/simulated/balance-faults";
import type { BalanceFault } from "../../bench/simulated/balance-faults";
import { BENCH_PROFILE_NAMES } from "../../bench/simulated/bench-profile";
import { didYouMean } from "../../config/nearest-word";
import { parseDurationMs } from "../../config/quantities";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import type { BalanceOptions } from "./balance";
import { seedNumber } from "../seed-option";
import { profileName } from "./profile-option";
import { quantityOption } from "./quantity-option";

const HIGHEST_PORT = 65535;
const FASTEST = 3600;

const MORE = `
Ends with Ctrl-C. A speed above 1 lets pump, drift and evaporation run faster: seen from outside, a pump of that much higher rate.

  npx minim bench balance --tcp 4305
  npx minim bench record --out my-run --connect tcp:127.0.0.1:4305 --rate "24 mL/day" --duration "10 min" --interval "5 s"`;

/** Adds `minim bench balance`. */
export function addBalance(bench: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  bench
    .command("balance")
    .description("serve a simulated balance, with a simulated pump on it, that speaks MT-SICS in real time")
    .addOption(
      new Option("--tcp <port>", "listen on this TCP port of this machine; 0: one that is free").argParser(port),
    )
    .option("--pty", "give a simulated serial port (Linux, needs the command script)")
    .addOption(
      new Option("--rate <rate>", "what the simulated pump delivers")
        .default(1, "24 mL/day")
        .argParser(quantityOption(readRateMlPerH)),
    )
    .addOption(
      new Option("--profile <name>", `balance, vessel and room: ${BENCH_PROFILE_NAMES.join(", ")}`)
        .default("analytical")
        .argParser(profileName),
    )
    .addOption(
      new Option("--seed <number>", "which instrument of that kind, and which noise").default(1).argParser(seedNumber),
    )
    .addOption(new Option("--speed <times>", "times real time").default(1).argParser(speed))
    .option("--pump <pump>", "a pump file or the name of a pump (default: devs.config.json)")
    .addOption(
      new Option(
        "--fault <kind:from:until>",
        `what goes wrong with the line (${BALANCE_FAULTS.join(", ")}); may be repeated`,
      )
        .default([], "none")
        .argParser((text: string, before: readonly BalanceFault[]) => [...before, fault(text)]),
    )
    .option("--json", "print one JSON object when it listens")
    .addHelpText("after", MORE)
    .action(async (options: BalanceOptions) => done(await (await import("./balance")).balance(options, terminal)));
}

function port(text: string): number {
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && value <= HIGHEST_PORT) return value;
  throw new InvalidArgumentError(`A port from 0 to ${HIGHEST_PORT} is wanted, for example 4305.`);
}

function speed(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 1 && value <= FASTEST) return value;
  throw new InvalidArgumentError(`A number from 1 to ${FASTEST} is wanted.`);
}

function fault(text: string): BalanceFault {
  const [word = "", from, until, ...rest] = text.split(":");
  const kind = BALANCE_FAULTS.find((known) => known === word);
  if (kind === undefined)
    throw new InvalidArgumentError(`The faults are ${BALANCE_FAULTS.join(", ")}${didYouMean(word, BALANCE_FAULTS)}`);
  const wanted = `Say when it begins and ends: ${kind}:10min:12min.`;
  if (from === undefined || until === undefined || rest.length > 0) throw new InvalidArgumentError(wanted);
  const duration = quantityOption(parseDurationMs);
  const [fromMs, untilMs] = [duration(from), duration(until)];
  if (untilMs > fromMs) return { kind, fromMs, untilMs };
  throw new InvalidArgumentError(wanted);
}
