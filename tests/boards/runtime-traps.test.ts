import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createBytecodeEngine } from "../../sim/engines/bytecode/bytecode-engine";
import { prescriptionNumbers } from "../../src/prescription/prescription";
import { announceFrame, commandFrame } from "../../sim/engines/bytecode/jacdac-frame";
import { Runtime } from "../../sim/engines/bytecode/runtime";
import { EngineFailure, plainInput } from "../../sim/engines/engine";
import type { BootState, PortSink } from "../../sim/engines/engine";
import { createNativeEngine } from "../../sim/engines/native";
import { loadRuntimeModule } from "../../sim/engines/node/runtime-module";
import { logOf } from "../../sim/random/run-therapy";
import type { RandomTherapy } from "../../sim/random/random-therapy";
import { Confirm, EventKind } from "../../src/events";
import { digestOf } from "../../src/prescription/digest";
import { HostCode, HostPacket, PROTOCOL_VERSION } from "../../src/simulation/host-protocol";
import { checkoutRoot } from "../../toolchain/checkout";
import { buildProgram } from "../../toolchain/devicescript/build";
import { buildProbe } from "./probe";
import { allDay, BENCH_THERAPY } from "./pump-bench";
import { BENCH_PUMP } from "./stepper-bench";

const DAY_MS = 86400000;
const HOUR_MS = 3600000;
const root = checkoutRoot();
const BOOT = { config: BENCH_PUMP, reservoirNl: BENCH_PUMP.capacityNl, drugs: BENCH_THERAPY.concentrationNgPerUl };
const NO_SINK: PortSink = { stroke: () => undefined, entry: () => undefined };

