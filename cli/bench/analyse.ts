import { ExitCode } from "../exit-code";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";
import type { AnalyseOptions } from "./told-analysis";
import { flowReport } from "./analyse-report";
import { analyseNamed } from "./analyse-run";

/** `minim bench analyse`: flow error, start-up and trumpet curve of a weighed run. */
export async function analyse(file: string, options: AnalyseOptions, terminal: Terminal): Promise<ExitCode> {
  const { analysis } = await analyseNamed(file, options);
  if (options.json === true) outJson(terminal, { kind: "flowAnalysis", ...analysis });
  else terminal.out(flowReport(analysis, terminal));
  return analysis.verdict === "fail" ? ExitCode.checkFailed : ExitCode.passed;
}
