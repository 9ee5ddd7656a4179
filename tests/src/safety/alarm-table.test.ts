import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ALARM_KINDS, AlarmKind } from "../../../src/safety/alarm-kind";
import {
  AlarmClass,
  AlarmEnd,
  AlarmPriority,
  classOf,
  endOf,
  MotorAction,
  motorActionOf,
  priorityOf,
} from "../../../src/safety/alarm-table";
import { checkoutRoot } from "../../../toolchain/checkout";
import { patternOf } from "./signal-pattern";
import type { SignalPattern } from "./signal-pattern";

const root = checkoutRoot();
const page = readFileSync(join(root, "docs/alarms.md"), "utf8");

const CLASS_WORDS = { [AlarmClass.nonCritical]: "non-critical", [AlarmClass.critical]: "critical" };
const MOTOR_WORDS = {
  [MotorAction.goesOn]: "goes on",
  [MotorAction.stopsAfterStroke]: "stops after the stroke",
  [MotorAction.stopsAtOnce]: "stops at once",
};
const END_WORDS = {
  [AlarmEnd.acknowledged]: "acknowledged",
  [AlarmEnd.latched]: "new start",
  [AlarmEnd.resumed]: "acknowledged; goes on by itself",
};

const ALARMS: readonly AlarmKind[] = Array.from({ length: ALARM_KINDS }, (_, kind) => kind);

/** Cells of the rows of the page's tables that begin with one of `names`. */
function rowsOf(names: readonly string[]): string[][] {
  const rows = page
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return rows.map((cells) => cells.slice(1, -1)).filter(([name = ""]) => names.includes(name.replaceAll("`", "")));
}

function lightWords({ lightOnMs, lightOffMs }: SignalPattern): string {
  return lightOffMs === 0 ? "constant" : `${1000 / (lightOnMs + lightOffMs)} Hz`;
}

describe("docs/alarms.md", () => {
  test("has every alarm, in order, and says of each what the pump does (ALM-001)", () => {
    const rows = rowsOf(ALARMS.map((alarm) => AlarmKind[alarm]));
    expect(rows.map(([name]) => name)).toEqual(ALARMS.map((alarm) => `\`${AlarmKind[alarm]}\``));
    rows.forEach(([, alarmClass, priority, cause = "", motor, signal, ends, scenario], index) => {
      const alarm = ALARMS[index] ?? NaN;
      const name = AlarmKind[alarm] ?? "";
      const pattern = patternOf(priorityOf(alarm));
      const fileName = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      expect(cause, name).toMatch(/^[A-Z].{20,}\.$/);
      expect([alarmClass, priority, motor, signal, ends?.split(/; (?!goes)/)[0], scenario], name).toEqual([
        CLASS_WORDS[classOf(alarm)],
        AlarmPriority[priorityOf(alarm)],
        MOTOR_WORDS[motorActionOf(alarm)],
        `${pattern.pulses} pulses, light ${lightWords(pattern)}`,
        END_WORDS[endOf(alarm)],
        `\`scenarios/alarms/${fileName}.yaml\``,
      ]);
    });
  });

  test.each(rowsOf(ALARMS.map((alarm) => AlarmKind[alarm])).map((cells) => cells.at(-1) ?? ""))(
    "%s is there and expects its alarm",
    (cell) => {
      const file = cell.replaceAll("`", "");
      expect(existsSync(join(root, file)), `${file} is not there`).toBe(true);
      const name = /([a-z-]+)\.yaml$/
        .exec(file)?.[1]
        ?.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      expect(readFileSync(join(root, file), "utf8")).toContain(name);
    },
  );

  test("has the signals as they are played", () => {
    const priorities = [AlarmPriority.high, AlarmPriority.medium, AlarmPriority.low];
    const rows = rowsOf(priorities.map((priority) => AlarmPriority[priority]));
    expect(rows).toEqual(
      priorities.map((priority) => {
        const { pulses, pulseMs, pausesMs, burstEveryMs, bursts, seriesEveryMs, lightOnMs, lightOffMs } =
          patternOf(priority);
        return [
          AlarmPriority[priority],
          String(pulses),
          `${pulseMs} ms`,
          `${pausesMs.join(", ")} ms`,
          bursts === 1 ? "" : `${burstEveryMs / 1000} s`,
          String(bursts),
          `${seriesEveryMs / 60000} min`,
          lightOffMs === 0 ? "on" : `${lightOnMs} ms on, ${lightOffMs} ms off`,
        ];
      }),
    );
  });
});