async function bootFailure(image: Uint8Array): Promise<unknown> {
  const runtime = await loadRuntimeModule(root);
  try {
    createBytecodeEngine({ runtime, image, gridMs: 1 }, BOOT, NO_SINK);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("30 days, in which core time in ms passes 2^31", () => {
  const prescription = { ...BENCH_THERAPY, ...allDay(3000), bolusNl: 600 };
  const confirmation = {
    id: digestOf(prescriptionNumbers(prescription)),
    detail: Confirm.softLimits + Confirm.largeChanges,
  };
  const press = (id: number, atMs: number): RandomTherapy["inputs"][number] => ({
    atMs,
    input: plainInput(EventKind.requestBolus, { id }),
  });
  const therapy: RandomTherapy = {
    seed: 0,
    config: BENCH_PUMP,
    reservoirNl: BENCH_PUMP.capacityNl,
    // The planned restart takes 1.5 s.
    durationMs: 30 * DAY_MS + 2000,
    inputs: [
      { atMs: 0, input: plainInput(EventKind.stage, { prescription }) },
      { atMs: 0, input: plainInput(EventKind.confirm, confirmation) },
      { atMs: 0, input: plainInput(EventKind.start) },
      press(1, 2 ** 31 - BENCH_THERAPY.bolusMs - 1),
      // Inside the lockout, and at its end: both instants are no int32 any more.
      press(2, 2 ** 31 + BENCH_THERAPY.lockoutMs - 2),
      press(3, 2 ** 31 + BENCH_THERAPY.lockoutMs - 1),
      press(4, 26 * DAY_MS + HOUR_MS),
    ],
  };

  test.each([1, 10])("give the same log natively and as bytecode, on a grid of %i ms", async (gridMs) => {
    const { image } = await buildProgram({ root, entry: "boards/pump_esp32c3.ts" });
    const runtime = await loadRuntimeModule(root);
    const filled = (boot: BootState): BootState => ({ ...boot, drugs: BOOT.drugs });
    const program = { image, runtime, gridMs };
    const native = logOf(therapy, (boot, sink) => createNativeEngine(filled(boot), sink));
    const bytecode = logOf(therapy, (boot, sink) => createBytecodeEngine(program, filled(boot), sink));
    expect(bytecode).toStrictEqual(native);
    const count = (event: string): number => native.filter((line) => line.includes(`"event":"${event}"`)).length;
    expect(count("stroke")).toBe(30 * 10 + 3 * 2);
    expect([count("bolusGranted"), count("bolusDenied")]).toStrictEqual([3, 1]);
  });
});

describe("a program that the simulator cannot run", () => {
  test("because it panics is refused with its last words", async () => {
    const image = await buildProbe(
      "panic-probe",
      'import * as ds from "@devicescript/core";\nconsole.log("filling line", ds.millis() > 0);\nthrow new Error("no pump head");\n',
    );
    const failure = await bootFailure(image);
    expect(failure).toBeInstanceOf(EngineFailure);
    expect((failure as Error).message).toMatch(
      /panicked with code 60005; its last words: .*filling line.*no pump head/,
    );
  });

  test("because it never says hello is given up in bounded time", async () => {
    const image = await buildProbe(
      "silent-probe",
      'import * as ds from "@devicescript/core";\nwhile (ds.millis() > 0) await ds.sleep(1000);\n',
    );
    const failure = await bootFailure(image);
    expect(failure).toBeInstanceOf(EngineFailure);
    expect((failure as Error).message).toMatch(/did not start/);
  });

  test("because it speaks another version of the protocol is refused with both versions", async () => {
    const path = "src/simulation/host-protocol.ts";
    const ours = `PROTOCOL_VERSION = ${PROTOCOL_VERSION}`;
    const other = readFileSync(join(root, path), "utf8").replace(ours, "PROTOCOL_VERSION = 77");
    const { image } = await buildProgram({
      root,
      entry: "boards/pump_esp32c3.ts",
      name: "protocol-probe",
      extraSources: new Map([[path, other]]),
    });
    const failure = await bootFailure(image);
    expect(failure).toBeInstanceOf(EngineFailure);
    expect((failure as Error).message).toContain(`speaks protocol 77, the simulator ${PROTOCOL_VERSION}`);
  });

  test("because it is no image is refused with the runtime's error", async () => {
    const failure = await bootFailure(new Uint8Array(256).fill(0x5a));
    expect(failure).toBeInstanceOf(EngineFailure);
    expect((failure as Error).message).toMatch(/refused the program \(error -?\d+\)/);
  });
});

describe("what arrives with the wrong size", () => {
  /** Sends messages that hold no whole record, then is silent. */
  const ODD_MESSAGES = `import * as ds from "@devicescript/core";
type SynchronousMessage = (topic: string, data: Buffer) => void;
const send = ds._twinMessage as unknown as SynchronousMessage;
send("pump", Buffer.alloc(0));
send("pump", Buffer.alloc(7));
send("pump", Buffer.alloc(47));
while (ds.millis() > 0) await ds.sleep(1000);
`;

  test("at the host is passed over", async () => {
    const failure = await bootFailure(await buildProbe("odd-messages-probe", ODD_MESSAGES));
    expect((failure as Error).message).toMatch(/did not start/);
  });

  test.each([
    { bytes: 0, panics: 0 },
    { bytes: 4, panics: 0 },
    { bytes: 12, panics: 0 },
    { bytes: 60, panics: 0 },
  ])("at the program, $bytes bytes: $panics panics; it comes back, and the host goes on", async (expected) => {
    const { image } = await buildProgram({ root, entry: "boards/pump_esp32c3.ts" });
    const hellos: Uint8Array[] = [];
    let panics = 0;
    const runtime = new Runtime(await loadRuntimeModule(root), {
      message: (device, data) => {
        if (data.getUint32(0, true) === HostCode.hello) hellos.push(device.slice());
      },
      line: () => undefined,
      panic: () => panics++,
    });
    const turns = (count: number): void => {
      for (let i = 0; i < count; i++) {
        runtime.process();
        runtime.nowUs += 1000;
      }
    };
    expect(runtime.deploy(image)).toBe(0);
    turns(1500);
    const [device = new Uint8Array(8)] = hellos;
    const payload = new Uint8Array(expected.bytes);
    if (payload.length >= 8) new DataView(payload.buffer).setFloat64(0, HostPacket.config, true);
    runtime.inject(announceFrame(device, 0x1a2b3c4d));
    expect(runtime.inject(commandFrame(device, 0x80, payload))).toBe(0);
    // The runtime starts a program again 5.3 s after its panic.
    turns(7000);
    expect(panics).toBe(expected.panics);
    expect(hellos).toHaveLength(1 + expected.panics);
  });
});
