import { protocolNamed } from "../../bench/balances/protocols";
import type { Manifest, PlannedBolus } from "../../bench/record/manifest";
import { formatDuration } from "../../config/duration";
import { BadUsage } from "../bad-usage";
import { MOST_LIQUID_C } from "./record-option-values";

/** Range of the formula for the density of water (Tanaka, Metrologia 38 (2001) 301), in °C. */
const MOST_WATER_C = 40;

/** What decides whether a recording can be made. */
type LimitedSettings = Pick<Manifest, "intervalMs" | "durationMs" | "temperatureC" | "liquid" | "simulated"> & {
  readonly balance: Pick<Manifest["balance"], "address" | "protocol">;
};

/** Throws `BadUsage` with what would be right for settings with which no recording can be made, or one that means nothing. */
export function requirePossible(settings: LimitedSettings): void {
  const { intervalMs, durationMs, balance, simulated } = settings;
  if (durationMs < intervalMs && !balance.address.startsWith("replay:"))
    throw new BadUsage(
      `--duration ${formatDuration(durationMs)} is shorter than one interval of ${formatDuration(intervalMs)}`,
    );
  const pauseMs = protocolNamed(balance.protocol)?.pauseMs ?? 0;
  if (intervalMs <= pauseMs)
    throw new BadUsage(`--interval: ${balance.protocol} wants more than ${pauseMs} ms from one question to the next`);
  if (simulated !== null) requireBoluses(simulated.boluses, durationMs);
  requireLiquidTemperature(settings);
}

/** Water is taken as water in the analysis, whose density is known from 0 to 40 °C; so is a liquid that nobody told. */
function requireLiquidTemperature({ temperatureC, liquid }: LimitedSettings): void {
  const isWater = liquid === null || /\bwater\b/i.test(liquid);
  if (temperatureC === null || !isWater || temperatureC <= MOST_WATER_C) return;
  throw new BadUsage(
    `--temperature ${temperatureC} °C: water is recorded at 0 to ${MOST_WATER_C} °C; for another liquid, to ${MOST_LIQUID_C} °C, say which (--liquid)`,
  );
}

/** A bolus that the recording does not see, or that the pump denies because another is under way, would be missing without a word. */
function requireBoluses(boluses: readonly PlannedBolus[], durationMs: number): void {
  let before: PlannedBolus | undefined;
  for (const bolus of [...boluses].sort((a, b) => a.atMs - b.atMs)) {
    const { atMs, overMs } = bolus;
    const name = `--bolus at ${formatDuration(atMs)} over ${formatDuration(overMs)}`;
    if (atMs + overMs > durationMs)
      throw new BadUsage(`${name}: the recording ends before it, at ${formatDuration(durationMs)} (--duration)`);
    const freeMs = before === undefined ? 0 : before.atMs + before.overMs;
    if (atMs < freeMs)
      throw new BadUsage(
        `${name}: the bolus before it lasts until ${formatDuration(freeMs)}; the pump gives one at a time`,
      );
    before = bolus;
  }
}
