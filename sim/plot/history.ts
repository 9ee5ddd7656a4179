/** Volume that the strokes moved between two instants, spread evenly; `fromMs` = `toMs`: all at once. */
export interface Delivery {
  readonly fromMs: number;
  readonly toMs: number;
  /** Volume in nL; fractions are kept, since the picture needs no exactness below a stroke. */
  readonly volumeNl: number;
  /** The part above the prescribed basal while a bolus ran, in nL. */
  readonly bolusNl: number;
}

/** From one instant to another, or to the end of the run. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A judged request for a bolus, or one that the program gave; `answer` is `granted` or the word of the denial. */
export interface JudgedRequest {
  readonly atMs: number;
  readonly answer: string;
  /** A word of BolusKind; of a denied one it is not known. */
  readonly bolus?: string | undefined;
}

/** An alarm while it was active. */
export interface AlarmSpan extends Span {
  readonly alarm: string;
}

/** What a run's event log tells, in the form that the picture needs. */
export interface History {
  readonly deliveries: readonly Delivery[];
  /** As a person ordered it; also while the reservoir is empty. */
  readonly running: readonly Span[];
  /** Held at the minimum rate. */
  readonly held: readonly Span[];
  /** When the reservoir was filled, in ms. */
  readonly refillsMs: readonly number[];
  /** Running, but with an empty reservoir: nothing is delivered. */
  readonly empty: readonly Span[];
  readonly faults: readonly Span[];
  /** Without power, or starting. */
  readonly dark: readonly Span[];
  readonly requests: readonly JudgedRequest[];
  readonly alarms: readonly AlarmSpan[];
}
