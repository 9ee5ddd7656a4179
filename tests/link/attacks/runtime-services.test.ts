import { beforeAll, describe, expect, test } from "vitest";
import { announcedClasses, announceFrame, commandFrame, packetsIn } from "../../../link/frames";
import type { Packet } from "../../../link/frames";
import { SIMULATED_BOARD, serverDeviceOf } from "../../../link/device-id";
import type { PumpConfig } from "../../../src/config";
import { TherapyMode } from "../../../src/delivery/therapy";
import { JournalCode } from "../../../src/record/journal";
import { LEDGER_PLACE, SECURITY_PLACE } from "../../../src/record/memory-map";
import { GET_REGISTER, Register, SERVICE_CLASS } from "../../../src/service/protocol";
import { SimulatedMemory } from "../../../sim/engines/simulated-memory";
import type { LivePump } from "../../../sim/live/live-pump";
import { joined, KEY, KeyHolder } from "../../src/service/key-holder";
import { ServedPump } from "../../src/service/served-pump";
import { benchPump, checkout } from "../../sim/live/bench-pump";
import { prescribed } from "../../src/reference-pump";

/*
 * What the runtime itself serves to anyone on the bus beside the program: settings, the program, the debugger. Nothing of it asks for a
 * session, and nothing here can change that; these tests say what it comes to.
 */

/** Classes of the runtime's services, and the commands that are used here (devicescript-spec). */
const SETTINGS = 0x1107dc4a;
const MANAGER = 0x1134ea2b;
const DEBUGGER = 0x155b5b40;
const GET_SETTING = 0x80;
const SET_SETTING = 0x81;
const LIST_KEYS = 0x82;
const DELETE_SETTING = 0x84;
const CLEAR_SETTINGS = 0x85;
const DEPLOY = 0x80;
const SET_RUNNING = 0x2080;
const HALT = 0x94;

/** Longer than a stroke takes to come, and shorter than the runtime takes to start a program that has failed; in ms. */
const A_WHILE_MS = 5500;

/** A stroke about every 3 s. */
const FAST = prescribed({ basalNlPerDay: 8000000, windowLimitNl: 11000000 });

const SERVER = serverDeviceOf(SIMULATED_BOARD);

let config: PumpConfig;

/** The compiled image on a memory with a key, whose therapy runs, and what anyone hears of it. */
class Board {
  private constructor(
    readonly pump: LivePump,
    readonly memory: SimulatedMemory,
    readonly strokesMs: readonly number[],
    readonly entries: readonly number[],
    readonly failures: readonly string[],
    private readonly frames: Uint8Array[],
    private readonly classes: readonly number[],
  ) {}

  static async running(): Promise<Board> {
    const native = new ServedPump({ config });
    expect(new KeyHolder(native).setKey()).toBe(0);
    native.begin(FAST);
    native.pass(3600000);
    expect(native.pump.therapy.mode).toBe(TherapyMode.running);
    const memory = new SimulatedMemory();
    memory.load(native.memory.contents());
    const strokesMs: number[] = [];
    const entries: number[] = [];
    const sink = {
      stroke: (atMs: number) => void strokesMs.push(atMs),
      entry: (code: number) => void entries.push(code),
    };
    const { pump, frames, failures } = await benchPump({ memory, sink });
    pump.send(announceFrame(SERVER, [SERVICE_CLASS]));
    pump.passTo(2000);
    const announced = frames
      .flatMap(packetsIn)
      .filter(({ device }) => device === SIMULATED_BOARD)
      .flatMap((packet) => [announcedClasses(packet)]);
    return new Board(pump, memory, strokesMs, entries, failures, frames, announced.at(-1) ?? []);
  }

  /** Somebody sends a command to a service of the runtime's; returns the reports of that service within 100 ms. */
  say(serviceClass: number, command: number, payload: Uint8Array = new Uint8Array(0)): Packet[] {
    const index = this.classes.indexOf(serviceClass) + 1;
    expect(index, serviceClass.toString(16)).toBeGreaterThan(0);
    this.frames.length = 0;
    this.pump.send(commandFrame(SIMULATED_BOARD, index, command, payload));
    this.pump.passTo(this.pump.nowMs + 100);
    return this.frames
      .flatMap(packetsIn)
      .filter(({ device, service }) => device === SIMULATED_BOARD && service === index);
  }

