import type { MassUnit } from "../../bench/balances/balance-answer";
import { EventRows } from "../../bench/record/event-rows";
import { unitOfRow } from "../../bench/record/known-unit";
import { LiveFigures } from "../../bench/record/live-figures";
import { RECORDING_FILES } from "../../bench/record/manifest";
import type { Manifest } from "../../bench/record/manifest";
import type { PumpLogFile } from "../../bench/record/node/pump-log-file";
import type { RawFile } from "../../bench/record/node/raw-file";
import { Recorder } from "../../bench/record/recorder";
import type { RecordingPlan } from "../../bench/record/recorder";
import type { Terminal } from "../terminal";
import type { FoundBalance } from "./record-balance";
import type { RecordedBench } from "./record-bench";
import type { RecordingFolder } from "./record-folder";
import { beginText, RecordingScreen, tellEnd } from "./record-output";
import type { PumpLines } from "./record-pump-lines";
import { listenForSignals } from "./record-signals";
import type { SignalWatch } from "./record-signals";

/** What a recording is run with. */
export interface RunSetup {
  readonly folder: RecordingFolder;
  readonly bench: RecordedBench;
  readonly found: FoundBalance;
  readonly manifest: Manifest;
  readonly pumpLines: PumpLines;
  readonly terminal: Terminal;
  readonly json: boolean;
}

/** From one writing of the manifest to the next, in rows: what is recorded since is not checked when it goes on. */
const ROWS_A_MANIFEST = 500;

/** How a recording ended. */
export interface RunEnd {
  /** That broke it off; undefined: it is whole. */
  readonly signal: NodeJS.Signals | undefined;
  /** Weights in it, those before a break included. */
  readonly samples: number;
}

/**
 * Records into the folder until the duration is over or a signal ends it. Throws `BadInput` for a folder that cannot be used or gone on
 * with, `OutputFailure` when the disk fails.
 */
export async function runRecording(setup: RunSetup): Promise<RunEnd> {
  const { folder, bench, found, manifest, pumpLines, terminal, json } = setup;
  folder.claim();
  const figures = new LiveFigures(manifest.intervalMs);
  const screen = new RecordingScreen(terminal, figures, manifest);
  let pumpLog: PumpLogFile | undefined;
  let raw: RawFile | undefined;
  let signals: SignalWatch | undefined;
  let unit: MassUnit | undefined = manifest.balance.unit ?? undefined;
  try {
    if (manifest.resumed === 0) folder.keep(manifest);
    const isSimulated = manifest.clock === "virtual";
    // What is simulated can be simulated again: only of a real balance each row has to survive a loss of power.
    raw = folder.openRaw(isSimulated ? "withSystem" : "onDisk", manifest.raw, (row) => {
      figures.add(row);
      unit = unitOfRow(row, found.protocol) ?? unit;
    });
    if (manifest.resumed > 0) keepManifest(setup, raw, false);
    pumpLog = bench.hasPumpLog ? folder.openPumpLog() : undefined;
    if (pumpLog !== undefined) pumpLines.writeTo(pumpLog);
    const rows = new EventRows(manifest.balance.identity ?? undefined, unit);
    const recorder = recorderOf(setup, await planOf(setup, raw), raw, figures, screen, rows);
    if (!json) terminal.out(beginText(manifest, folder.path));
    if (manifest.resumed > 0) recorder.note({ status: "resumed", raw: resumedWords(manifest) });
    const changed = found.unit === undefined ? undefined : rows.weighsIn(found.unit);
    if (changed !== undefined) {
      recorder.note({ status: "unitChanged", raw: changed });
      screen.tell(changed, recorder.elapsedMs() / 1000);
    }
    signals = listenForSignals(() => {
      recorder.stop();
      void found.weigher.close();
    });
    const complete = await recorder.run();
    const elapsedMs = Math.min(recorder.elapsedMs(), manifest.durationMs);
    screen.end();
    if (!complete) pumpLines.end();
    await found.weigher.close();
    await bench.close();
    pumpLog?.close();
    raw.close();
    const kept = keepManifest(setup, raw, complete, pumpLog);
    tellEnd({ manifest: kept, figures, elapsedMs, folder: folder.path }, terminal, json);
    return { signal: complete ? undefined : signals.received(), samples: figures.samples };
  } catch (error) {
    pumpLines.end();
    await found.weigher.close();
    throw folder.failureAt(RECORDING_FILES.raw, error);
  } finally {
    screen.end();
    signals?.end();
    folder.release();
  }
}

function recorderOf(
  setup: RunSetup,
  plan: RecordingPlan,
  raw: RawFile,
  figures: LiveFigures,
  screen: RecordingScreen,
  rows: EventRows,
): Recorder {
  const { bench, found, manifest } = setup;
  const startMs = Date.now() - bench.clock.nowMs();
  const recorder = new Recorder(
    {
      clock: bench.clock,
      weigher: found.weigher,
      rows,
      keep: async (row) => {
        await raw.append(row);
        figures.add(row);
        if (raw.rows() % ROWS_A_MANIFEST === 0) keepManifest(setup, raw, false);
      },
      tell: (words, elapsedS) => screen.tell(words, elapsedS),
      passed: (elapsedMs) => screen.passed(elapsedMs, found.weigher.isAway()),
      wallAheadMs: manifest.clock === "virtual" ? undefined : () => Date.now() - bench.clock.nowMs() - startMs,
    },
    bench.connection.takesQuestions ? plan : { ...plan, listensUntilMs: manifest.durationMs },
  );
  found.tellTo((event) => recorder.hear(event));
  return recorder;
}

/** Where it begins: at 0, or after the last reading of the raw file. A simulated bench is brought there in the same steps as before. */
async function planOf({ bench, manifest }: RunSetup, raw: RawFile): Promise<RecordingPlan> {
  const { intervalMs, durationMs, started, resumed } = manifest;
  const lastMs = raw.lastElapsedS === undefined ? undefined : Math.round(1000 * raw.lastElapsedS);
  if (started !== null) {
    const fromMs = Math.max(lastMs ?? 0, Date.now() - Date.parse(started));
    return { intervalMs, durationMs, fromMs, firstReading: resumed === 0 ? 0 : Math.ceil(fromMs / intervalMs) };
  }
  const firstReading = lastMs === undefined ? 0 : Math.floor(lastMs / intervalMs) + 1;
  for (let reading = 0; reading < firstReading; reading++) await bench.clock.waitUntil(reading * intervalMs);
  return { intervalMs, durationMs, fromMs: bench.clock.nowMs(), firstReading };
}

function keepManifest(
  { folder, manifest }: RunSetup,
  raw: RawFile,
  complete: boolean,
  pumpLog?: PumpLogFile,
): Manifest {
  const state = raw.state();
  const sha256 = complete ? state.soFarSha256 : null;
  const now: Manifest = {
    ...manifest,
    raw: { file: RECORDING_FILES.raw, ...state, sha256 },
    pumpLog: manifest.pumpLog && { ...manifest.pumpLog, sha256: complete ? (pumpLog?.sha256() ?? null) : null },
    complete,
  };
  folder.keep(now);
  return now;
}

function resumedWords({ started }: Manifest): string {
  return started === null
    ? "the recording goes on"
    : "the recording goes on; the time since the row before is the wall clock's";
}
