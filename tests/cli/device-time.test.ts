import { expect, test } from "vitest";
import { deviceTime } from "../../cli/numbers/device-time";
import { functionNames } from "../../cli/numbers/function-names";
import { ImageCode } from "../../cli/numbers/image-code";
import { OpcodeMeter } from "../../cli/numbers/opcode-meter";
import { Runtime } from "../../sim/engines/bytecode/runtime";
import { loadRuntimeModule } from "../../sim/engines/node/runtime-module";
import { checkoutRoot } from "../../toolchain/checkout";
import { buildProgram } from "../../toolchain/devicescript/build";

const TURNS = 1000;

/**
 * One turn of a loop: what it does, the opcodes that it is, and the µs that it took on the RP2040's stock firmware in an emulator at 125 MHz, while 20 to 40 kB
 * of the heap were held, as the pump holds them.
 */
const LOOPS = [
  { name: "loop alone", does: "", opcodes: 13, measuredUs: 29.5 },
  { name: "with an addition of doubles", does: "y = y + 0.5;", opcodes: 17, measuredUs: 33.9 },
  { name: "with a user call", does: "f(i);", opcodes: 18, measuredUs: 71 },
  { name: "with a method call", does: "o.m(i);", opcodes: 19, measuredUs: 105 },
  { name: "with an object literal", does: "g = { a: i };", opcodes: 22, measuredUs: 130 },
];

function program(): string {
  const loops = LOOPS.map(
    ({ does }) => `x = 0;\n  for (let i = 0; i < ${TURNS}; i++) {\n    x = x + i;\n    ${does}\n  }`,
  );
  return `import * as ds from "@devicescript/core";
let g: any = null;
function f(i: number): number {
  return i;
}
class Held {
  m(i: number): number {
    return i;
  }
}
async function main(): Promise<void> {
  const o = new Held();
  let x = 0;
  let y = 0.5;
  await ds.sleep(1);
  ${loops.join("\n  await ds.sleep(1);\n  ")}
  await ds.sleep(1);
  console.log(x + y, g);
}
await main();
`;
}

test("a loop's opcodes are counted one by one, and its time errs to the high side but for 5 % (NUM-003)", async () => {
  const root = checkoutRoot();
  const entry = "boards/loops-program.ts";
  const { image, imagePath } = await buildProgram({ root, entry, extraSources: new Map([[entry, program()]]) });
  const runtime = new Runtime(await loadRuntimeModule(root), {
    message: () => undefined,
    line: () => undefined,
    panic: (code) => expect(code).toBe(0),
  });
  const meter = new OpcodeMeter(runtime, new ImageCode(image, await functionNames(imagePath)));
  expect(runtime.deploy(image)).toBe(0);
  for (let turn = 0; turn < 1200; turn++) {
    runtime.process();
    runtime.nowUs += 1000;
  }
  const loops = meter.slices.filter(({ opcodes }) => opcodes > 10 * TURNS);
  expect(loops.map(({ opcodes }) => Math.round(opcodes / TURNS))).toEqual(LOOPS.map(({ opcodes }) => opcodes));
  loops.forEach((slice, index) => {
    const { name, measuredUs } = LOOPS[index] ?? { name: "", measuredUs: NaN };
    const predictedUs = deviceTime(slice, 0).us / TURNS;
    console.log(`${name}: ${predictedUs.toFixed(1)} us predicted, ${measuredUs} measured`);
    expect(predictedUs).toBeGreaterThan(0.95 * measuredUs);
  });
}, 30000);