describe("the alarm table (ALM-001)", () => {
  test("has one whole row for each alarm", () => {
    for (const alarm of ALARMS) {
      expect(AlarmKind[alarm]).toBeTypeOf("string");
      expect(Object.keys(CLASS_WORDS)).toContain(String(classOf(alarm)));
      expect([1, 2, 3]).toContain(priorityOf(alarm));
      expect(Object.keys(MOTOR_WORDS)).toContain(String(motorActionOf(alarm)));
      expect(Object.keys(END_WORDS)).toContain(String(endOf(alarm)));
    }
    const beyond: number = ALARM_KINDS;
    expect(AlarmKind[beyond]).toBeUndefined();
    expect(priorityOf(beyond)).toBeNaN();
  });

  test("an alarm is high exactly when its motor stops, and low exactly when it is not critical", () => {
    for (const alarm of ALARMS) {
      const stops = motorActionOf(alarm) !== MotorAction.goesOn;
      expect(priorityOf(alarm) === AlarmPriority.high, AlarmKind[alarm]).toBe(stops);
      const critical = classOf(alarm) === AlarmClass.critical;
      expect(priorityOf(alarm) === AlarmPriority.low, AlarmKind[alarm]).toBe(!critical);
      if (stops || endOf(alarm) === AlarmEnd.latched) expect(critical, AlarmKind[alarm]).toBe(true);
    }
  });

  test("what was decided: the critical alarms, those that latch, and those that finish the stroke", () => {
    const which = (has: (alarm: AlarmKind) => boolean): string[] => ALARMS.filter(has).map((alarm) => AlarmKind[alarm]);
    expect(which((alarm) => priorityOf(alarm) === AlarmPriority.medium)).toEqual([
      "controlLate",
      "underInfusion",
      "stoppedTooLong",
    ]);
    expect(which((alarm) => motorActionOf(alarm) === MotorAction.stopsAfterStroke)).toEqual([
      "emptyReservoir",
      "endOfService",
    ]);
    expect(which((alarm) => motorActionOf(alarm) === MotorAction.stopsAtOnce)).toEqual([
      "pumpFault",
      "motorStall",
      "occlusion",
      "overInfusion",
      "memoryFault",
      "guardTrip",
      "batteryOut",
      "motorHot",
      "airInLine",
      "restartedTooOften",
    ]);
    expect(which((alarm) => endOf(alarm) === AlarmEnd.resumed)).toEqual(["motorStall", "batteryOut", "motorHot"]);
    expect(which((alarm) => endOf(alarm) === AlarmEnd.latched)).toEqual([
      "pumpFault",
      "overInfusion",
      "memoryFault",
      "guardTrip",
    ]);
  });

  test("no signal of a higher priority is quieter or rarer than that of a lower one", () => {
    const { none, low, medium, high } = AlarmPriority;
    expect(patternOf(none)).toMatchObject({ bursts: 0, lightOnMs: 0 });
    for (const [less, more] of [
      [low, medium],
      [medium, high],
    ] as const) {
      const pulsesAnHour = (priority: AlarmPriority): number => {
        const { pulses, bursts, seriesEveryMs } = patternOf(priority);
        return (pulses * bursts * 3600000) / seriesEveryMs;
      };
      expect(pulsesAnHour(more)).toBeGreaterThan(pulsesAnHour(less));
    }
  });
});
