import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RECORDING_FILES } from "../../bench/record/manifest";
import type { Manifest } from "../../bench/record/manifest";
import { BadInput } from "../../config/bad-input";
import { checkoutRoot } from "../../toolchain/checkout";
import { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import { readConnectAddress } from "./record-address";
import { findBalance } from "./record-balance";
import { recordedBench, replayOf } from "./record-bench";
import { RecordingFolder } from "./record-folder";
import { beginManifest, resumeManifest } from "./record-manifest";
import type { RecordOptions } from "./record-command-line";
import { PumpLines } from "./record-pump-lines";
import { runRecording } from "./record-run";
import type { RunEnd } from "./record-run";
import { newSettings, resumedSettings } from "./record-settings";
import type { RecordSettings } from "./record-settings";
import { endBySignal } from "./record-signals";

/** `minim bench record`: weighs what a pump delivers into a folder, or goes on with that. */
export async function record(options: RecordOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = new RecordingFolder(options.out);
  const before = options.resume === true && folder.isBegun() ? folder.manifest() : undefined;
  if (before === undefined) folder.requireFree();
  const settings = before === undefined ? begin(options) : resumedSettings(options, before, folder.path);
  if (before !== undefined) requireResumable(before, folder);
  if (before?.complete === true) {
    folder.requireUnchanged(before);
    terminal.err(`${folder.path}: the recording is complete; there is nothing to go on with\n`);
    return ExitCode.passed;
  }
  const { signal, samples } = await onBench(folder, settings, before, options.json === true, terminal);
  if (signal !== undefined) return endBySignal(signal);
  if (samples > 0) return ExitCode.passed;
  terminal.err(noWeightWords(folder.path, settings.balance));
  return ExitCode.checkFailed;
}

function begin(options: RecordOptions): RecordSettings {
  const { connect } = options;
  return newSettings(options, connect?.kind === "replay" ? replayOf(connect).durationMs() : undefined);
}

function requireResumable({ balance }: Manifest, folder: RecordingFolder): void {
  if (balance.address.startsWith("replay:"))
    throw new BadInput(folder.path, 0, "--resume: replay the file again, into another folder; it takes seconds");
}

/** Sets the bench up and finds its balance; only then the folder is touched. */
async function onBench(
  folder: RecordingFolder,
  settings: RecordSettings,
  before: Manifest | undefined,
  json: boolean,
  terminal: Terminal,
): Promise<RunEnd> {
  const pumpLines = new PumpLines();
  const address = readConnectAddress(settings.balance.address);
  const bench = await recordedBench(address, settings, version(), (line) => pumpLines.add(line));
  try {
    const found = await findBalance(bench, settings);
    const { identity } = found;
    const manifest =
      before === undefined ? beginManifest(settings, bench, identity, new Date()) : resumeManifest(before, identity);
    return await runRecording({ folder, bench, found, manifest, pumpLines, terminal, json });
  } finally {
    pumpLines.end();
    await bench.close();
  }
}

function noWeightWords(folder: string, { address, protocol }: RecordSettings["balance"]): string {
  const isReplay = address.startsWith("replay:");
  const hint = isReplay
    ? "; a file of times and masses is none of a balance's lines: give it to `minim bench analyse`"
    : "";
  return `${folder}: the recording holds no weight: no line was one in the protocol ${protocol} (--protocol); the column status of ${RECORDING_FILES.raw} says what came${hint}\n`;
}

function version(): string {
  const text = readFileSync(join(checkoutRoot(), "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
