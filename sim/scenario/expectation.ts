import type { Moment } from "./moment";

/** How far a volume may lie from the one that is expected, either way. */
export type Tolerance = { readonly strokes: number } | { readonly volumeNl: number };

/** A part of the run, both ends included. An end that was left out is the run's own. */
export interface Span {
  readonly from: Moment | undefined;
  readonly to: Moment | undefined;
}

/** What a scenario expects, by the word that it is about. */
export type Expected =
  | { readonly about: "request"; readonly name: string; readonly is: string }
  | { readonly about: "delivered"; readonly at: Moment; readonly volumeNl: number; readonly within: Tolerance }
  | { readonly about: "reservoir"; readonly at: Moment; readonly volumeNl: number; readonly within: Tolerance }
  | { readonly about: "occurs"; readonly event: string; readonly span: Span; readonly times: number | undefined }
  | { readonly about: "never"; readonly event: string; readonly span: Span }
  | { readonly about: "alarm"; readonly alarm: string; readonly at: Moment | undefined; readonly span: Span }
  | { readonly about: "state"; readonly at: Moment; readonly state: string };

/** One entry of `expect`. */
export interface Expectation {
  readonly line: number;
  /** The entry as it was written, in one line. */
  readonly text: string;
  readonly expected: Expected;
}
