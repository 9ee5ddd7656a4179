import { Option } from "commander";
import type { Command } from "commander";
import { readMassG, readPercent, readRateMlPerH, readVolumeMl } from "../../bench/quantities";
import { BENCH_PROFILE_NAMES } from "../../bench/simulated/bench-profile";
import { QuantityError } from "../../config/exact-decimal";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import type { PlanOptions } from "./plan";
import { profileName } from "./profile-option";
import { pulseOptions } from "./pulse-options";
import { quantityOption } from "./quantity-option";
import { analysisOptions } from "./shared-options";

const MORE = `
What nobody tells counts as 0 and is named at the end. Uncertainties are standard ones (k = 1), but for --uncertainty: U with k = 2.

  npx minim bench plan --rate "0.048 mL/day" --balance "0.1 mg"
  npx minim bench plan --rate "1 mL/day" --balance "0.01 mg" --evaporation "0.18 mg/h" --evaporation-uncertainty "0.02 mg/h"
  npx minim bench plan --rate "24 mL/day" --profile analytical

Exit code: 0, also when the wanted uncertainty is out of reach; 2 bad input.`;

/** What is known beforehand in the words of the analysis that comes after. */
const AS_IN_ANALYSIS = [
  "resolution",
  "balanceDrift",
  "balanceCalibration",
  "evaporation",
  "evaporationUncertainty",
  "density",
  "windows",
] as const;

/** Adds `minim bench plan`. */
export function addPlan(bench: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const quantity = (flags: string, what: string, read: (text: string) => number): Option =>
    new Option(flags, what).argParser(quantityOption(read));
  const command = bench
    .command("plan")
    .description("say how long a run must be, and what the balance can judge, before a day is wasted")
    .addOption(quantity("--rate <rate>", "what the pump will be set to", readRateMlPerH).makeOptionMandatory())
    .addOption(quantity("--balance <mass>", "repeatability s of one reading, as 0.1 mg", readMassG))
    .addOption(
      new Option("--profile <name>", `a simulated bench's data sheet in its place: ${BENCH_PROFILE_NAMES.join(", ")}`)
        .argParser(profileName)
        .conflicts("balance"),
    )
    .addOption(quantity("--uncertainty <share>", "wanted U (k = 2) of the mean flow", wantedShare).default(1, "1 %"))
    .addOption(quantity("--limit <share>", "largest flow error that is allowed", wantedShare).default(5, "5 %"))
    .addOption(quantity("--stroke <volume>", "smallest dose (default: a stroke of the pump file)", readVolumeMl))
    .addOption(
      new Option("--preset <name>", "volumetric or ambulatory (default: both)")
        .choices(["volumetric", "ambulatory"])
        .conflicts("windows"),
    )
    .option("--config <file>", "the pump file (default: devs.config.json)")
    .option("--json", "print one JSON object")
    .addHelpText("after", MORE);
  for (const option of [...analysisOptions(AS_IN_ANALYSIS), ...pulseOptions()]) command.addOption(option);
  command.action(async (options: PlanOptions) => done((await import("./plan")).plan(options, terminal)));
}

/** A share that something is divided by: above 0. */
function wantedShare(text: string): number {
  const value = readPercent(text);
  if (value > 0) return value;
  throw new QuantityError("it must be more than 0 %");
}
