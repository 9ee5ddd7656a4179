import { EventKind, Sensor } from "../../src/events";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import { BOTH } from "./therapy-draft";
import type { TherapyDraft } from "./therapy-draft";

/** Detectors whose alarms an acknowledgement ends. */
const PASSING = [
  AlarmKind.motorStall,
  AlarmKind.occlusion,
  AlarmKind.underInfusion,
  AlarmKind.stuckKey,
  AlarmKind.airInLine,
];
const LATCHING = [AlarmKind.overInfusion, AlarmKind.memoryFault, AlarmKind.guardTrip];

/** What happens between visits to the clinic: presses, stops, alarms, the clock. */
export class DailyLife {
  constructor(private readonly draft: TherapyDraft) {}

  /** The patient presses, once or several times. */
  request(): void {
    const { random, script, prescription: p } = this.draft;
    const presses = random.pick([1, 1, 1, 2, 3]);
    for (let press = 0; press < presses; press++) {
      script.add(EventKind.requestBolus, { id: this.draft.nextId() });
      script.mark(p.bolusMs, p.lockoutMs, p.bolusMs + p.lockoutMs, MS_PER_DAY, p.windowMs);
      if (press + 1 < presses) script.pass(p.bolusMs + p.lockoutMs);
    }
  }

  /** A clinician orders a bolus, and perhaps the patient presses meanwhile. */
  clinicianBolus(): void {
    const { random, script, config } = this.draft;
    const most = random.chance(90) ? Math.min(config.maxBolusNl, 300000) : 2 * config.maxBolusNl;
    const overMs = random.chance(95) ? random.integer(1, 90) * MS_PER_MIN + random.integer(0, 999) : 21600001;
    const volumeNl = random.chance(97) ? random.integer(1, most) : 0;
    script.add(EventKind.clinicianBolus, { id: this.draft.nextId(), count: volumeNl, detail: overMs });
    script.mark(overMs);
    if (random.chance(50)) {
      script.pass(overMs);
      this.request();
    }
  }

  /** Stop, and start again. */
  stopAndStart(): void {
    const { random, script } = this.draft;
    script.add(EventKind.stop);
    if (random.chance(70)) script.moment();
    else script.atMs += random.integer(0, random.chance(10) ? 3 * MS_PER_DAY : 2 * MS_PER_HOUR);
    this.draft.start();
  }

  /** Hold, and go on. */
  holdAndStart(): void {
    const { random, script } = this.draft;
    script.add(EventKind.hold);
    if (random.chance(80)) script.pass(4 * MS_PER_HOUR);
    else script.moment();
    this.draft.start();
  }

  /** A detector or a sensor speaks, its cause goes, and somebody reads the alarm. */
  alarm(): void {
    const { random, script, config } = this.draft;
    if (random.chance(50)) {
      const alarm = random.pick(random.chance(97) ? PASSING : LATCHING);
      script.add(EventKind.detected, { detail: alarm, count: 1 });
      script.pass(20 * MS_PER_MIN);
      script.add(EventKind.detected, { detail: alarm, count: 0 });
    } else if (random.chance(50)) {
      script.add(EventKind.reading, {
        detail: Sensor.motorTemperature,
        count: config.motorMaxDeciC + random.integer(0, 1),
      });
      script.pass(20 * MS_PER_MIN);
      script.add(EventKind.reading, {
        detail: Sensor.motorTemperature,
        count: config.motorMaxDeciC - random.integer(0, 50),
      });
    } else if (random.chance(70)) {
      const low = random.pick([config.batteryLowMv, config.batteryOutMv + random.integer(0, 1)]);
      script.add(EventKind.reading, { detail: Sensor.supplyVoltage, count: low });
      script.pass(20 * MS_PER_MIN);
      script.add(EventKind.reading, { detail: Sensor.supplyVoltage, count: config.batteryLowMv + 500 });
    } else {
      const charge = random.chance(10) ? config.endOfServicePerMille : config.endOfServicePerMille + 1;
      script.add(EventKind.reading, { detail: Sensor.charge, count: charge });
    }
    if (random.chance(30)) script.add(EventKind.silence);
    script.moment();
    if (random.chance(90)) script.add(EventKind.acknowledge);
  }

  /** The clock is set, or lost and perhaps found again. */
  clock(): void {
    const { random, script } = this.draft;
    if (random.chance(25)) {
      script.add(EventKind.clockLost);
      this.draft.wallOffsetMs = undefined;
      if (random.chance(50)) return;
      script.pass(2 * MS_PER_HOUR);
    }
    this.draft.setClock();
  }

  /** A single key or reading. */
  small(): void {
    const { random, script } = this.draft;
    const kind = random.pick([
      EventKind.interrogate,
      EventKind.silence,
      EventKind.acknowledge,
      EventKind.acknowledge,
      EventKind.start,
      EventKind.tubeChanged,
      EventKind.hold,
      EventKind.confirm,
    ]);
    script.add(kind, kind === EventKind.confirm ? { id: random.integer(0, 100), detail: BOTH } : {});
    if (kind === EventKind.hold) {
      script.moment();
      this.draft.start();
    }
  }
}
