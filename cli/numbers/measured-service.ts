import { createHmac } from "node:crypto";
import { SIMULATED_BOARD } from "../../link/device-id";
import { LogRing } from "../../link/log-entries";
import { PumpLink } from "../../link/pump-link";
import type { SessionTools } from "../../link/open-session";
import { LivePump } from "../../sim/live/live-pump";
import { checkoutProgram } from "../../sim/live/node/checkout-pump";
import { EventKind } from "../../src/events";
import { digestOf } from "../../src/prescription/digest";
import { prescriptionNumbers } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { checkoutRoot } from "../../toolchain/checkout";
import { boardEntry } from "../../toolchain/devicescript/boards";
import { buildProgram } from "../../toolchain/devicescript/build";
import { deviceTime } from "./device-time";
import { PRESCRIPTION } from "./duty-program";
import { functionNames } from "./function-names";
import { ImageCode } from "./image-code";
import { executedIn, whatItDid } from "./measured-duty";
import type { MeasuredPart } from "./measured-duty";
import { OpcodeMeter } from "./opcode-meter";
import { VirtualTimers } from "./virtual-timers";

const KEY = Uint8Array.from({ length: 32 }, (_, i) => 3 * i + 1);
const NEXT_KEY = KEY.map((byte) => byte + 1);
/** The same in every run. */
const TOOLS: SessionTools = {
  hmac: (key, data) => Promise.resolve(new Uint8Array(createHmac("sha256", key).update(data).digest())),
  random: (count) => Uint8Array.from({ length: count }, (_, i) => 7 * i + 1),
};
/** One that the checkout's own pump takes. */
const PERMITTED: Prescription = {
  ...PRESCRIPTION,
  concentrationNgPerUl: [1000, 0, 0, 0, 0, 0, 0, 0],
  stepNlPerDay: PRESCRIPTION.stepNlPerDay.map(() => 1000000),
  windowLimitNl: 6000000,
};
/** What the program does only because it runs in the simulator. */
const SIMULATED: ReadonlySet<string> = new Set(["memory", "HostLink$flush", "beforeSleep", "HostLink$takePage"]);

/**
 * Counts what the compiled image executes while the host's own client asks it for all that its service has, in the simulator. HMAC is the runtime's own
 * and is not counted.
 */
export async function measureService(): Promise<MeasuredPart[]> {
  const root = checkoutRoot();
  const { program, config, board } = await checkoutProgram(root);
  const { image, imagePath } = await buildProgram({ root, entry: boardEntry(board) });
  const timers = new VirtualTimers();
  const pump = new LivePump({ program, config, timers });
  const running = pump["board"]["program"]?.["runtime"];
  if (running === undefined) throw new Error("the simulated pump has no program");
  const meter = new OpcodeMeter(running, new ImageCode(image, await functionNames(imagePath)));
  const parts: MeasuredPart[] = [];
  const measure = async <T>(name: string, does: () => Promise<T>): Promise<T> => {
    const firstMs = timers.nowMs();
    const first = meter.slices.length;
    const result = await timers.until(does());
    parts.push(partOf(`link: ${name}`, meter, first, timers.nowMs() - firstMs));
    return result;
  };
  const options = { board: SIMULATED_BOARD, timers, tools: TOOLS };
  const link = await measure("identity", () => PumpLink.connect(pump, options));
  await measure("state", () => link.state());
  await measure("alarms", () => link.alarms());
  pump.holdButton(4000);
  await timers.pause(3100);
  await measure("key set", () => link.setKey(KEY));
  await timers.pause(2000);
  await measure("session opened", () => link.openSession(KEY));
  await measure("order", () => link.order({ kind: EventKind.tubeChanged }));
  const numbers = prescriptionNumbers(PERMITTED);
  await measure("draft and stage", () => link.stage(numbers));
  await measure("confirm", () => link.confirm(digestOf(numbers), 3));
  await measure("report", () => link.report());
  await measure("log", () => link.log(LogRing.events, 0, () => undefined));
  await measure("key changed", () => link.rotateKey(NEXT_KEY));
  await measure("closed", () => link.close());
  return parts;
}

function partOf(name: string, meter: OpcodeMeter, first: number, lastsMs: number): MeasuredPart {
  const slices = meter.slices.slice(first).map((slice) => ({ slice, time: deviceTime(slice, 0, SIMULATED) }));
  const [longest] = [...slices].sort((a, b) => b.time.us - a.time.us);
  const workMs = slices.reduce((sum, { time }) => sum + time.us, 0) / 1000;
  return {
    name,
    lastsMs,
    workMs,
    controlMs: workMs,
    slices: slices.length,
    longest: longest && { ...longest.time, ...whatItDid(longest.slice) },
    executed: executedIn(slices.map(({ slice }) => slice)),
  };
}
