/** Voltage of a cell at a charge; a curve is a list of these, from the fullest to the emptiest. */
export interface CurvePoint {
  /** Charge left, in percent of the capacity. */
  readonly percent: number;
  /** In mV. */
  readonly mv: number;
}

/** What the pump's battery holds, and what work and rest take out of it. */
export interface BatteryModel {
  /** In µAh; above 0. */
  readonly capacityUah: number;
  /** Charge that one stroke of the motor takes, in µAh; 0 or more. */
  readonly strokeUah: number;
  /** Current at rest, of all that is always on, in µA; 0 or more. */
  readonly restUa: number;
  /** Charge at the start, in percent; 0 to 100. */
  readonly startPercent: number;
  /** The pump is told when the charge has fallen by so much, in percent; above 0. */
  readonly stepPercent: number;
  /** At least two points, from the fullest to the emptiest. */
  readonly curve: readonly CurvePoint[];
}

/**
 * Open-circuit voltage of a lithium-ion cell at room temperature, as it is widely quoted for cobalt-oxide cells (from memory; measure your own).
 * A pump that warns at 3.5 V and stops at 3.2 V does so at about 6 and 2 %.
 */
export const LITHIUM_ION_CURVE: readonly CurvePoint[] = [
  { percent: 100, mv: 4200 },
  { percent: 90, mv: 4060 },
  { percent: 80, mv: 3980 },
  { percent: 70, mv: 3920 },
  { percent: 60, mv: 3870 },
  { percent: 50, mv: 3820 },
  { percent: 40, mv: 3790 },
  { percent: 30, mv: 3770 },
  { percent: 20, mv: 3740 },
  { percent: 10, mv: 3680 },
  { percent: 5, mv: 3450 },
  { percent: 0, mv: 3000 },
];

const MS_PER_HOUR = 3600000;

/**
 * A battery that is emptied by the work done:
 *
 *     Q = Q0 - n q_stroke - I_rest t            charge (coulomb counting); not below 0
 *     V = the curve's straight line between its points at Q / capacity
 *
 * Source: conservation of charge; the charge of a stroke is current of the driver times the time that EN is on: 0.4 A for 0.2 s are 22 µAh. Valid
 * at rest, for cells whose voltage has settled. Not modelled: the drop over the inner resistance while the motor turns, temperature,
 * ageing, recovery; self-discharge is to be counted in I_rest.
 */
export class Battery {
  constructor(readonly model: BatteryModel) {}

  /** Charge left after `strokes` strokes and `elapsedMs`, in percent of the capacity; 0 to 100. */
  chargePercent(strokes: number, elapsedMs: number): number {
    const { capacityUah, strokeUah, restUa, startPercent } = this.model;
    const drawnUah = strokes * strokeUah + (restUa * elapsedMs) / MS_PER_HOUR;
    return Math.max(0, startPercent - (100 * drawnUah) / capacityUah);
  }

  /** Voltage at a charge, in mV; outside the curve that of its nearest end. */
  voltageMv(percent: number): number {
    const { curve } = this.model;
    let above = curve[0];
    for (const point of curve) {
      if (percent >= point.percent) {
        if (above === undefined || above.percent === point.percent) return point.mv;
        const share = Math.min(1, (percent - point.percent) / (above.percent - point.percent));
        return point.mv + share * (above.mv - point.mv);
      }
      above = point;
    }
    return above?.mv ?? 0;
  }
}
