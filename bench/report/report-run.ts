import type { FlowAnalysis } from "../analysis/flow-analysis";
import type { Manifest } from "../record/manifest";

/** One recording of a report. */
export interface ReportRun {
  readonly analysis: FlowAnalysis;
  /** What it was recorded with; undefined for a CSV from elsewhere. */
  readonly manifest: Manifest | undefined;
  /** The raw file's name as it is printed. */
  readonly rawFile: string;
  /** Rows of the raw file below its header: by the manifest, or as many samples as were read. */
  readonly rawRows: number;
}

/** What a report says of itself. */
export interface ReportMaker {
  /** When it was made, as people write it, with the time zone: `2026-11-22 16:05 UTC+01:00`. */
  readonly made: string;
  /** `Minim 0.1.0`. */
  readonly program: string;
}

/** How a run is called where several stand side by side: `A`, `B`... */
export function runLetter(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

/** More recordings than this cannot be told apart in one chart. */
export const MOST_RUNS = 12;
