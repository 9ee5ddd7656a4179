import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BadInput } from "../../../config/bad-input";
import { commandFrame } from "../../../sim/engines/bytecode/jacdac-frame";
import { plainInput } from "../../../sim/engines/engine";
import { PumpTaken } from "../../../sim/live/node/folder-lock";
import { PumpFolder } from "../../../sim/live/node/pump-folder";
import { TcpBridge } from "../../../sim/live/node/tcp-bridge";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { benchPump, BOARD } from "./bench-pump";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "minim-pump-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Frames that come over a bridge, one at a time. */
class Client {
  private bytes: Buffer = Buffer.alloc(0);

  constructor(readonly socket: Socket) {}

  static async of(port: number): Promise<Client> {
    const socket = connect({ host: "127.0.0.1", port });
    await once(socket, "connect");
    return new Client(socket);
  }

  async next(): Promise<Buffer> {
    for (;;) {
      const length = this.bytes[0];
      if (length !== undefined && this.bytes.length > length) {
        const frame = this.bytes.subarray(1, 1 + length);
        this.bytes = this.bytes.subarray(1 + length);
        return frame;
      }
      const [more] = (await once(this.socket, "data")) as [Buffer];
      this.bytes = Buffer.concat([this.bytes, more]);
    }
  }

  /** The next frame in which the board itself answers `command`. */
  async answer(command: number): Promise<Buffer> {
    for (;;) {
      const frame = await this.next();
      if ((frame[3] ?? 0) % 2 === 0 && frame.subarray(4, 12).equals(BOARD) && frame.readUInt16LE(14) === command)
        return frame;
    }
  }
}

/** Register "uptime" of the board's control service, read. */
const READ_UPTIME = 0x1186;
const QUESTION = commandFrame(BOARD, READ_UPTIME, new Uint8Array(0), 0);
const framed = (frame: Uint8Array): Uint8Array => Uint8Array.of(frame.length, ...frame);

describe("the bridge of a live pump", () => {
  test("lets several clients hear the pump and each other, and garbage from one of them harms nobody (SIM-021)", async () => {
    const { pump, failures } = await benchPump();
    const bridge = await TcpBridge.open(pump);
    const [one, other, wild] = await Promise.all([1, 2, 3].map(() => Client.of(bridge.port)));
    if (one === undefined || other === undefined || wild === undefined) throw new Error("three clients");
    wild.socket.write(Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) & 255));
    wild.socket.write(Uint8Array.of(0xff, 3, 0, 1, 2, 3, 0, 0, 5, 1, 2));
    wild.socket.destroy();
    // In pieces, as TCP may bring it.
    for (const byte of framed(QUESTION)) one.socket.write(Uint8Array.of(byte));
    const answer = await one.answer(READ_UPTIME);
    for (;;) {
      const heard = await other.next();
      if (heard.equals(QUESTION)) break;
    }
    expect(await other.answer(READ_UPTIME)).toEqual(answer);
    expect(failures).toEqual([]);
    bridge.close();
    await Promise.all([pump.close(), ...[one, other].map(({ socket }) => once(socket.resume(), "close"))]);
  });
});

