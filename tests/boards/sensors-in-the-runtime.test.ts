import { expect, test } from "vitest";
import { Inbox } from "../../src/inbox";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { NEVER_MS } from "../../src/units";
import { boardCode } from "./board-code";
import type { WatchedSensor } from "./board-code";
import { FakeBoard, GPIOMode } from "./fake-devicescript";
import { buildProbe, runProbe } from "./probe";

const VOLTAGES = { fullScaleMv: 3300, blockedMv: 2000, openMv: 1800, leastMv: 300, mostMv: 3000 };
const FULL_SCALE_MV = 12400;

/** Readings of switch, pressure, index and supply, one set each 7 ms, with a minute in between now and then: a fixed sequence of bouncing, lasting and wrong ones. */
const READINGS = Array.from({ length: 120 }, (_, i) => {
  const noise = (i * 7919 + 104729) % 1009;
  const lasting = Math.floor(i / 9) % 2;
  return [noise % 11 === 0 ? 1 - lasting : lasting, noise / 1009, noise % 7 === 0 ? lasting : 1 - lasting, 1 - i / 150];
});

const PROBE = `import * as ds from "@devicescript/core";
import { Inbox } from "../src/inbox";
import { AlarmKind } from "../src/safety/alarm-kind";
import { Shell } from "./shell";
import type { WatchedSensor } from "./sensors/sensor-watch";
import { AlarmSwitch } from "./sensors/alarm-switch";
import { LinePressure } from "./sensors/line-pressure";
import { RollerIndex } from "./sensors/roller-index";
import { SupplyVoltage } from "./sensors/supply-voltage";
type SynchronousMessage = (topic: string, data: Buffer) => void;
class Pin {
  value = 0;
  mode = 0;
  setMode(mode: number): void {
    this.mode = mode;
  }
}
const send = ds._twinMessage as unknown as SynchronousMessage;
const message = Buffer.alloc(4);
function tell(value: number): void {
  message.setAt(0, "u32", value);
  send("probe", message);
}
async function main(): Promise<void> {
  const readings = JSON.parse(\`${JSON.stringify(READINGS)}\`) as number[][];
  const inbox = new Inbox();
  const shell = new Shell();
  const pins = [new Pin(), new Pin(), new Pin(), new Pin()];
  const sensors: WatchedSensor[] = [
    new AlarmSwitch(pins[0], ${GPIOMode.InputPullUp}, 1, AlarmKind.airInLine, inbox, shell),
    new LinePressure(pins[1], ${JSON.stringify(VOLTAGES)}, inbox, shell),
    new RollerIndex(pins[2], ${GPIOMode.Input}, inbox, shell),
    new SupplyVoltage(pins[3], ${FULL_SCALE_MV}, inbox, shell),
  ];
  for (let i = 0; i < readings.length; i++) {
    for (let k = 0; k < 4; k++) {
      pins[k].value = readings[i][k];
      tell(sensors[k].look(7 * i + 60000 * Math.floor(i / 12)));
    }
    while (inbox.firstMs < 1000000) {
      tell(inbox.firstMs);
      const event = inbox.takeFirst();
      tell(event.kind);
      tell(event.count);
      tell(event.detail);
    }
    await ds.sleep(1);
  }
  tell(pins[0].mode + 100 * pins[1].mode + 10000 * pins[2].mode);
}
await main();
`;

/** What the probe tells, from the same sources run natively. */
function natively(): number[] {
  const said: number[] = [];
  const board = new FakeBoard();
  const inbox = new Inbox();
  const shell = { wake: () => undefined };
  const pins = [board.pin(), board.pin(), board.pin(), board.pin()] as const;
  for (const pin of pins) pin.applied = 0;
  const sensors: readonly WatchedSensor[] = [
    new boardCode.AlarmSwitch(pins[0], GPIOMode.InputPullUp, 1, AlarmKind.airInLine, inbox, shell),
    new boardCode.LinePressure(pins[1], VOLTAGES, inbox, shell),
    new boardCode.RollerIndex(pins[2], GPIOMode.Input, inbox, shell),
    new boardCode.SupplyVoltage(pins[3], FULL_SCALE_MV, inbox, shell),
  ];
  READINGS.forEach((reading, i) => {
    sensors.forEach((sensor, k) => {
      (pins[k] ?? pins[0]).applied = reading[k];
      said.push(sensor.look(7 * i + 60000 * Math.floor(i / 12)));
    });
    while (inbox.firstMs !== NEVER_MS) {
      said.push(inbox.firstMs);
      const { kind, count, detail } = inbox.takeFirst();
      said.push(kind, count, detail);
    }
  });
  said.push(GPIOMode.InputPullUp + 100 * GPIOMode.AnalogIn + 10000 * GPIOMode.Input);
  return said;
}

test("the sensors say in the board's runtime what the same sources say natively (DRV-003, DRV-004, DRV-005, DRV-006)", async () => {
  const expected = natively();
  // Each of them has spoken: an event is four numbers.
  expect(expected.length).toBeGreaterThan(4 * READINGS.length + 4 * 20);
  const run = await runProbe(await buildProbe("sensor-probe", PROBE));
  expect(run.panicCode, run.lines.join("\n")).toBe(0);
  expect(run.messages).toStrictEqual(expected);
});