  /** The numbers of a register of the pump's, read as anyone can. */
  register(register: Register): number[] {
    this.frames.length = 0;
    this.pump.send(announceFrame(SERVER, [SERVICE_CLASS]));
    this.pump.send(commandFrame(SERVER, 1, GET_REGISTER + register, new Uint8Array(0)));
    this.pump.passTo(this.pump.nowMs + 100);
    const report = this.frames.flatMap(packetsIn).find(({ command }) => command === GET_REGISTER + register);
    if (report === undefined) return [];
    const view = new DataView(report.payload.buffer, report.payload.byteOffset, report.payload.length);
    return Array.from({ length: report.payload.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
  }

  /** Strokes in the next minute. */
  strokesInMinute(): number {
    const before = this.strokesMs.length;
    this.pump.passTo(this.pump.nowMs + 60000);
    return this.strokesMs.length - before;
  }
}

/** A word of the key lies somewhere in these bytes. */
function hasKeyIn(bytes: Uint8Array): boolean {
  for (let word = 0; word < KEY.length; word += 4)
    if (Buffer.from(bytes).includes(Buffer.from(KEY.subarray(word, word + 4)))) return true;
  return false;
}

function text(words: string): Uint8Array {
  return new TextEncoder().encode(words);
}

beforeAll(async () => {
  ({ config } = await checkout());
});

describe("settings", () => {
  test("that anyone reads, sets, deletes and clears hold nothing of the pump's: no key, no prescription, no ledger (SEC-018)", async () => {
    const board = await Board.running();
    expect(hasKeyIn(board.memory.contents())).toBe(true);
    const state = board.register(Register.state);
    const memory = board.memory.contents();
    const said: Packet[] = [];
    for (const name of ["minim", "*prog", "prog", "key", "ledger", "security", "", "fourteen-chars"]) {
      said.push(...board.say(SETTINGS, GET_SETTING, text(name)));
      board.say(SETTINGS, SET_SETTING, joined(text(name), [0], new Uint8Array(200).fill(0x55)));
      said.push(...board.say(SETTINGS, GET_SETTING, text(name)));
      board.say(SETTINGS, DELETE_SETTING, text(name));
    }
    expect(said.length).toBeGreaterThan(8);
    for (let letter = 1; letter < 256; letter += 5)
      said.push(...board.say(SETTINGS, GET_SETTING, Uint8Array.of(letter)));
    said.push(...board.say(SETTINGS, LIST_KEYS));
    board.say(SETTINGS, CLEAR_SETTINGS);
    expect(said.some(({ payload }) => hasKeyIn(payload))).toBe(false);
    // What was written there is all that ever is.
    for (const { payload } of said) expect(payload.filter((byte) => byte !== 0x55).length).toBeLessThan(32);
    expect(board.strokesInMinute()).toBeGreaterThan(10);
    const after = board.register(Register.state);
    expect([after[0], after[1], after[4], after[5], after[6]]).toEqual([
      state[0],
      state[1],
      state[4],
      state[5],
      state[6],
    ]);
    const changed = board.memory
      .contents()
      .findIndex((byte, at) => byte !== memory[at] && at >= 4 * SECURITY_PLACE && at < 4 * LEDGER_PLACE);
    expect(changed).toBe(-1);
  });
});

describe("the program", () => {
  test("that anyone stops delivers nothing, and goes on with the prescription that it had when it is started (SEC-019)", async () => {
    const board = await Board.running();
    expect(board.strokesInMinute()).toBeGreaterThan(10);
    const [mode, , , , digest] = board.register(Register.state);
    board.say(MANAGER, SET_RUNNING, Uint8Array.of(0));
    const strokes = board.strokesMs.length;
    board.pump.passTo(board.pump.nowMs + A_WHILE_MS);
    expect(board.strokesMs.length).toBe(strokes);
    expect(board.register(Register.state)).toEqual([]);
    // The simulator takes a program that does not wake for a failed one, and starts it as the runtime would.
    board.pump.passTo(board.pump.nowMs + 60000);
    const state = board.register(Register.state);
    expect([state[0], state[4], state[6]]).toEqual([mode, digest, 1]);
    expect(board.entries.filter((code) => code === Number(JournalCode.poweredOn)).length).toBeGreaterThan(0);
  });

  test("that anyone erases delivers nothing any more (SEC-019)", async () => {
    const board = await Board.running();
    expect(board.strokesInMinute()).toBeGreaterThan(10);
    board.say(MANAGER, DEPLOY, new Uint8Array(4));
    const strokes = board.strokesMs.length;
    board.pump.passTo(board.pump.nowMs + A_WHILE_MS);
    expect(board.strokesMs.length).toBe(strokes);
    expect(hasKeyIn(board.memory.contents())).toBe(true);
  });

  test("that anyone halts in the debugger delivers nothing while it stands (SEC-019)", async () => {
    const board = await Board.running();
    expect(board.strokesInMinute()).toBeGreaterThan(10);
    board.say(DEBUGGER, HALT);
    const strokes = board.strokesMs.length;
    board.pump.passTo(board.pump.nowMs + A_WHILE_MS);
    expect(board.strokesMs.length).toBe(strokes);
    expect(board.failures.join()).toContain("did not go back to sleep");
  });
});
