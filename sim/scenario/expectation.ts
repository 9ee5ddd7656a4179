import type { ReportValue } from "../interrogation/report-value";
import type { Moment } from "./moment";

/** How far a volume may lie from the one that is expected, either way. */
export type Tolerance = { readonly strokes: number } | { readonly volumeNl: number };

/** A part of the run, both ends included. An end that was left out is the run's own. */
export interface Span {
  readonly from: Moment | undefined;
  readonly to: Moment | undefined;
}

/** Fields that a line of the log must have, by their keys. */
export type WantedFields = Readonly<Record<string, number | string>>;

/** What a scenario expects, by the word that it is about. */
export type Expected =
  | { readonly about: "request"; readonly name: string; readonly is: string }
  | { readonly about: "delivered"; readonly at: Moment; readonly volumeNl: number; readonly within: Tolerance }
  | { readonly about: "reservoir"; readonly at: Moment; readonly volumeNl: number; readonly within: Tolerance }
  | { readonly about: "outlet"; readonly at: Moment; readonly volumeNl: number; readonly within: Tolerance }
  | { readonly about: "pressure"; readonly at: Moment; readonly kpa: number; readonly withinKpa: number }
  | {
      readonly about: "tip";
      readonly at: Moment;
      /** Its place in the library. */
      readonly drug: number;
      readonly ngPerUl: number;
      readonly withinNgPerUl: number;
    }
  | { readonly about: "charge"; readonly at: Moment; readonly percent: number; readonly withinPercent: number }
  | { readonly about: "rate"; readonly at: Moment; readonly nlPerDay: number; readonly withinNlPerDay: number }
  | {
      readonly about: "occurs";
      readonly event: string;
      readonly fields: WantedFields;
      readonly span: Span;
      readonly times: number | undefined;
    }
  | { readonly about: "never"; readonly event: string; readonly fields: WantedFields; readonly span: Span }
  | { readonly about: "alarm"; readonly alarm: string; readonly at: Moment | undefined; readonly span: Span }
  | { readonly about: "signal"; readonly at: Moment; readonly signal: string; readonly silenced: boolean | undefined }
  | { readonly about: "state"; readonly at: Moment; readonly state: string }
  | {
      readonly about: "report";
      readonly name: string;
      readonly field: string;
      readonly is: ReportValue;
      readonly within: number;
    };

/** One entry of `expect`. */
export interface Expectation {
  readonly line: number;
  /** The entry as it was written, in one line. */
  readonly text: string;
  readonly expected: Expected;
}
