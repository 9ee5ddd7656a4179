import { Option } from "commander";
import type { Command } from "commander";
import { readAcceptedChange } from "../../bench/calibration/volume-change";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import type { CalibrateOptions } from "./calibrate-settings";
import { pulseOptions } from "./pulse-options";
import { quantityOption } from "./quantity-option";
import { analysisOptions } from "./shared-options";

const MORE = `
A run is a folder of \`minim bench record\`, or a row of a table (CSV or YAML): rate, revolutions or strokes moved, mass or volume that came,
and where it is known its standard uncertainty (k = 1). Take whole revolutions, 10 or more:

  run,rate,revolutions,mass,uncertainty
  fast-1,24 mL/day,400,23.912 g,0.1 mg
  fast-2,24 mL/day,400,23.898 g,0.1 mg
  slow-1,6 mL/day,100,5.981 g,0.1 mg

A recording of a real balance has no log of the pump; count the revolutions, from its first to its last sample:

  recording,revolutions
  runs/cal-fast-1,400

  npx minim bench calibrate runs.csv
  npx minim bench calibrate runs/cal-* --exclude runs/cal-slow-2 --write

Exit code: 0 a calibration; 1 it is none (r² below 0.99, 95 % interval wider than 5 %, a bend beyond 2 %), or somebody said no: nothing was written; 2 bad input, also
fewer than 3 runs, no flow, an empty file. A single rate is a warning.`;

/** What is said of recordings in the words of an analysis. */
const ABOUT_RUNS = [
  "analyse",
  "correctAll",
  "density",
  "temperature",
  "buoyancy",
  "pressure",
  "humidity",
  "evaporation",
  "evaporationUncertainty",
  "balance",
  "resolution",
  "balanceDrift",
  "balanceCalibration",
] as const;

/** Adds `minim bench calibrate`. */
export function addCalibrate(bench: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const command = bench
    .command("calibrate")
    .description("work out the volume per revolution from several weighed runs, and write it when told to")
    .argument("<runs...>", "folders of recordings, tables of runs (.csv, .yaml)");
  command
    .option("--config <file>", "the pump file (default: devs.config.json)")
    .addOption(
      new Option("--exclude <run>", "leave a run out; may be repeated")
        .default([], "none")
        .argParser((text: string, before: readonly string[]) => [...before, text]),
    );
  command.option("--mixed", "take runs of different pumps, sets or simulated heads together");
  for (const option of [...analysisOptions(ABOUT_RUNS), ...pulseOptions()]) command.addOption(option);
  command
    .option("--write", "write the new value to the pump file, after asking")
    .option("--yes", "do not ask; a change beyond 10 % still wants --accept-change")
    .addOption(
      new Option("--accept-change <change>", "the change as it was shown, for one beyond 10 %").argParser(
        quantityOption(readAcceptedChange),
      ),
    )
    .addOption(
      new Option(
        "--accept-bend <size>",
        "take a value though rates or an intercept are off the line, as shown",
      ).argParser(quantityOption(readAcceptedChange)),
    )
    .option("--accept-serial <number>", "write to the file of another pump: the serial number of the runs")
    .option("--simulated", "write the value of simulated runs")
    .option("--json", "print one JSON object, and never ask")
    .addHelpText("after", MORE)
    .action(async (runs: string[], options: CalibrateOptions) => {
      done(await (await import("./calibrate")).calibrate(runs, options, terminal));
    });
}
