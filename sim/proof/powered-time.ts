/**
 * Turns plant time into *powered time*: the time in which the pump really worked. It is what lockouts, windows and counts are held against:
 * time without power is zero, so it is the strictest of all clocks that a person could look at, except the pump's own.
 */
export class PoweredTime {
  private darkMs = 0;
  private darkSinceMs = Infinity;

  /** True from a loss of power until the pump is heard again. */
  get isDark(): boolean {
    return this.darkSinceMs !== Infinity;
  }

  /** Powered time at plant time `atMs`; it stands still in the dark. In ms. */
  at(atMs: number): number {
    return Math.min(atMs, this.darkSinceMs) - this.darkMs;
  }

  /** The pump works no longer. */
  cut(atMs: number): void {
    if (!this.isDark) this.darkSinceMs = atMs;
  }

  /** It works again. */
  goOn(atMs: number): void {
    if (!this.isDark) return;
    this.darkMs += atMs - this.darkSinceMs;
    this.darkSinceMs = Infinity;
  }

  /** One of its own that has come as far. */
  fork(): PoweredTime {
    return Object.assign(new PoweredTime(), this);
  }
}
