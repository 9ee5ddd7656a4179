import { describe, expect, test } from "vitest";
import { BadInput } from "../../../config/bad-input";
import { readPumpFile } from "../../../config/read-pump";
import { LEDGER_WORDS } from "../../../src/record/memory-map";
import { checkoutRoot } from "../../../toolchain/checkout";
import { boardProgram } from "../../../toolchain/devicescript/board-program";
import { buildProgram, sourcesOf } from "../../../toolchain/devicescript/build";
import { GENERATED_CONFIG } from "../../../toolchain/devicescript/generated-config";
import { purgePeriodUs } from "../../../toolchain/devicescript/purge";
import { PoweredPump } from "../../src/powered-pump";
import { configNumbers } from "../../../config/pump-config";
import { buildProbe, FULLEST_PUMP, runProbe } from "../probe";
import { PURGED_PUMP, PurgeBench } from "./purge-bench";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = checkoutRoot();
const HALF_ML_NL = 500000;
/** What makes therapy: a purge has none of it. */
const THERAPY = /^(Pump|ControlLoop|Therapy|Delivery|StepPlan|BolusDesk|Orders|PumpServer|PulseStepper)\b|runOnBoard/;

const pumpText = (changes: object = {}): string => {
  const pump = JSON.parse(readFileSync(join(root, "devs.config.json"), "utf8")) as { head: object };
  return JSON.stringify({ ...pump, head: { ...pump.head, ...changes } });
};

describe.each([
  ["pump_esp32c3", undefined],
  ["pump_esp32", FULLEST_PUMP],
])("the purge of %s", (board, pumpFile) => {
  test("is compiled, with the memory that is declared, and has no therapy in it (BRD-007)", async () => {
    const request = await boardProgram(root, board, "purge", HALF_ML_NL);
    const { sizes } = await buildProgram({ ...request, pumpFile });
    const names = sizes.functions.map(({ name }) => name);
    expect(names).toContain("ToneStepper$burst");
    expect(names.filter((name) => THERAPY.test(name))).toEqual([]);
    expect(names.includes("FramStore")).toBe(pumpFile !== undefined);
  });

  test("is another build for the same pump: the ledger is its own, and the prescription was confirmed for another (BRD-007)", async () => {
    const purge = await sourcesOf(await boardProgram(root, board, "purge", HALF_ML_NL));
    const pump = await sourcesOf(await boardProgram(root, board, "pump"));
    expect(purge.program).not.toBe(pump.program);
    const numbers = ({ sources, program }: typeof pump): string =>
      Buffer.from(sources.get(GENERATED_CONFIG) ?? [])
        .toString()
        .replace(String(program), "PROGRAM");
    expect(numbers(purge)).toBe(numbers(pump));
    const more = await sourcesOf(await boardProgram(root, board, "purge", 2 * HALF_ML_NL));
    expect(more.program).not.toBe(purge.program);
  });
});

test("the therapy program has what the purge must not have", async () => {
  const { sizes } = await buildProgram(await boardProgram(root, "pump_esp32c3", "pump"));
  expect(sizes.functions.some(({ name }) => THERAPY.test(name))).toBe(true);
});

test.each([
  ["pump_pico", HALF_ML_NL, "boards/pump_pico.board.json: the purge is for ESP32 boards"],
  ["pump_esp32", 5000001, "from 563 nL to 5 mL is wanted"],
  ["pump_esp32", 100, "from 563 nL to 5 mL is wanted"],
])("for %s with %i nL it is refused in one line", async (board, volumeNl, words) => {
  const refusal = await boardProgram(root, board, "purge", volumeNl).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(BadInput);
  const { file, message } = refusal as BadInput;
  expect(`${file}: ${message}`).toContain(words);
  expect(message).not.toContain("\n");
});

test("its pulses are as quick as the motor of the pump file follows, and never quicker than 200 full steps a second", () => {
  const periodUs = (changes: object): number => purgePeriodUs(readPumpFile(pumpText(changes), "p.json"), "p.json");
  expect(periodUs({})).toBe(1112);
  expect(periodUs({ maxMicrostepsPerSecond: 1000000 })).toBe(313);
  expect(periodUs({ maxMicrostepsPerSecond: 1000000, microsteps: 64 })).toBe(100);
  expect(periodUs({ maxMicrostepsPerSecond: 100, microsteps: 1 })).toBe(10000);
  expect(() => periodUs({ maxMicrostepsPerSecond: 99, microsteps: 1 })).toThrow("the pump itself primes as quickly");
});

