import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import type { Limit, ToldStretch } from "../../bench/analysis/flow-settings";
import { PRESETS } from "../../bench/analysis/presets";
import { MASS_COLUMN_UNITS, TIME_COLUMN_UNITS } from "../../bench/analysis/reading/told-columns";
import { readMassG, readMassRateGPerH, readPercent, readPressureHpa, readRateMlPerH } from "../../bench/quantities";
import { parseDurationMs, parseTemperatureDeciC, QuantityError } from "../../config/quantities";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import type { AnalyseOptions } from "./told-analysis";
import { quantityOption } from "./quantity-option";

export type { AnalysisOptions } from "./told-analysis";

const MORE = `
Without further options: the volumetric preset, density 0.998 g/mL, no correction. All corrections are off unless asked for.

  npx minim bench analyse run.csv --rate "1 mL/h"
  npx minim bench analyse run.csv --rate "24 mL/day" --analyse 2h:26h --balance "0.1 mg" --limit "5 % our own"
  npx minim bench analyse my-recording --blank blank-1.csv blank-2.csv --temperature "21 C" --buoyancy

Exit code: 1 only when the mean flow error is judged and beyond the limit; 0 otherwise; 2 bad input.`;

/** Adds `minim bench analyse`. */
export function addAnalyse(bench: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const command = bench
    .command("analyse")
    .description("work out flow error, start-up and trumpet curve of a weighed run")
    .argument("<file>", "a CSV file such as elapsed_s,mass_g, or the folder of a recording");
  addAnalysisOptions(command)
    .option("--json", "print one JSON object")
    .addHelpText("after", MORE)
    .action(async (file: string, options: AnalyseOptions) => {
      done(await (await import("./analyse")).analyse(file, options, terminal));
    });
}

/** Adds all options of `AnalysisOptions` to a command. */
export function addAnalysisOptions(command: Command): Command {
  const add = <T>(flags: string, what: string, read: (text: string) => T): void =>
    void command.addOption(new Option(flags, what).argParser(quantityOption(read)));
  const minutes = (text: string): number => parseDurationMs(text, "zeroRefused") / MS_PER_MIN;
  const seconds = (text: string): number => parseDurationMs(text) / 1000;
  add("--rate <rate>", "what the pump was set to; of a recording unless told", readRateMlPerH);
  command.addOption(
    new Option("--preset <name>", "how the stretch and its windows are chosen (default: volumetric)").choices(
      Object.keys(PRESETS),
    ),
  );
  add("--analyse <from:to>", "the analysed stretch since the start, as 2h:26h or 60min:end", stretch);
  add("--windows <lengths>", "observation windows, as 2,5,11 min", windowLengths);
  add("--interval <time>", "nominal sample interval: the step of the start-up curve", (text) => minutes(text) * 60);
  add("--start <time>", "when the pump was started, on the file's time axis (default: the first sample)", seconds);
  add("--limit <share>", 'largest mean flow error with its source, as "14.5 % SynchroMed II label"', limit);
  add("--balance <mass>", "repeatability s of one reading, as 0.1 mg (default: from second differences)", readMassG);
  add(
    "--resolution <mass>",
    "last place d of the balance: beside --balance its rounding, alone s is at least d/√12",
    readMassG,
  );
  add("--balance-drift <rate>", "uncertainty of the balance's zero, as 0.02 mg/h", readMassRateGPerH);
  add("--balance-calibration <share>", "uncertainty of its sensitivity, as 0.01 %", readPercent);
  command.addOption(new Option("--density <g/mL>", "density of the liquid (default: 0.998)").argParser(density));
  add("--evaporation <rate>", "loss to the air, added back, as 0.05 g/h", readMassRateGPerH);
  add("--evaporation-uncertainty <rate>", "standard uncertainty of that loss", readMassRateGPerH);
  command.option("--blank <file...>", "fit the loss from blank runs, the pump stopped");
  add("--temperature <temperature>", "of the water: its density by Tanaka's formula, as 21 C", temperatureC);
  command.option("--buoyancy", "take out the lift of the air (wants --temperature)");
  add("--pressure <pressure>", "of the air (default: 1013.25 hPa)", readPressureHpa);
  add("--humidity <share>", "of the air (default: 50 %)", humidity);
  command.option("--correct-all", "all corrections that a recording knows the numbers of");
  add("--cycle <time>", "dose cycle, for windows of whole cycles (default: from the pump's log)", minutes);
  add("--rollers <number>", "rollers of the pump head, for windows of whole roller passes", rollers);
  add("--strokes-per-revolution <number>", "strokes of the pump's log that make a revolution", strokes);
  add("--pulsation <share>", "what a roller takes of the flow, for the noise of boluses, as 20 %", readPercent);
  command.option("--pump-log <file>", "the pump's event log, for boluses and occlusions; of a recording unless told");
  add("--pump-log-start <time>", "the log's 0 on the file's time axis (default: its 0)", seconds);
  command.option("--time-column <name>", "header or number of the column of time");
  command.option("--mass-column <name>", "header or number of the column of mass");
  command.addOption(new Option("--time-unit <unit>", "unit of that column").choices(Object.keys(TIME_COLUMN_UNITS)));
  command.addOption(new Option("--mass-unit <unit>", "unit of that column").choices(Object.keys(MASS_COLUMN_UNITS)));
  return command;
}

