import { Option } from "commander";
import type { Command } from "commander";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import { addAnalysisOptions } from "./analyse-options";
import type { ReportOptions } from "./report";

const MORE = `
One HTML file that needs neither network nor script. For a PDF print it from the browser, on A4. Several recordings: one trumpet chart with all, then a
section for each; --rate and the other options then hold for all of them.

  npx minim bench record --out my-run
  npx minim bench report my-run --limit "14.5 % SynchroMed II label"
  npx minim bench report weighed.csv --rate "1 mL/h" --out weighed.html

Exit code: 1 when a mean flow error is judged and beyond the limit (the report is written all the same); 0 otherwise; 2 bad input; 3 it could not be
written.`;

/** Adds `minim bench report`. */
export function addReport(bench: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const command = bench
    .command("report")
    .description("write one HTML file about a recording, to print and sign")
    .argument("<recording...>", "folders of recordings, or CSV files with --rate")
    .addOption(new Option("--out <file>", "the report (default: report.html in the recording's folder)"))
    .addOption(new Option("--charts <folder>", "write each chart into this folder too, as SVG"));
  addAnalysisOptions(command)
    .option("--json", "print one JSON object")
    .addHelpText("after", MORE)
    .action(async (recordings: string[], options: ReportOptions) => {
      done(await (await import("./report")).report(recordings, options, terminal));
    });
}
