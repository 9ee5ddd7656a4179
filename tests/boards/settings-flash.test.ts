import { beforeAll, describe, expect, test } from "vitest";
import { loadRuntimeModule } from "../../sim/engines/node/runtime-module";
import { JournalCode } from "../../src/record/journal";
import { checkoutRoot } from "../../toolchain/checkout";
import { cuts, flashWrite, torn } from "./flash-write";
import { buildProbe } from "./probe";
import { ProbeBoard } from "./probe-board";
import { REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "../src/reference-pump";
import { ProbeCode, wholePump } from "./whole-pump-probe";

/*
 * The whole pump with its settings store in the runtime of the command-line tool, whose file system is that of the boards. Each write to
 * the flash is torn at its bytes, and a board is started from what is left. `npm test` takes a sample, among it the bounds of all parts of a
 * write; every byte (600 boards, two minutes) with MINIM_EVERY_BYTE=1. Of pages that are erased only the halves are told apart.
 */
const SHARE = process.env["MINIM_EVERY_BYTE"] === "1" ? 1 : 60;

const HOUR_MS = 3600000;
/** While nothing is ordered the main loop turns this often, in ms. */
const IDLE_GRID_MS = 500;
/** Bytes of the pump's setting. */
const VALUE_BYTES = 40;
const NOTHING_KEPT = "0 0 0";

/** One hour after another somebody asks for a start and a bolus, and has no prescription; then everything is done as it should be. */
const ASKS = 2;
const PERSON = `
    for (let hour = 0; hour < ${ASKS}; hour++) {
      await ds.sleep(${HOUR_MS});
      order(EventKind.start, 0, 0, 0);
      requestBolus();
    }
    await ds.sleep(60000);
    fillAndConfirm();
    await ds.sleep(1000);
    order(EventKind.start, 0, 0, 0);
    await ds.sleep(60000);
    requestBolus();
`;
const ASKED_MS = ASKS * HOUR_MS + 30000;

/** Writes settings until the directory is nearly full, and tries what the runtime could not read again. */
const FILLER = `import * as ds from "@devicescript/core";
import { MOST_SETTING_BYTES, writeSetting } from "./settings-store";
type SynchronousMessage = (topic: string, data: Buffer) => void;
async function main(): Promise<void> {
  const settings = new ds.Settings();
  const message = Buffer.alloc(48);
  const send = ds._twinMessage as unknown as SynchronousMessage;
  let most = 0;
  for (let size = MOST_SETTING_BYTES - 6; size < 250; size++)
    if (await writeSetting(settings, "most", Buffer.alloc(size))) most = size;
  const isNameTaken = await writeSetting(settings, "fourteen-chars", Buffer.alloc(1));
  for (let i = 0; i < 232; i++) {
    const value = Buffer.alloc(8);
    value.setAt(0, "u32", i);
    await writeSetting(settings, "fill", value);
    await ds.sleep(25);
  }
  async function receive(packet: ds.Packet): Promise<void> {
    if (!packet) return;
    if (packet.serviceCommand !== 0x80 || !packet.isReport) return;
    message.setAt(0, "f64", 1);
    message.setAt(16, "f64", most);
    message.setAt(24, "f64", isNameTaken ? 1 : 0);
    message.setAt(32, "f64", packet.payload.length);
    send("probe", message);
  }
  settings._onPacket = receive;
  await settings.get("most");
}
await main();
`;

const PUMP = wholePump({
  store: "const store = new SettingsStore();\n  const restored = await store.restore(config);",
  kept: "store.run.start(pump, clock);",
  therapy: REFERENCE_PRESCRIPTION,
  person: PERSON,
});

let runtimeModule: WebAssembly.Module;
let image: Uint8Array;
let filler: Uint8Array;
beforeAll(async () => {
  runtimeModule = await loadRuntimeModule(checkoutRoot());
  image = await buildProbe("settings-probe", PUMP);
  filler = await buildProbe("settings-filler", FILLER);
});

/** What became of a board that was started from a torn flash. */
interface Life {
  readonly wrong: string[];
  /** It had lost its program, and got it anew. */
  readonly lost: boolean;
  /** The runtime itself ended, at its next write to the flash: on a board a panic and a reset. */
  readonly ended: boolean;
  /** Core time, strokes and starts that the pump began with. */
  readonly kept: string;
}

/** The runtime has run into its own assertion, or beyond its memory. */
function isEndOfRuntime(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || String(error).includes("the runtime stopped");
}

/** Core time, strokes and starts that a pump begins with when it finds this flash. */
function keptIn(flash: Uint8Array): string {
  const board = new ProbeBoard(runtimeModule, flash);
  board.run(10000);
  return startOf(board);
}

function startOf(board: ProbeBoard): string {
  const { a = 0, b = 0, c = 0 } = board.of(ProbeCode.ready)[0] ?? {};
  return `${a} ${b} ${c}`;
}

/** Two hours without a prescription, then therapy. `anew`: its program is put on it again even if it is there. */
function liveAgain(flash: Uint8Array, anew: boolean): Life {
  const board = new ProbeBoard(runtimeModule, flash);
  const wrong: string[] = [];
  const expectCount = (what: string, code: number, from: number, to = from): void => {
    const count = board.of(code).length;
    if (count < from || count > to) wrong.push(`${what}: ${count}`);
  };
  board.run(10000);
  expectCount("pulses before anything", ProbeCode.pulse, 0);
  const lost = board.of(ProbeCode.ready).length === 0;
  let ended = false;
  try {
    if (lost || anew) board.deploy(image);
    board.run(ASKED_MS, IDLE_GRID_MS);
    expectCount("starts refused", JournalCode.startRefused, ASKS);
    expectCount("boluses denied", JournalCode.bolusDenied, ASKS);
    expectCount("EN without a prescription", ProbeCode.enable, 0);
    expectCount("pulses without a prescription", ProbeCode.pulse, 0);
    board.run(150000);
    expectCount("boluses granted", JournalCode.bolusGranted, 1);
    expectCount("pulses of therapy", ProbeCode.pulse, 16, 2000);
  } catch (error) {
    if (!isEndOfRuntime(error)) throw error;
    ended = true;
    // The write comes after a person's first order.
    if (board.of(JournalCode.programmed).length === 0) expectCount("pulses before the end", ProbeCode.pulse, 0);
  }
  if (board.of(ProbeCode.pulse).some(({ a }) => a === 0)) wrong.push("a pulse without EN");
  if (board.panics !== 0) wrong.push(`${board.panics} panics`);
  return { wrong, lost, ended, kept: startOf(board) };
}

describe("settings flash", () => {
  test("takes no setting that the runtime could not read again (trap D)", () => {
    const board = new ProbeBoard(runtimeModule, undefined);
    board.deploy(filler);
    board.run(20000);
    // 232 bytes: "most", a zero and 227. The next start reads it, too.
    expect(board.of(1)).toMatchObject([{ a: 227, b: 0, c: 232 }]);
    const again = new ProbeBoard(runtimeModule, board.saves.at(-1));
    again.run(20000);
    expect(again.of(1)).toMatchObject([{ a: 227, b: 0, c: 232 }]);
    expect(again.panics).toBe(0);
  });

  test("torn at any byte: nothing moves until a prescription is confirmed anew (trap C)", { timeout: 600000 }, () => {
    const full = new ProbeBoard(runtimeModule, undefined);
    full.deploy(filler);
    full.run(20000);
    const first = new ProbeBoard(runtimeModule, full.saves.at(-1));
    first.deploy(image);
    const deploys = first.saves.length;
    first.run(ASKED_MS, IDLE_GRID_MS);
    first.run(35 * 60000);
    expect(first.of(ProbeCode.pulse).length).toBeGreaterThan(1000);
    const held = first.saves.slice(deploys - 1);
    const writes = held.slice(1).map((after, i) => flashWrite(held[i] ?? after, after));
    // Of these one made a new copy of the directory, because the old one was full.
    const renewal = writes.findIndex(({ bounds }) => bounds.length === 4);
    expect(renewal).toBeGreaterThan(0);
    expect(writes.length).toBeGreaterThan(renewal + 1);
    const whole = held.map(keptIn);
    expect(whole[0]).toBe(NOTHING_KEPT);
    expect(new Set(whole).size).toBe(writes.length);

    const failures: string[] = [];
    const ends: number[] = [];
    let boards = 0;
    let lost = 0;
    for (const [nth, write] of writes.entries()) {
      for (const cut of cuts(write, SHARE)) {
        const life = liveAgain(torn(write, cut), boards % 4 === 3);
        boards++;
        if (life.lost) lost++;
        if (![whole[0], whole[nth], whole[nth + 1]].includes(life.kept)) life.wrong.push(`began with ${life.kept}`);
        if (life.ended) ends.push(cut - write.lengthFrom);
        if (life.ended && nth !== renewal - 1) life.wrong.push("the runtime ended");
        for (const what of life.wrong) failures.push(`write ${nth}, byte ${cut}: ${what}`);
      }
    }
    console.log(
      `settings flash: ${boards} boards from torn writes, ${lost} had lost their program, ${ends.length} ended`,
    );
    expect(failures).toStrictEqual([]);
    expect(lost).toBeGreaterThan(0);
    // The file system copies an entry with a torn length when the directory is renewed, unless a later one has its name: such a board
    // ends at each next write until its flash is erased.
    for (const end of ends) expect([0, 1, 2, 3]).toContain(end);
  });

  test("whose value has changed by a bit gives back nothing", () => {
    const first = new ProbeBoard(runtimeModule, undefined);
    first.deploy(image);
    const deploys = first.saves.length;
    first.run(ASKED_MS, IDLE_GRID_MS);
    first.run(60000);
    const [before, after] = first.saves.slice(deploys - 1);
    if (before === undefined || after === undefined) throw new Error("no setting was written");
    const written = keptIn(after);
    expect(written).not.toBe(NOTHING_KEPT);
    for (const [place, byte] of flashWrite(before, after).puts.slice(0, VALUE_BYTES)) {
      if (place - Math.floor(place / 8) * 8 !== 3 && SHARE !== 1) continue;
      const flash = after.slice();
      flash[place] = byte ^ 0x10;
      // A 0 becomes so small a fraction that the runtime takes it for 0 again: then the number is what it was.
      expect([NOTHING_KEPT, written], `byte ${place}`).toContain(keptIn(flash));
      if (byte !== 0) expect(keptIn(flash), `byte ${place}`).toBe(NOTHING_KEPT);
    }
  });

  test("of a pump with another configuration gives back nothing", async () => {
    const first = new ProbeBoard(runtimeModule, undefined);
    first.deploy(image);
    first.run(ASKED_MS, IDLE_GRID_MS);
    first.run(60000);
    const other = PUMP.replace(`,${REFERENCE_PUMP.serial},`, `,${REFERENCE_PUMP.serial + 1},`);
    expect(other).not.toBe(PUMP);
    const board = new ProbeBoard(runtimeModule, first.saves.at(-1));
    board.deploy(await buildProbe("settings-probe-other", other));
    board.run(10000);
    expect(startOf(board)).toBe(NOTHING_KEPT);
  });
});
