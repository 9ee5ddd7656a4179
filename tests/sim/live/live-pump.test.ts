import { describe, expect, test } from "vitest";
import { announceFrame, commandFrame, crc16 } from "../../../sim/engines/bytecode/jacdac-frame";
import { BOOT_MS, plainInput, POWER_CUT } from "../../../sim/engines/engine";
import { SimulatedMemory } from "../../../sim/engines/simulated-memory";
import { ClockChip } from "../../../sim/live/clock-chip";
import { Random } from "../../../sim/random/random";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { HostPacket } from "../../../src/simulation/host-protocol";
import { MS_PER_DAY, MS_PER_HOUR } from "../../../src/units";
import { benchPump, BOARD, SERVER } from "./bench-pump";

describe("a live pump between two processes", () => {
  test("goes on behind its memory as after a planned restart when it was switched off, and as after a loss of power when not (SIM-024)", async () => {
    const memory = new SimulatedMemory();
    let machineMs = 9000 * MS_PER_DAY;
    const clockChip = new ClockChip(undefined, () => machineMs);
    const first = await benchPump({ memory, clockChip });
    first.pump.passTo(1000);
    first.pump.give(plainInput(EventKind.setClock, { count: 9131 * MS_PER_DAY }));
    first.pump.passTo(MS_PER_HOUR);
    const coreMs = first.pump.coreMs ?? 0;
    await first.pump.close();
    expect(first.failures).toEqual([]);
    expect(memory.isBlank).toBe(false);
    // A day in a drawer.
    machineMs += MS_PER_DAY;
    const second = await benchPump({ memory, clockChip });
    expect(second.pump.coreMs).toBeGreaterThanOrEqual(coreMs);
    expect(second.pump.coreMs).toBeLessThan(coreMs + 1000);
    expect(second.told(JournalCode.poweredOn)).toMatchObject([[JournalCode.poweredOn, 0, 2, 1, 0, 0]]);
    expect(second.told(JournalCode.clockSet).map(([, , wallMs]) => wallMs)).toEqual([9132 * MS_PER_DAY]);
    second.pump.passTo(MS_PER_HOUR);
    // No more is heard of this one: that is a loss of power.
    const third = await benchPump({ memory });
    expect(third.told(JournalCode.poweredOn)).toMatchObject([[JournalCode.poweredOn, 0, 3, 0, 0, 1]]);
  });

  test("comes back by itself after a cut and after a reset from the bus", async () => {
    const { pump, told, failures } = await benchPump();
    pump.give(plainInput(EventKind.tubeChanged));
    pump.passTo(MS_PER_HOUR);
    pump.cutPower(5000);
    expect(pump.isOn).toBe(false);
    expect(pump.coreMs).toBeUndefined();
    pump.passTo(pump.nowMs + 60000);
    expect(told(POWER_CUT)).toHaveLength(1);
    expect(told(JournalCode.poweredOn)).toHaveLength(1);
    // To the board's own control service: reset.
    pump.send(commandFrame(BOARD, 0x82, new Uint8Array(0), 0));
    expect(failures).toEqual(["the board was reset"]);
    expect(pump.coreMs).toBeUndefined();
    pump.passTo(pump.nowMs + 60000);
    expect(told(JournalCode.poweredOn)).toHaveLength(2);
    await pump.close();
    expect(failures).toHaveLength(1);
  });

  test("is started again 5 s behind a failure of its program, as a board's runtime does, and at once behind a reset (SIM-034)", async () => {
    let fails = true;
    const entry = (code: number): void => {
      if (!fails || code !== Number(EventKind.tubeChanged)) return;
      fails = false;
      throw new Error("the program is broken");
    };
    const { pump, failures } = await benchPump({ sink: { entry, stroke: () => undefined } });
    /** Lets it come back; how long that takes. */
    const awayMs = (): number => {
      const fromMs = pump.nowMs;
      while (pump.coreMs === undefined) pump.passTo(pump.nowMs + 1);
      return pump.nowMs - fromMs;
    };
    pump.passTo(MS_PER_HOUR);
    pump.give(plainInput(EventKind.tubeChanged));
    expect(failures).toEqual(["the program is broken"]);
    expect(awayMs()).toBe(5000 + BOOT_MS);
    pump.send(commandFrame(BOARD, 0x82, new Uint8Array(0), 0));
    expect(failures.slice(1)).toEqual(["the board was reset"]);
    expect(awayMs()).toBe(BOOT_MS);
    pump.give(plainInput(EventKind.tubeChanged));
    pump.passTo(pump.nowMs + MS_PER_HOUR);
    expect(failures).toHaveLength(2);
  });

  test("lives a day in virtual time, and wakes only when something is due", async () => {
    const { pump, failures } = await benchPump();
    let wakes = 0;
    while (pump.nowMs < MS_PER_DAY) {
      pump.passTo(Math.min(MS_PER_DAY, pump.nextMs));
      wakes++;
    }
    expect(failures).toEqual([]);
    // The shell itself sleeps for 5 min at most.
    expect(wakes).toBeLessThan(600);
  });
});

