import { formatDuration, formatRate, formatVolume } from "../../config/quantities";
import { StrokeVolume } from "../../src/motion/stroke";
import { MS_PER_DAY } from "../../src/units";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import type { ConnectedPump } from "./connected-pump";
import { pause } from "../../link/timers";
import { ProgressLine } from "./progress-line";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import type { PumpOptions } from "./pump-options";
import { withPump } from "./with-pump";

/** The options of `minim pump calibrate`. */
export interface CalibrateOptions extends PumpOptions {
  /** How long is counted, in ms; left out: until Enter. */
  readonly for?: number;
}

/** What the pump had counted at an instant. */
interface Count {
  readonly strokes: number;
  readonly coreMs: number;
}

/** While a stretch is counted the pump is asked so often, in ms. */
const LOOK_EVERY_MS = 1000;

/** Fewer revolutions than this weigh the phase of the rollers too much. */
const FEW_REVOLUTIONS = 10;

/**
 * `minim pump calibrate`: counts what the pump moves between two instants, for a weighed run of `minim bench calibrate`. A calibration itself is a number
 * of devs.config.json, built into the program: over the link none is changed.
 */
export function calibrate(
  options: CalibrateOptions,
  terminal: Terminal,
  host: PumpHost = thisPumpHost(),
): Promise<ExitCode> {
  if (options.for === undefined && (!host.isInteractive || options.json === true))
    throw new BadUsage('nobody can be asked here: say how long is counted, for example --for "10 min"');
  return withPump(options, terminal, host, async (pump) => {
    const first = await count(pump);
    const { for: forMs } = options;
    if (forMs === undefined)
      await host.ask(`At ${first.strokes} strokes. Weigh, and press Enter at the end of the stretch: `, terminal);
    else await wait(pump, first, forMs);
    tell(pump, first, await count(pump));
    return ExitCode.passed;
  });
}

async function count({ link }: ConnectedPump): Promise<Count> {
  const { coreMs } = await link.state();
  return { strokes: (await link.totals()).strokes, coreMs };
}

async function wait(pump: ConnectedPump, first: Count, forMs: number): Promise<void> {
  const progress = new ProgressLine(pump.terminal);
  try {
    for (;;) {
      const { strokes, coreMs } = await count(pump);
      const leftMs = forMs - (coreMs - first.coreMs);
      if (leftMs <= 0) return;
      progress.show(`${strokes - first.strokes} strokes, ${formatDuration(Math.ceil(leftMs / 1000) * 1000)} to go ...`);
      await pause(pump.host.timers, Math.min(LOOK_EVERY_MS, leftMs));
    }
  } finally {
    progress.end();
  }
}

function tell(pump: ConnectedPump, first: Count, last: Count): void {
  const { config, file } = pump.named;
  const strokes = last.strokes - first.strokes;
  const durationMs = last.coreMs - first.coreMs;
  const revolutions = (strokes * config.fullStepsPerStroke) / config.fullStepsPerRevolution;
  const volumeNl = new StrokeVolume(config).volumeNl(strokes);
  const rateNlPerDay = durationMs === 0 ? 0 : Math.round((volumeNl * MS_PER_DAY) / durationMs);
  pump.json({ kind: "calibrationStretch", strokes, revolutions, volumeNl, durationMs, rateNlPerDay });
  pump.say(
    `${strokes} strokes, ${revolutions} revolutions in ${formatDuration(durationMs)}: ${formatVolume(volumeNl)} as ${file} counts, ${formatRate(rateNlPerDay)}`,
  );
  if (strokes === 0) return pump.say("The pump did not move: start therapy, or a bolus, before the stretch.");
  if (revolutions < FEW_REVOLUTIONS)
    pump.warn(`take ${FEW_REVOLUTIONS} whole revolutions or more: within one the flow pulses by the roller`);
  pump.say(`
A line for a table of weighed runs, with the mass that came out:
  run,rate,strokes,mass
  run-1,${formatRate(rateNlPerDay).replace("µ", "u")},${strokes},... g
Three runs or more give the volume per revolution, and write it to ${file}:
  npx minim bench calibrate runs.csv --write
The pump has it when it is flashed again: npx minim flash`);
}
