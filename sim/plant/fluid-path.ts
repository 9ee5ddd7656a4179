import type { PumpConfig } from "../../src/config";
import { AirLine } from "./air";
import { HeadFlow } from "./head-flow";
import type { PlantModel } from "./plant-model";
import { Tube } from "./tube";
import { TubeHistory } from "./tube-history";

/** What is seen of the fluid at one instant. */
export interface FluidInstant {
  /** Liquid that has left the outlet since the start, in nL. */
  readonly liquidNl: number;
  /** The same with the air among it. */
  readonly outNl: number;
  /** Pressure in the line behind the head, above the air's, in kPa. */
  readonly pressureKpa: number;
}

/** Share of the way from the outlet's pressure to the alarm's at and below which the occlusion detector falls back. An assumption. */
const RELEASE_SHARE = 0.5;

/**
 * The fluid's way from the head to the outlet: head, tube and air together, through a run. A stroke counts whole at the instant at which it is
 * due. The pressure is one along the line, so its outlet's pressure pushes back on the head.
 */
export class FluidPath {
  private head: HeadFlow;
  private readonly tube: Tube;
  private readonly air: AirLine;
  private readonly history = new TubeHistory();
  private revolutions: number;
  private isPressed = false;

  constructor(
    private readonly config: PumpConfig,
    private readonly model: PlantModel,
  ) {
    this.revolutions = model.startRevolution;
    this.head = new HeadFlow(config, model.head, model.startRevolution);
    this.tube = new Tube(model.tube, model.backPressureKpa);
    this.air = new AirLine(model.line.tubingNl + model.line.catheterNl, model.airDetector);
    this.history.add(this.tube.snapshot());
  }

  /** The head makes a stroke at `atMs`, not before the last thing that happened. */
  stroke(atMs: number): void {
    this.tube.passTo(atMs);
    const { temperatureC } = this.model;
    const nl = this.head.strokeNl(this.pressureKpa(), temperatureC);
    this.revolutions += this.config.fullStepsPerStroke / this.config.fullStepsPerRevolution;
    this.air.stroke(nl);
    this.tube.take(nl, this.air.inLineNl(this.tube.outNl));
    this.keep();
  }

  /** The outlet is blocked from `atMs` to `untilMs`, or longer when it was already. */
  block(atMs: number, untilMs: number): void {
    this.tube.passTo(atMs);
    this.tube.block(untilMs);
    this.keep();
  }

  /** The next `volumeNl` that the head draws are air. */
  drawAir(volumeNl: number): void {
    this.air.draw(volumeNl);
  }

  /** The tube set is new at `atMs`: not worn, and full of liquid. */
  renewTube(atMs: number): void {
    this.tube.passTo(atMs);
    this.head = new HeadFlow(this.config, this.model.head, this.revolutions - Math.floor(this.revolutions));
    this.air.renew(this.tube.outNl);
    this.tube.take(0, 0);
    this.keep();
  }

  /** Time passes up to `atMs`, in which nothing happens to it. */
  passTo(atMs: number): void {
    this.tube.passTo(atMs);
    this.turnSwitch();
  }

  /** When what its detectors see may change although no stroke is made, in whole ms; Infinity: it does not. */
  nextMs(): number {
    if (!this.isPressed) return Infinity;
    const { atMs, blockedUntilMs } = this.tube.snapshot();
    const fallMs = Math.floor(atMs + this.tube.msUntil(this.releaseKpa() - this.model.backPressureKpa)) + 1;
    return blockedUntilMs > atMs ? Math.min(blockedUntilMs, fallMs) : fallMs;
  }

  /** The detector says that the line is blocked. */
  get isOccluded(): boolean {
    return this.isPressed;
  }

  /** The detector says that there is air in the line. */
  get isAirSeen(): boolean {
    return this.air.isSeen();
  }

  /** What was seen at the end of the instant `atMs`, once nothing more happens to it up to then. */
  at(atMs: number): FluidInstant {
    const state = this.history.lastAt(atMs);
    if (state === undefined) return { liquidNl: 0, outNl: 0, pressureKpa: this.model.backPressureKpa };
    const tube = this.tube.in(state);
    tube.passTo(atMs);
    const { outNl } = tube;
    const pressureKpa = this.model.backPressureKpa + tube.pressureKpa();
    return { liquidNl: outNl - this.air.leftNl(outNl), outNl, pressureKpa };
  }

  private pressureKpa(): number {
    return this.model.backPressureKpa + this.tube.pressureKpa();
  }

  private releaseKpa(): number {
    const { backPressureKpa, tube } = this.model;
    return backPressureKpa + RELEASE_SHARE * (tube.alarmKpa - backPressureKpa);
  }

  private turnSwitch(): void {
    const kpa = this.pressureKpa();
    // Sums of strokes are not exact: a pressure that reaches the mark but for rounding reaches it.
    if (kpa >= this.model.tube.alarmKpa * (1 - 1e-9)) this.isPressed = true;
    else if (kpa <= this.releaseKpa()) this.isPressed = false;
  }

  private keep(): void {
    this.turnSwitch();
    this.history.add(this.tube.snapshot());
  }
}
