import type { PumpConfig } from "../../src/config";
import { StrokeVolume } from "../../src/motion/stroke";
import { MS_PER_DAY } from "../../src/units";
import { GivenStrokes } from "./given-strokes";
import type { Fluid, Ordered } from "./ordered";

/** What was given in every window, against the limits: the prescription's, the pump's own, and those of the drugs in 24 h. */
export class DoseRules {
  private given: GivenStrokes;
  private readonly stroke: StrokeVolume;
  private readonly hardStrokes: number;

  constructor(private readonly config: PumpConfig) {
    this.given = new GivenStrokes(config);
    this.stroke = new StrokeVolume(config);
    this.hardStrokes = this.stroke.wholeStrokesIn(config.maxWindowNl);
  }

  /** A stroke of `fluid` reaches the patient at powered time `atMs`. Returns what is wrong with it. */
  give(atMs: number, fluid: Fluid, { prescription }: Ordered): string | undefined {
    const { given, stroke, config } = this;
    given.add(atMs, fluid);
    const inHard = given.within(config.windowMs, atMs);
    if (inHard > this.hardStrokes)
      return `${inHard} strokes in ${config.windowMs} ms, ${this.hardStrokes} are the pump's limit`;
    if (prescription === undefined) return "a stroke without a prescription";
    const { windowMs, windowLimitNl } = prescription;
    const inWindow = given.within(windowMs, atMs);
    const most = stroke.wholeStrokesIn(windowLimitNl);
    if (inWindow > most) return `${inWindow} strokes in ${windowMs} ms, ${most} are prescribed`;
    const strokePl = stroke.plNumerator / stroke.plDenominator;
    for (const [drug, { hardDayNg }] of config.library.entries()) {
      if ((fluid[drug] ?? 0) === 0) continue;
      const massNg = (given.massWithin(MS_PER_DAY, atMs, drug) * strokePl) / 1000000;
      if (massNg > hardDayNg) return `${massNg.toFixed(0)} ng of drug ${drug} in 24 h, ${hardDayNg} are the limit`;
    }
    return undefined;
  }

  /** One of its own that has seen the same. */
  fork(): DoseRules {
    const copy = new DoseRules(this.config);
    copy.given = this.given.fork(this.config);
    return copy;
  }
}
