import type { StrokeUnits } from "./stroke-units";

/** Concentration of each drug of the library, in ng/µL. */
export type Fluid = readonly number[];

interface Segment {
  readonly fluid: Fluid;
  units: bigint;
}

/** What lies between reservoir and tip, one fluid behind the other with sharp fronts, and so what comes out with each stroke. */
export class FluidLine {
  /** What is in the reservoir. */
  reservoir: Fluid;
  /** The strongest of each drug that was in the line when the reservoir's fluid was changed last: a bridge goes by it. */
  bridged: Fluid;
  private segments: Segment[] = [];
  private oldUnits = 0n;

  constructor(
    private readonly units: StrokeUnits,
    fluid: Fluid,
  ) {
    this.reservoir = fluid;
    this.bridged = fluid;
  }

  /** True until the dead volume has passed since the last change. */
  get holdsOld(): boolean {
    return this.oldUnits > 0n;
  }

  /** The reservoir holds another fluid; `deadNl` lie in the line, 0: nothing. */
  change(fluid: Fluid, deadNl: number): void {
    const dead = BigInt(deadNl) * this.units.perNl;
    const inReservoir = this.reservoir;
    this.bridged = this.holdsOld
      ? this.bridged.map((old, place) => Math.max(old, inReservoir[place] ?? 0))
      : inReservoir;
    const inLine = this.segments.reduce((sum, { units }) => sum + units, 0n);
    if (dead > inLine) this.segments.push({ fluid: this.reservoir, units: dead - inLine });
    this.reservoir = fluid;
    this.oldUnits = dead;
    if (dead === 0n) this.clear();
  }

  /** The line holds what the reservoir holds. */
  clear(): void {
    this.segments = [];
    this.oldUnits = 0n;
  }

  /** A stroke leaves the tip: the mass of drug `place` that it carries, in units of volume times ng/µL. */
  push(): (place: number) => bigint {
    const parts: Segment[] = [];
    let wanted = this.units.stroke;
    this.oldUnits -= wanted;
    for (let first = this.segments[0]; first !== undefined && wanted > 0n; first = this.segments[0]) {
      const units = first.units < wanted ? first.units : wanted;
      parts.push({ fluid: first.fluid, units });
      wanted -= units;
      first.units -= units;
      if (first.units === 0n) this.segments.shift();
    }
    if (wanted > 0n) parts.push({ fluid: this.reservoir, units: wanted });
    return (place) => parts.reduce((sum, { fluid, units }) => sum + units * BigInt(fluid[place] ?? 0), 0n);
  }

  /** The highest concentration of a drug in reservoir and line, in ng/µL. */
  strongest(place: number): number {
    return Math.max(this.reservoir[place] ?? 0, this.holdsOld ? (this.bridged[place] ?? 0) : 0);
  }
}
