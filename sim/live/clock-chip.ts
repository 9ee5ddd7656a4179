import { MS_PER_DAY } from "../../src/units";

/** From 1970-01-01 to 2000-01-01, in ms: 10,957 days. */
const EPOCH_2000_MS = 10957 * MS_PER_DAY;

/** Wall time by the clock of this machine, in ms since 2000-01-01 (UTC). */
function machineWallMs(): number {
  return Date.now() - EPOCH_2000_MS;
}

/**
 * The simulated pump's clock chip, as a DS3231 on a board: it goes on while the pump has no power, and shows what the pump's clock was last
 * set to and what has passed since. It goes by the clock of the machine, and keeps by how much it is ahead of that.
 */
export class ClockChip {
  /** @param aheadMs `undefined`: it was never set. */
  constructor(
    public aheadMs: number | undefined = undefined,
    private readonly machineMs: () => number = machineWallMs,
  ) {}

  /** What it shows, in ms since 2000-01-01; `undefined`: it was never set. */
  get wallMs(): number | undefined {
    return this.aheadMs === undefined ? undefined : this.machineMs() + this.aheadMs;
  }

  /** The pump's clock was set to `wallMs`. */
  set(wallMs: number): void {
    this.aheadMs = wallMs - this.machineMs();
  }
}
