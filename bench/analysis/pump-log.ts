import { BadInput } from "../../config/bad-input";

/** Strokes of one line of the log: `count` of them, the first at `atS`, the last at `lastS`. */
export interface LoggedStrokes {
  readonly atS: number;
  readonly lastS: number;
  readonly count: number;
}

/** A bolus of the log. Times in s on the balance's axis. */
export interface LoggedBolus {
  readonly kind: string;
  readonly startS: number;
  /** When the pump said that it was over; start and duration as granted where the log ends before. */
  readonly endS: number;
  /** What was ordered of it in the end: less than granted where it was cut short. */
  readonly orderedUl: number;
}

/** An occlusion of the log. Times in s on the balance's axis. */
export interface LoggedOcclusion {
  readonly alarmS: number;
  /** When the sensor said that the line was free again. */
  readonly openS: number | undefined;
}

/** What the analysis wants to know of a pump's event log, on the balance's time axis. */
export interface PumpLog {
  readonly file: string;
  readonly strokes: readonly LoggedStrokes[];
  readonly boluses: readonly LoggedBolus[];
  readonly occlusions: readonly LoggedOcclusion[];
  /** Basal rates as they came into force. */
  readonly basal: readonly { readonly atS: number; readonly mlPerH: number }[];
  readonly notes: readonly string[];
}

interface Line {
  readonly atMs: number;
  readonly event: string;
  readonly [key: string]: unknown;
}

/**
 * Reads a pump's event log (NDJSON, as `minim run --log` and `minim bench record` write it). A last line that a loss of power cut off is
 * left out with a note. Throws {@link BadInput} with the line for anything else that is none.
 * @param offsetS the log's 0 on the balance's axis, in s
 */
export function readPumpLog(text: string, file: string, offsetS: number): PumpLog {
  const reader = new LogReader(offsetS);
  const notes: string[] = [];
  const lines = text.split("\n");
  lines.forEach((line, index) => {
    if (line.trim() === "") return;
    const entry = entryOf(line);
    if (entry !== undefined) reader.take(entry);
    else if (index === lines.length - 1) notes.push(`${file}:${index + 1}: the last line is cut off; it is left out`);
    else throw new BadInput(file, index + 1, 'this is no line of a pump\'s log, such as {"atMs":0,"event":"started"}');
  });
  return reader.finish(file, notes);
}

function entryOf(line: string): Line | undefined {
  try {
    const value = JSON.parse(line) as Line | null;
    return typeof value?.atMs === "number" && typeof value.event === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

interface OpenBolus {
  readonly kind: string;
  readonly startS: number;
  readonly durationS: number;
  readonly orderedUl: number;
}

const NL_PER_UL = 1000;
/** nL a day in one mL/h. */
const NL_PER_DAY = 24e6;

class LogReader {
  private readonly strokes: LoggedStrokes[] = [];
  private readonly boluses: LoggedBolus[] = [];
  private readonly occlusions: { alarmS: number; openS: number | undefined }[] = [];
  private readonly basal: { atS: number; mlPerH: number }[] = [];
  private readonly open = new Map<string, OpenBolus>();

  constructor(private readonly offsetS: number) {}

  take(entry: Line): void {
    const atS = this.axisS(entry.atMs);
    if (entry.event === "stroke" || entry.event === "strokes") {
      const count = numberOf(entry["count"]) ?? 1;
      this.strokes.push({ atS, lastS: this.axisS(numberOf(entry["lastAtMs"]) ?? entry.atMs), count });
    } else if (entry.event === "basalRate") {
      this.basal.push({ atS, mlPerH: (numberOf(entry["rateNlPerDay"]) ?? 0) / NL_PER_DAY });
    } else if (entry.event === "bolusGranted" || entry.event === "bolusEnded") this.bolus(entry, atS);
    else if (entry["alarm"] === "occlusion") this.occlusion(entry, atS);
  }

  private bolus(entry: Line, atS: number): void {
    const kind = wordOf(entry["bolus"]) ?? "bolus";
    const key = `${kind} ${numberOf(entry["id"]) ?? 0}`;
    if (entry.event === "bolusGranted") {
      this.open.set(key, {
        kind,
        startS: atS,
        durationS: (numberOf(entry["durationMs"]) ?? 0) / 1000,
        orderedUl: (numberOf(entry["volumeNl"]) ?? 0) / NL_PER_UL,
      });
      return;
    }
    const granted = this.open.get(key);
    if (granted === undefined) return;
    this.open.delete(key);
    const orderedNl = numberOf(entry["orderedNl"]);
    const orderedUl = orderedNl === undefined ? granted.orderedUl : orderedNl / NL_PER_UL;
    this.boluses.push({ kind, startS: granted.startS, endS: atS, orderedUl });
  }

  private occlusion(entry: Line, atS: number): void {
    if (entry.event === "alarmRaised") this.occlusions.push({ alarmS: atS, openS: undefined });
    const last = this.occlusions.at(-1);
    if (entry.event === "detected" && entry["present"] === 0 && last !== undefined) last.openS ??= atS;
  }

  private axisS(atMs: number): number {
    return atMs / 1000 + this.offsetS;
  }

  finish(file: string, notes: string[]): PumpLog {
    for (const { kind, startS, durationS, orderedUl } of this.open.values()) {
      this.boluses.push({ kind, startS, endS: startS + durationS, orderedUl });
      notes.push(`${file}: the log ends before the ${kind} bolus at ${(startS / 60).toFixed(1)} min does`);
    }
    this.boluses.sort((a, b) => a.startS - b.startS);
    return {
      file,
      strokes: this.strokes,
      boluses: this.boluses,
      occlusions: this.occlusions,
      basal: this.basal,
      notes,
    };
  }
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function wordOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
