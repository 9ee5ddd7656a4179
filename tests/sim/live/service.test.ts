import { expect, test } from "vitest";
import { announceFrame, commandFrame } from "../../../sim/engines/bytecode/jacdac-frame";
import { FIRMWARE_VERSION } from "../../../src/record/report-row";
import { benchPump, checkout, SERVER } from "./bench-pump";

const PUMP_CLASS = 0x1d3f7a2c;
const PUMP_SERVICE = 1;
const READ_IDENTITY = 0x1180;

test("the compiled image serves a register to whoever announces it first, and says nothing unasked (SIM-022)", async () => {
  const { config } = await checkout();
  const { pump, frames, failures } = await benchPump();
  const ofServer = (): Uint8Array[] => frames.filter((frame) => Buffer.from(frame.subarray(4, 12)).equals(SERVER));
  pump.passTo(60000);
  expect(ofServer()).toEqual([]);
  pump.send(announceFrame(SERVER, PUMP_CLASS));
  pump.send(commandFrame(SERVER, READ_IDENTITY, new Uint8Array(0), PUMP_SERVICE));
  pump.passTo(pump.nowMs + 20);
  const [announcement, report] = ofServer();
  if (announcement === undefined || report === undefined) throw new Error("no answer");
  expect(Buffer.from(announcement).readUInt32LE(20)).toBe(PUMP_CLASS);
  const payload = new DataView(report.buffer, report.byteOffset + 16, report[12]);
  expect(payload.byteLength).toBe(48);
  const numbers = Array.from({ length: 6 }, (_, index) => payload.getFloat64(8 * index, true));
  expect(numbers.slice(0, 4)).toEqual([1, config.model, config.serial, FIRMWARE_VERSION]);
  expect(numbers.slice(4)).toEqual([config.program, config.plPerRevolution]);
  pump.passTo(pump.nowMs + 60000);
  expect(ofServer()).toHaveLength(2);
  expect(failures).toEqual([]);
});
