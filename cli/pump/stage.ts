import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { severityOf } from "../../src/prescription/problem";
import type { PrescriptionFault } from "../../src/prescription/problem";
import { digestOf } from "../../src/prescription/digest";
import type { Entry } from "../../link/entries";
import type { PumpReport } from "../../sim/interrogation/report";
import { ExitCode } from "../exit-code";
import { painted } from "../terminal";
import type { Terminal } from "../terminal";
import { commandLine } from "./ask-again";
import { confirmStaged } from "./confirm";
import type { ConfirmOptions, StagedPrescription } from "./confirm";
import type { ConnectedPump } from "./connected-pump";
import { digestText } from "./digest-text";
import { readWholeReport } from "./interrogation";
import { readNamedPump } from "./named-pump";
import { pumpProblemText, readPrescriptionFile } from "./prescription-file";
import type { PrescriptionFile } from "./prescription-file";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import { openSession } from "./pump-session";
import { sideBySide } from "./side-by-side";
import { withNamedPump } from "./with-pump";
import { BadAnswer } from "../../link/link-errors";

/** The options of `minim pump stage`: with a digest it is confirmed too. */
export interface StageOptions extends ConfirmOptions {
  /** The pump runs another build than the pump file makes, with the same drug library. */
  readonly otherBuild?: true;
}

/**
 * `minim pump stage`: a prescription of a file is judged here, staged, judged by the pump, read back and shown beside the one in force; then it is confirmed
 * by its digest, or waits for that.
 */
export function stage(
  file: string,
  options: StageOptions,
  terminal: Terminal,
  host: PumpHost = thisPumpHost(),
): Promise<ExitCode> {
  const prescription = readPrescriptionFile(file, readNamedPump(host.root, options.config));
  return withNamedPump(options, terminal, host, async (pump) => {
    await openSession(pump);
    const { numbers } = prescription;
    const digest = digestOf(numbers);
    const given = await pump.give({
      order: { kind: EventKind.stage, id: digest },
      name: `stage ${digestText(digest)}`,
      words: ["stage", file],
      // Staging once more is the same again: what was lost is not asked for.
      commandId: undefined,
      send: (sendOptions) => pump.link.stage(numbers, sendOptions),
    });
    const problems = problemTexts(given.entries, numbers, pump);
    const staged = given.entries.find(({ code }) => code === Number(JournalCode.staged));
    if (!given.isDone || staged === undefined) {
      for (const text of problems) terminal.err(`  ${text}\n`);
      return ExitCode.checkFailed;
    }
    const told: StagedPrescription = { digest, softLimits: staged.b, largeChanges: staged.c };
    pump.way.stagedNumbers?.keep(numbers);
    await show(pump, prescription, told, problems);
    if (options.digest !== undefined || pump.canAsk) return confirmStaged(pump, told, options);
    pump.say(`\nIt is not in force yet. To confirm it:\n  ${confirmLine(pump, told)}`);
    return ExitCode.passed;
  });
}

/** What the pump itself has to say about it. */
function problemTexts(entries: readonly Entry[], numbers: readonly number[], pump: ConnectedPump): string[] {
  return entries
    .filter(({ code }) => code === Number(JournalCode.problem))
    .map(({ a, b, c, d }) => {
      const fault = a as PrescriptionFault;
      const problem = { fault, severity: severityOf(fault), given: b, limit: c, at: d };
      return pumpProblemText(problem, numbers, pump.named);
    });
}

/** Reads back what is staged and shows it beside what is in force. */
async function show(
  pump: ConnectedPump,
  { soft, warnings, file }: PrescriptionFile,
  staged: StagedPrescription,
  problems: readonly string[],
): Promise<void> {
  const { prescription }: PumpReport = await readWholeReport(pump);
  const { softLimits, largeChanges } = staged;
  const digest = digestText(staged.digest);
  if (prescription.stagedDigest !== digest)
    throw new BadAnswer(
      `the pump has staged ${prescription.stagedDigest ?? "nothing"}, not ${digest}: another client is at work`,
    );
  pump.json({
    kind: "staged",
    file,
    digest,
    softLimits,
    largeChanges,
    soft,
    warnings,
    problems,
    difference: prescription.difference,
    inForce: prescription.inForce,
    staged: prescription.staged,
  });
  const { terminal } = pump;
  pump.say(`\n${painted(terminal, "bold", `Staged, digest ${digest}`)}, beside the one in force:`);
  if (!pump.isJson) terminal.out(sideBySide(prescription.difference, !prescription.isInForce, terminal));
  for (const text of soft) pump.say(`  ${painted(terminal, "yellow", "soft limit:")} ${text}`);
  for (const text of warnings) pump.say(`  ${painted(terminal, "yellow", "note:")} ${text}`);
  if (largeChanges > 0)
    pump.say(
      `  ${painted(terminal, "yellow", prescription.isInForce ? `${largeChanges} ${largeChanges === 1 ? "amount changes" : "amounts change"} more than 3-fold, are new or were 0 (<<)` : "none is in force: every amount is new (<<)")}`,
    );
}

/** The command that confirms what is staged. */
function confirmLine(pump: ConnectedPump, { digest, softLimits, largeChanges }: StagedPrescription): string {
  const words = ["confirm", "--digest", digestText(digest)];
  if (softLimits > 0) words.push("--override-soft");
  if (largeChanges > 0) words.push("--large-changes");
  return commandLine(words, pump.options);
}
