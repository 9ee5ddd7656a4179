import { BadInput } from "../../config/bad-input";
import { checkoutRoot } from "../../toolchain/checkout";
import { BadUsage } from "../bad-usage";
import { BadFiles } from "../complaint";
import { ExitCode } from "../exit-code";
import { copyCheckout, removeCopy } from "../hazards/checkout-copy";
import { failuresBefore, runWithout } from "../hazards/removal-run";
import type { RemovalVerdict } from "../hazards/removal-run";
import { runVitest } from "../hazards/test-run";
import type { TestRunner } from "../hazards/test-run";
import { removalsOf, timesFound } from "../requirements/hazard-files";
import type { Hazard, HazardRemoval } from "../requirements/hazard-files";
import { HAZARDS_FILE, readHazards } from "../requirements/requirement-files";
import { outJson, painted } from "../terminal";
import type { Terminal } from "../terminal";

/** What ends a command from outside; the copy goes with it. */
const ENDING = ["SIGINT", "SIGTERM"] as const;

/** What the command works on; tests give their own. */
export interface HazardSetting {
  /** All hazards. */
  readonly hazards: readonly Hazard[];
  /** The checkout whose copy is spoilt. */
  readonly root: string;
  readonly run: TestRunner;
}

function thisCheckout(): HazardSetting {
  return { hazards: readHazards().hazards, root: checkoutRoot(), run: runVitest };
}

/** The hazards with these ids, in the table's order; all when there are none. Throws {@link BadUsage} for an id that is none. */
function chosen(hazards: readonly Hazard[], ids: readonly string[]): readonly Hazard[] {
  const known = hazards.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new BadUsage(`there is no hazard ${unknown}; ${HAZARDS_FILE} has ${known.join(", ")}`);
  return ids.length === 0 ? hazards : hazards.filter(({ id }) => ids.includes(id));
}

/** Throws when a removal would take nothing out, or not know what. */
function requireFound(removals: readonly HazardRemoval[], root: string): void {
  const problems = removals.flatMap(({ removal, hazards }) => {
    const times = timesFound(removal, root);
    if (times === 1) return [];
    const found = times < 0 ? "is not there" : `has the text to take out ${times} times; it must stand there once`;
    return [new BadInput(HAZARDS_FILE, 0, `${hazards.join(", ")}: ${removal.file} ${found}`)];
  });
  if (problems.length > 0) throw new BadFiles(problems);
}

/**
 * `npm run hazards`: takes each mitigation of the hazards with these ids (all when there are none) out of a temporary copy of the checkout and
 * expects the tests that it names to fail there. Ends with one line of JSON.
 */
export async function hazards(
  ids: readonly string[],
  terminal: Terminal,
  setting: HazardSetting = thisCheckout(),
): Promise<ExitCode> {
  const wanted = chosen(setting.hazards, ids);
  const removals = removalsOf(wanted);
  requireFound(removals, setting.root);
  const green: string[] = [];
  let failedBefore: string[];
  const copy = copyCheckout(setting.root);
  const interrupted = (signal: NodeJS.Signals): void => {
    removeCopy(copy);
    process.kill(process.pid, signal);
  };
  for (const signal of ENDING) process.once(signal, interrupted);
  try {
    failedBefore = await failuresBefore(copy, removals, setting.run);
    for (const test of failedBefore) terminal.out(`${painted(terminal, "red", "fails before")}  ${test}\n`);
    for (const one of removals) {
      const verdict = await runWithout(copy, one, setting.run);
      if (!verdict.isRed) green.push(`${one.hazards.join(", ")}: ${one.what}`);
      terminal.out(lineOf(one, verdict, terminal));
    }
  } finally {
    for (const signal of ENDING) process.removeListener(signal, interrupted);
    removeCopy(copy);
  }
  const red = removals.length - green.length;
  outJson(terminal, { kind: "hazards", removals: removals.length, red, green, failedBefore, ...unmet(wanted) });
  return green.length + failedBefore.length === 0 ? ExitCode.passed : ExitCode.checkFailed;
}

function lineOf({ hazards: ids, what, removal }: HazardRemoval, verdict: RemovalVerdict, terminal: Terminal): string {
  const word = verdict.isRed ? painted(terminal, "green", "red  ") : painted(terminal, "red", "GREEN");
  return `${word}  ${ids.join(", ")}  ${removal.file}: ${what} (${verdict.told})\n`;
}

/** Ids of hazards of which something is missing, and of those that no code here has to meet. */
function unmet(wanted: readonly Hazard[]): { todo: string[]; outside: string[] } {
  const withoutCode = wanted.filter(({ mitigations, todo }) => mitigations === undefined && todo === undefined);
  return {
    todo: wanted.filter(({ todo }) => todo !== undefined).map(({ id }) => id),
    outside: withoutCode.map(({ id }) => id),
  };
}
