/** The line behind the pump head as a vessel that gives way, and what its outlet opposes to the flow. */
export interface TubeModel {
  /** Volume that the line takes up for each kPa, in nL/kPa; above 0 to 10^6, or 0: a rigid line. */
  readonly complianceNlPerKpa: number;
  /** Pressure at which the detector speaks of an occlusion, in kPa; Infinity: there is no detector. */
  readonly alarmKpa: number;
  /** Resistance of the open line, in kPa h/µL; 0 to 10^4. */
  readonly resistanceKpaHPerUl: number;
  /** Resistance of the line while it is blocked, in kPa h/µL; Infinity: nothing passes. */
  readonly blockedKpaHPerUl: number;
}

/** A rigid line that opposes nothing. */
export const RIGID_TUBE: TubeModel = {
  complianceNlPerKpa: 0,
  alarmKpa: Infinity,
  resistanceKpaHPerUl: 0,
  blockedKpaHPerUl: Infinity,
};

/** Pressure of the air around, in kPa: the standard atmosphere. */
export const AMBIENT_KPA = 101.325;

/** A resistance of 1 kPa h/µL in kPa ms/nL: 3,600,000 ms an hour over 1000 nL a µL. */
const KPA_MS_PER_NL = 3600;

/** What a tube is at one instant; volumes in nL. */
export interface TubeState {
  /** In ms. */
  atMs: number;
  /** What it holds more than at the outlet's pressure. */
  storedNl: number;
  /** What has left it, in all. */
  outNl: number;
  /** The air in it, at ambient pressure. */
  airNl: number;
  /** Until when it is blocked, in ms. */
  blockedUntilMs: number;
}

/**
 * What goes into the line and does not leave it stretches it. With C its compliance, A the air in it (at the outlet's pressure), p the
 * pressure above the outlet's and p0 that of the outlet, absolute:
 *
 *     stored = C p + A p / (p0 + p)                definition of C; Boyle's law for A: a bubble adds a compliance of V / p_absolute
 *     closed outlet:     stored grows by what goes in; the alarm comes after t = C p_alarm / q (without air)
 *     through R:         dstored/dt = -p / R, so that without air p = p1 exp(-t / (R C)), and with it
 *                        t = R (C ln(p1/p) + (A / p0) (f(p1) - f(p))),  f(p) = ln(p / (p0 + p)) + p0 / (p0 + p)
 *     open, R = 0:       all that is stored leaves at once: after an occlusion the bolus C p
 *
 * Source: these are definitions; the occlusion test that measures time, pressure and bolus is modelled on IEC 60601-2-24. Size: a
 * syringe or a long line 1 µL/kPa and more, a short stiff one a tenth of it; insulin pumps at 1 µL/h took 4 to 40 h to their alarm. C is
 * constant and the gas is at one temperature. Not modelled: creep of the wall, inertia, a pressure that differs along the line.
 */
export class Tube {
  private state: TubeState = { atMs: 0, storedNl: 0, outNl: 0, airNl: 0, blockedUntilMs: 0 };
  /** Absolute pressure at the outlet, in kPa. */
  private readonly absoluteKpa: number;

  /** @param outletKpa pressure at the outlet, above the air's, in kPa */
  constructor(
    private readonly model: TubeModel,
    outletKpa = 0,
  ) {
    this.absoluteKpa = AMBIENT_KPA + outletKpa;
  }

  /** What has left it until now, in nL. */
  get outNl(): number {
    return this.state.outNl;
  }

  /** When it opens again, in ms; in the past: it is open. */
  get blockedUntilMs(): number {
    return this.state.blockedUntilMs;
  }

  /** A copy of its state. */
  snapshot(): TubeState {
    return { ...this.state };
  }

  /** A tube like this one in another state. */
  in(state: TubeState): Tube {
    const other = new Tube(this.model, this.absoluteKpa - AMBIENT_KPA);
    other.state = { ...state };
    return other;
  }

  /** `volumeNl` go in at this instant, with `airNl` of air in the line then, at ambient pressure. */
  take(volumeNl: number, airNl: number): void {
    this.state.storedNl += volumeNl;
    this.state.airNl = airNl;
    this.empty();
  }

  /** The outlet is blocked from now to `untilMs`, or longer when it was already. */
  block(untilMs: number): void {
    this.state.blockedUntilMs = Math.max(this.state.blockedUntilMs, untilMs);
  }