const MS_PER_MIN = 60000;

/** `2h:26h`, `60min:end`; 0 needs no unit, and FROM may leave its unit to TO. */
function stretch(text: string): ToldStretch {
  const [from = "", to, ...others] = text.split(":");
  if (to === undefined || others.length > 0)
    throw new QuantityError("from and to are wanted with a colon between, as 2h:26h or 60min:end");
  const isEnd = to.trim() === "end";
  const unit = isEnd ? "" : (/[a-z]+$/.exec(to.trim())?.[0] ?? "");
  const fromMinutes = parseDurationMs(withUnit(from, unit === "" ? "min" : unit)) / MS_PER_MIN;
  const toMinutes = isEnd ? Infinity : parseDurationMs(to, "zeroRefused") / MS_PER_MIN;
  if (!(toMinutes > fromMinutes)) throw new QuantityError("it ends before it begins; as 2h:26h");
  return { fromMinutes, toMinutes };
}

/** `2,5,11 min`, or each with a unit of its own. */
function windowLengths(text: string): number[] {
  const unit = /[a-z]+\s*$/.exec(text)?.[0].trim() ?? "";
  return text.split(",").map((part) => parseDurationMs(withUnit(part, unit), "zeroRefused") / MS_PER_MIN);
}

function withUnit(text: string, unit: string): string {
  return /^\s*[0-9.]+\s*$/.test(text) ? `${text.trim()} ${unit}` : text;
}

/** `14.5 % SynchroMed II label`: the words after the share are its source. */
function limit(text: string): Limit {
  const [, share = "", source = ""] = /^\s*([0-9.]+\s*%)\s*(.*?)\s*$/.exec(text) ?? [];
  const percent = readPercent(share === "" ? text : share);
  if (!(percent > 0)) throw new QuantityError("a limit above 0 % is wanted, as 5 %");
  return { percent, source: source === "" ? "as told on the command line" : source };
}

function density(text: string): number {
  const value = Number(text.replace(/\s*g\/mL$/i, ""));
  if (text.trim() !== "" && value >= 0.5 && value <= 2) return value;
  throw new InvalidArgumentError("A density from 0.5 to 2 g/mL is wanted; water has 0.998.");
}

function rollers(text: string): number {
  if (/^([1-9]|1[0-2])$/.test(text.trim())) return Number(text);
  throw new QuantityError("a whole number of rollers from 1 to 12 is wanted");
}

function strokes(text: string): number {
  const value = Number(text);
  if (/^[0-9.]+$/.test(text) && value > 0 && value <= 1e6) return value;
  throw new QuantityError("a number of strokes above 0 is wanted, as 200");
}

function temperatureC(text: string): number {
  const value = parseTemperatureDeciC(text) / 10;
  if (value <= 40) return value;
  throw new QuantityError("a temperature from 0 to 40 °C is wanted, as 21 C");
}

function humidity(text: string): number {
  const value = readPercent(text);
  if (value <= 100) return value;
  throw new QuantityError("a humidity from 0 to 100 % is wanted");
}
