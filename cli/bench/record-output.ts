import type { LiveFigures } from "../../bench/record/live-figures";
import { RECORDING_FILES } from "../../bench/record/manifest";
import type { Manifest } from "../../bench/record/manifest";
import { formatDuration } from "../../config/duration";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";

const REWRITE_EVERY_MS = 100;
const ERASE_LINE = "\r\u001b[K";

/** What the person at the bench sees while it records: one line that is rewritten, and what happens. On stderr; the line only on a terminal. */
export class RecordingScreen {
  private nextMs = 0;
  private isShown = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly figures: LiveFigures,
    private readonly plan: Pick<Manifest, "rateMlPerH" | "durationMs">,
  ) {}

  /** The due time `elapsedMs` has passed, with or without a balance. */
  passed(elapsedMs: number, isAway: boolean): void {
    if (!this.terminal.showsProgress || performance.now() < this.nextMs) return;
    this.nextMs = performance.now() + REWRITE_EVERY_MS;
    this.isShown = true;
    const { durationMs } = this.plan;
    const line = [
      `${seconds(elapsedMs)} of ${formatDuration(durationMs)}${isAway ? ": NO BALANCE" : ""}`,
      massText(this.figures),
      flowText(this.figures, this.plan.rateMlPerH),
      `${this.figures.samples} readings`,
      `${this.figures.gapsUntil(elapsedMs)} gaps`,
      `${seconds(durationMs - elapsedMs)} left`,
    ].join(", ");
    this.terminal.err(`${ERASE_LINE}${line.slice(0, this.terminal.width - 1)}`);
  }

  /** Something happened at `elapsedS`. */
  tell(words: string, elapsedS: number): void {
    this.end();
    this.terminal.err(`${seconds(1000 * elapsedS)}: ${words}\n`);
  }

  /** Removes the line. */
  end(): void {
    if (this.isShown) this.terminal.err(ERASE_LINE);
    this.isShown = false;
  }
}

/** What is said before it begins. */
export function beginText(manifest: Manifest, folder: string): string {
  const { balance, durationMs, intervalMs, rate, simulated } = manifest;
  const who = balance.identity ?? "a balance that does not say who it is";
  const how =
    simulated === null
      ? `start the pump by hand${rate === null ? "" : ` at ${rate}`}; nothing drives it from here`
      : `simulated, on a virtual clock: pump at ${rate ?? ""}, time passes as fast as this machine goes`;
  return (
    `recording ${who} at ${balance.address} into ${folder}\n` +
    `${formatDuration(durationMs)}, a reading each ${formatDuration(intervalMs)}; ${manifest.clock === "virtual" && simulated === null ? "a file is replayed" : how}\n`
  );
}

/** A recording as it ended. */
export interface EndedRecording {
  readonly manifest: Manifest;
  readonly figures: LiveFigures;
  readonly elapsedMs: number;
  readonly folder: string;
}

/** What is said at the end; with `json` as one object of the kind `recording`. */
export function tellEnd(ended: EndedRecording, terminal: Terminal, json: boolean): void {
  if (json) {
    outJson(terminal, endObject(ended));
    return;
  }
  const { manifest, figures, elapsedMs, folder } = ended;
  const { raw, pumpLog, complete, clock } = manifest;
  const files = [raw.file, RECORDING_FILES.manifest, ...(pumpLog === null ? [] : [pumpLog.file])];
  terminal.out(
    `${complete ? "recorded" : "broken off after"} ${figures.samples} readings in ${seconds(elapsedMs)}, ${figures.gapsUntil(elapsedMs)} gaps (${clock} clock)\n` +
      `  ${massText(figures)}, ${flowText(figures, manifest.rateMlPerH)}\n` +
      `  ${folder}: ${files.join(", ")}${raw.sha256 === null ? "" : `\n  SHA-256 of ${raw.file}: ${raw.sha256}`}\n` +
      nextStep(ended),
  );
}

function nextStep({ manifest, figures, folder }: EndedRecording): string {
  if (manifest.complete) return figures.samples === 0 ? "" : `next: npx minim bench report ${quoted(folder)}\n`;
  if (manifest.balance.address.startsWith("replay:"))
    return "a replay is not gone on with: begin it again in another folder\n";
  return `go on with: npx minim bench record --out ${quoted(folder)} --resume\n`;
}

function endObject({ manifest, figures, elapsedMs, folder }: EndedRecording): object {
  const { raw, pumpLog, complete, clock, rateMlPerH, balance, resumed } = manifest;
  return {
    kind: "recording",
    folder,
    complete,
    clock,
    rateMlPerH,
    samples: figures.samples,
    rows: raw.rows,
    gaps: figures.gapsUntil(elapsedMs),
    elapsedS: elapsedMs / 1000,
    gainedG: figures.gainedG() ?? null,
    flowMlPerH: figures.flowMlPerH() ?? null,
    balance: balance.identity,
    resumed,
    raw: { file: raw.file, bytes: raw.bytes, sha256: raw.sha256 },
    pumpLog: pumpLog?.file ?? null,
  };
}

function massText(figures: LiveFigures): string {
  const gainedG = figures.gainedG();
  return figures.lastMassG === undefined
    ? "no weight yet"
    : `${figures.lastMassG} g${gainedG === undefined ? "" : ` (${gainedG.toFixed(4)} g more)`}`;
}

function flowText(figures: LiveFigures, rateMlPerH: number | null): string {
  const flow = figures.flowMlPerH();
  if (flow === undefined) return "no flow yet";
  const shown = `about ${flow.toPrecision(4)} mL/h`;
  if (rateMlPerH === null) return shown;
  const percent = 100 * (flow / rateMlPerH - 1);
  return `${shown} (${percent < 0 ? "" : "+"}${percent.toFixed(1)} % of ${Number(rateMlPerH.toPrecision(6))} mL/h)`;
}

function seconds(ms: number): string {
  return formatDuration(Math.max(0, Math.floor(ms / 1000) * 1000));
}

function quoted(folder: string): string {
  return /^[A-Za-z0-9_./-]+$/.test(folder) ? folder : `'${folder.replace(/'/g, `'\\''`)}'`;
}