describe("the folder of a live pump", () => {
  test("holds what the pump has written before anybody hears of it, so that a killed process is a power cut (SIM-024)", async () => {
    const first = PumpFolder.open(folder);
    const { pump } = await benchPump({ memory: first.memory, clockChip: first.clockChip, kept: () => first.keep() });
    pump.passTo(100);
    pump.give(plainInput(EventKind.setClock, { count: 1e12 }));
    pump.give(plainInput(EventKind.tubeChanged));
    pump.passTo(200);
    expect(new Uint8Array(readFileSync(join(folder, "memory.bin")))).toEqual(first.memory.contents());
    first.release();
    const second = PumpFolder.open(folder);
    const next = await benchPump({ memory: second.memory, clockChip: second.clockChip });
    next.pump.passTo(10);
    expect(next.told(JournalCode.poweredOn)).toMatchObject([[JournalCode.poweredOn, 0, 2, 0, 0, 1]]);
    expect(next.told(JournalCode.clockSet)).toHaveLength(1);
    second.release();
    const fresh = PumpFolder.open(folder, { fresh: true });
    expect(fresh.memory.isBlank).toBe(true);
    expect(fresh.clockChip.wallMs).toBeUndefined();
    fresh.release();
  });

  test("has one owner at a time; what a dead process left is taken over", () => {
    const first = PumpFolder.open(folder);
    first.tellPort(4711);
    expect(() => PumpFolder.open(folder)).toThrow(PumpTaken);
    expect(() => PumpFolder.open(folder)).toThrow(`process ${process.pid} runs this pump already`);
    expect(PumpFolder.runningPort(folder)).toBe(4711);
    first.release();
    expect(PumpFolder.runningPort(folder)).toBeUndefined();
    const { pid } = spawnSync(process.execPath, ["-e", "0"]);
    // A process that has ended; one that has this number by now, but began at another time; no process at all.
    for (const left of [`${pid} 1\n`, `${process.pid} 1\n`, "", "-1 1\n"]) {
      writeFileSync(join(folder, "lock"), left);
      writeFileSync(join(folder, "port"), "4712\n");
      expect(PumpFolder.runningPort(folder)).toBeUndefined();
      const next = PumpFolder.open(folder);
      // It has no bridge, whatever the dead one had.
      expect(PumpFolder.runningPort(folder)).toBeUndefined();
      next.tellPort(4713);
      next.release();
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  test("a lock that is another's by now is neither taken over nor taken away (SIM-031)", () => {
    const lock = join(folder, "lock");
    const first = PumpFolder.open(folder);
    const alive = readFileSync(lock, "utf8");
    first.release();
    // While it is found out that the owner is gone, another process takes its lock over.
    writeFileSync(lock, "4194303 1\n");
    const kill = vi.spyOn(process, "kill").mockImplementationOnce(() => {
      writeFileSync(lock, alive);
      throw Object.assign(new Error("no such process"), { code: "ESRCH" });
    });
    expect(() => PumpFolder.open(folder)).toThrow(PumpTaken);
    kill.mockRestore();
    expect(readFileSync(lock, "utf8")).toBe(alive);
    rmSync(lock);
    const second = PumpFolder.open(folder);
    writeFileSync(lock, "4194303 1\n");
    second.release();
    expect(readdirSync(folder)).toEqual(["lock"]);
  });

  test("holds the old memory whole until the new one is, and what a killed process left of that harms nobody (SIM-032)", () => {
    const first = PumpFolder.open(folder);
    first.memory.write(0, [1, 2, 3], 3);
    first.keep();
    const old = first.memory.contents();
    // Whoever opened the file before sees what he opened.
    linkSync(join(folder, "memory.bin"), join(folder, "opened.bin"));
    first.memory.write(1, [7], 1);
    first.keep();
    expect(new Uint8Array(readFileSync(join(folder, "opened.bin")))).toEqual(old);
    expect(new Uint8Array(readFileSync(join(folder, "memory.bin")))).toEqual(first.memory.contents());
    first.release();
    writeFileSync(join(folder, "memory.bin.new"), "half of it");
    const second = PumpFolder.open(folder);
    expect(second.memory.words(0, 3)).toEqual([1, 7, 3]);
    second.keep();
    second.release();
    expect(readdirSync(folder).sort()).toEqual(["memory.bin", "opened.bin"]);
  });

  test("refuses files that no pump has left, and says what to do", () => {
    writeFileSync(join(folder, "memory.bin"), "short");
    expect(() => PumpFolder.open(folder)).toThrow(BadInput);
    expect(() => PumpFolder.open(folder)).toThrow(/has 5 bytes; a pump's memory has 32768; start with a fresh pump/);
    PumpFolder.open(folder, { fresh: true }).release();
    writeFileSync(join(folder, "clock-chip.json"), '{"aheadMs":"x"}');
    expect(() => PumpFolder.open(folder)).toThrow(/does not say by how many ms/);
    rmSync(join(folder, "clock-chip.json"));
    PumpFolder.open(folder).release();
  });
});