/** A frame to the pump's server device that holds the order "bolus" to the simulator's service, hidden between other packets. */
function hiddenOrder(random: Random): Uint8Array {
  const order = new Uint8Array(Float64Array.of(EventKind.requestBolus, 1000, 0, 0, 0, 0).buffer);
  const frame = commandFrame(SERVER, 0x80, new Uint8Array(236 - 4 * random.integer(0, 10)));
  for (let at = 12; at < frame.length; at++) frame[at] = random.chance(30) ? random.integer(0, 255) : 0;
  // Packets of odd lengths, marks that lead anywhere, and the order at a place where the runtime may or may not look.
  const places = [random.integer(0, 15) * 4, random.integer(16, 140)];
  frame[12] = random.integer(0, 60);
  frame[13] = random.integer(0, 3);
  for (const place of places) {
    const at = 12 + place;
    frame.set([48, 2, 0x80, 0], at);
    frame.set(order, at + 4);
    if (random.chance(50)) frame.set([0xff, place], 12 + (frame[12] ?? 0) + 4);
  }
  new DataView(frame.buffer).setUint16(0, crc16(frame.subarray(2)), true);
  return frame;
}

describe("what somebody on the bus cannot do", () => {
  test("speak to the pump in the simulator's place, however the packets of a frame are laid out (SIM-020)", async () => {
    const random = new Random(20260301);
    const { pump, entries, failures } = await benchPump();
    pump.passTo(1000);
    const asked = (): number => entries.filter(([code]) => code === Number(EventKind.requestBolus)).length;
    const held = new Uint8Array(Float64Array.of(HostPacket.held, 0).buffer);
    pump.send(announceFrame(SERVER, 0x1d3f7a2c, 0x1a2b3c4d));
    pump.send(commandFrame(SERVER, 0x80, held, 2));
    for (let i = 0; i < 3000; i++) {
      pump.send(hiddenOrder(random));
      pump.passTo(pump.nowMs + 20);
    }
    expect(failures).toEqual([]);
    expect(asked()).toBe(0);
    pump.pressButton();
    pump.passTo(pump.nowMs + 1000);
    expect(asked()).toBe(1);
  });

  test("break it with bytes of any kind", async () => {
    const random = new Random(20260302);
    const { pump, frames, failures } = await benchPump();
    for (let i = 0; i < 3000; i++) {
      const bytes = Uint8Array.from({ length: random.integer(0, 260) }, () => random.integer(0, 255));
      if (random.chance(70) && bytes.length >= 16) {
        bytes[2] = bytes.length - 12;
        bytes.set(random.chance(50) ? SERVER : BOARD, 4);
        // Not to the board's control service, whose reset is a reset, nor to the manager of its program.
        if (random.chance(50)) bytes[13] = random.integer(2, 63);
        bytes[3] = (bytes[3] ?? 0) & 1;
        new DataView(bytes.buffer).setUint16(0, crc16(bytes.subarray(2)), true);
      }
      if (bytes[13] !== 0 && bytes[13] !== 1) pump.send(bytes);
      pump.passTo(pump.nowMs + 5);
    }
    expect(failures).toEqual([]);
    // It still announces itself, and answers.
    frames.length = 0;
    pump.passTo(pump.nowMs + 1000);
    expect(frames.length).toBeGreaterThan(0);
  });
});