/** The purge in the runtime, with a script in place of pins, tone server and bus; it ends when the volume is used up, and tells its memory. */
const probe = (image: readonly number[], volumeNl: number): string => `import * as ds from "@devicescript/core";
import { readConfig } from "../src/config";
import { FramStore } from "./memory/fram-store";
import { Purge, PurgeButton } from "./purge/purge";
import { PurgeLedger } from "./purge/purge-ledger";
import { ToneStepper } from "./purge/tone-stepper";

type Bus = typeof ds & { _i2cTransaction(address: number, out: Buffer, into: Buffer): number };
type SynchronousMessage = (topic: string, data: Buffer) => void;
const KEPT = hex\`${Buffer.from(new Uint32Array(image.slice(0, LEDGER_WORDS)).buffer).toString("hex")}\`;
const BYTES = ${4 * LEDGER_WORDS};
const cells = Buffer.alloc(BYTES + 8);
const message = Buffer.alloc(4);

class Wire {
  value = 1;
  highs = 0;
  setMode(mode: number): void {
    if (mode === 0x12) this.highs++;
  }
}

class Tones {
  isBound = true;
  bursts = 0;
  async playTone(_periodUs: number, _dutyUs: number, _durationMs: number): Promise<void> {
    this.bursts++;
    await ds.sleep(0);
  }
}

function tell(value: number): void {
  message.setAt(0, "u32", value);
  (ds._twinMessage as unknown as SynchronousMessage)("probe", message);
}

/** The ledger's words, the last word of 32 kB, and one more for all others. */
function answer(address: number, out: Buffer, into: Buffer): number {
  if (address !== 0x50) return -1;
  let at = (out.getAt(0, "u8") & 127) * 256 + out.getAt(1, "u8");
  if (at >= 0x7ffc) at = BYTES;
  else if (at >= BYTES) at = BYTES + 4;
  if (into) into.blitAt(0, cells, at, into.length);
  else cells.blitAt(at, out, 2, out.length - 2);
  return 0;
}

async function main(): Promise<void> {
  cells.blitAt(0, KEPT, 0, BYTES);
  (ds as Bus)._i2cTransaction = answer;
  const config = readConfig(JSON.parse("${JSON.stringify(configNumbers(PURGED_PUMP))}") as number[]);
  const button = new Wire();
  const enable = new Wire();
  const other = new Wire();
  const tones = new Tones();
  const hand = new PurgeButton(button);
  const stepper = new ToneStepper({ enable, dir: other, heartbeat: other }, tones, hand, 1112);
  const ledger = new PurgeLedger(new FramStore(0x50, 32768), 16);
  const purge = new Purge(config, stepper, tones, hand, ledger, { light: other, kick: null }, ${volumeNl});
  purge.run.start();
  await ds.sleep(500);
  button.value = 0;
  await ds.sleep(2800);
  tell(tones.bursts);
  for (let at = 0; at < BYTES; at += 4) tell(cells.getAt(at, "u32"));
  ds.restart();
}
await main();
`;

test("in the runtime it books what it books in Node, bit for bit", async () => {
  const volumeNl = 30000;
  const image = new PoweredPump().begin().pass(3600000).fram.imageAfter(Infinity);
  const bench = new PurgeBench({ image, volumeNl });
  await bench.run(500);
  await bench.hold(8000);
  expect(bench.lines.at(-1)).toContain("the volume is used up");
  const { messages, lines } = await runProbe(await buildProbe("purge-probe", probe(image, volumeNl)));
  expect(messages[0], lines.join("\n")).toBe(bench.server.bursts.length);
  expect(messages.slice(1, 1 + LEDGER_WORDS)).toEqual(bench.image().slice(0, LEDGER_WORDS));
  expect(bench.image().slice(0, LEDGER_WORDS)).not.toEqual(image.slice(0, LEDGER_WORDS));
});
