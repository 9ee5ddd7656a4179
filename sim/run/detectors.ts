import type { PumpConfig } from "../../src/config";
import { EventKind, Sensor } from "../../src/events";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { MS_PER_HOUR } from "../../src/units";
import { plainInput } from "../engines/engine";
import type { EngineInput } from "../engines/engine";
import type { Battery } from "../plant/battery";
import type { FluidPath } from "../plant/fluid-path";
import type { PlannedInput } from "../scenario/scenario";

/** Called when something of the plant reaches the pump at `atMs`. */
export type Arises = (input: PlannedInput, atMs: number) => void;

/** How often the battery is looked at, in ms. */
const GAUGE_MS = MS_PER_HOUR;

/** Something of the plant that reaches the pump. @param text what it is, in the words of a scenario */
export function arisen(text: string, input: EngineInput): PlannedInput {
  return { line: 0, text, at: { text: "0 s", from: undefined, offsetMs: 0 }, input, name: undefined };
}

/**
 * What tells the pump of the plant: the pressure switch, the detector of air, the gauge of the battery. Each speaks when what it sees has
 * changed, and again when the pump has started.
 */
export class Detectors {
  private toldOccluded = false;
  private toldAir = false;
  private toldPercent = Infinity;
  private gaugeMs = 0;

  constructor(
    private readonly config: PumpConfig,
    private readonly path: FluidPath,
    private readonly battery: Battery | undefined,
    /** Strokes that the motor was given until then. */
    private readonly strokesUntil: (atMs: number) => number,
    private readonly arises: Arises,
  ) {}

  /** When something may reach the pump although no stroke is made, in ms; Infinity: nothing does. */
  nextMs(): number {
    return Math.min(this.path.nextMs(), this.battery === undefined ? Infinity : this.gaugeMs);
  }

  /** Time passes up to `atMs`. */
  passTo(atMs: number): void {
    this.path.passTo(atMs);
    this.look(atMs);
    if (this.battery === undefined || this.gaugeMs > atMs) return;
    this.readGauge(this.battery, atMs);
    this.gaugeMs = (Math.floor(atMs / GAUGE_MS) + 1) * GAUGE_MS;
  }

  /** Says at `atMs` what has changed in the line. */
  look(atMs: number): void {
    const { isOccluded, isAirSeen } = this.path;
    if (isOccluded !== this.toldOccluded) this.detect(AlarmKind.occlusion, isOccluded, atMs);
    if (isAirSeen !== this.toldAir) this.detect(AlarmKind.airInLine, isAirSeen, atMs);
    this.toldOccluded = isOccluded;
    this.toldAir = isAirSeen;
  }

  /** The pump is ready at `atMs`, and knows nothing of what was said before. */
  startAt(atMs: number): void {
    if (this.toldOccluded) this.detect(AlarmKind.occlusion, true, atMs);
    if (this.toldAir) this.detect(AlarmKind.airInLine, true, atMs);
    if (this.battery !== undefined) this.tell(this.battery, this.toldPercent, atMs);
  }

  private detect(alarm: AlarmKind, isThere: boolean, atMs: number): void {
    this.arises(arisen("detect", plainInput(EventKind.detected, { count: isThere ? 1 : 0, detail: alarm })), atMs);
  }

  private readGauge(battery: Battery, atMs: number): void {
    const percent = battery.chargePercent(this.strokesUntil(atMs), atMs);
    const { stepPercent } = battery.model;
    if (percent > this.toldPercent - stepPercent + 1e-9 && (percent > 0 || this.toldPercent === 0)) return;
    this.toldPercent = percent;
    this.tell(battery, percent, atMs);
  }

  /** Only what the pump's file says it measures: a pump without a gauge has none. */
  private tell(battery: Battery, percent: number, atMs: number): void {
    const read = (sensor: Sensor, count: number): void =>
      this.arises(arisen("read", plainInput(EventKind.reading, { count, detail: sensor })), atMs);
    if (percent === Infinity) return;
    if (this.config.replacementPerMille !== 0) read(Sensor.charge, Math.floor(percent * 10 + 1e-9));
    if (this.config.batteryLowMv !== 0) read(Sensor.supplyVoltage, Math.round(battery.voltageMv(percent)));
  }
}