  /** Time passes up to `atMs`. One before the present is the present. */
  passTo(atMs: number): void {
    const { state } = this;
    if (state.atMs < state.blockedUntilMs && state.blockedUntilMs <= atMs) {
      this.drain(state.blockedUntilMs);
      this.empty();
    }
    this.drain(atMs);
  }

  /** Pressure above the outlet's, in kPa. */
  pressureKpa(): number {
    const { complianceNlPerKpa: c } = this.model;
    const { storedNl } = this.state;
    const air = this.airAtOutletNl();
    if (storedNl <= 0) return 0;
    if (air === 0) return c === 0 ? 0 : storedNl / c;
    if (c === 0) return storedNl < air ? (storedNl * this.absoluteKpa) / (air - storedNl) : Infinity;
    const b = c * this.absoluteKpa + air - storedNl;
    const root = Math.sqrt(b * b + 4 * c * storedNl * this.absoluteKpa);
    // The two forms of the same root; each is exact where the other loses digits.
    return b > 0 ? (2 * storedNl * this.absoluteKpa) / (b + root) : (root - b) / (2 * c);
  }

  /** How long it takes, if nothing goes in, until the pressure has fallen to `kpa`, in ms; Infinity: it does not fall. */
  msUntil(kpa: number): number {
    return this.fallMs(this.pressureKpa(), kpa);
  }

  private airAtOutletNl(): number {
    return (this.state.airNl * AMBIENT_KPA) / this.absoluteKpa;
  }

  private isBlocked(): boolean {
    return this.state.atMs < this.state.blockedUntilMs;
  }

  private resistance(): number {
    const { blockedKpaHPerUl, resistanceKpaHPerUl } = this.model;
    return (this.isBlocked() ? blockedKpaHPerUl : resistanceKpaHPerUl) * KPA_MS_PER_NL;
  }

  /** Nothing holds back what is stored. A rigid line lets all pass that goes in unless it is blocked. */
  private empty(): void {
    const isRigid = this.model.complianceNlPerKpa === 0 && this.state.airNl === 0 && !this.isBlocked();
    if (this.resistance() === 0 || isRigid) this.leave(this.state.storedNl);
  }

  private leave(volumeNl: number): void {
    this.state.outNl += volumeNl;
    this.state.storedNl -= volumeNl;
  }

  private drain(atMs: number): void {
    const { state } = this;
    const forMs = atMs - state.atMs;
    if (forMs <= 0) return;
    const resistance = this.resistance();
    if (resistance > 0 && resistance < Infinity && state.storedNl > 0) {
      const kpa = this.fallenKpa(this.pressureKpa(), forMs);
      this.leave(Math.max(0, state.storedNl - this.storedAt(kpa)));
    }
    state.atMs = atMs;
  }

  private storedAt(kpa: number): number {
    return this.model.complianceNlPerKpa * kpa + (this.airAtOutletNl() * kpa) / (this.absoluteKpa + kpa);
  }

  private fallenKpa(fromKpa: number, forMs: number): number {
    const { complianceNlPerKpa } = this.model;
    if (this.state.airNl === 0) return fromKpa * Math.exp(-forMs / (this.resistance() * complianceNlPerKpa));
    // In the logarithm of the pressure the time is smooth and falls all the way: halving finds it to the last digit.
    let low = Math.log(fromKpa) - 700;
    let high = Math.log(fromKpa);
    for (let n = 0; n < 60; n++) {
      const middle = (low + high) / 2;
      if (this.fallMs(fromKpa, Math.exp(middle)) > forMs) low = middle;
      else high = middle;
    }
    return Math.exp((low + high) / 2);
  }

  /** Time in which the pressure falls from one to another, in ms. */
  private fallMs(fromKpa: number, toKpa: number): number {
    if (fromKpa <= toKpa) return 0;
    const resistance = this.resistance();
    if (resistance === Infinity) return Infinity;
    const air = this.airAtOutletNl();
    const share = (kpa: number): number =>
      Math.log(kpa / (this.absoluteKpa + kpa)) + this.absoluteKpa / (this.absoluteKpa + kpa);
    const byAir = air === 0 ? 0 : (air / this.absoluteKpa) * (share(fromKpa) - share(toKpa));
    return resistance * (this.model.complianceNlPerKpa * Math.log(fromKpa / toKpa) + byAir);
  }
}
