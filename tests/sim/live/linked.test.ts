import { expect, test } from "vitest";
import { SIMULATED_BOARD } from "../../../link/device-id";
import { LogRing } from "../../../link/log-entries";
import type { LogPage } from "../../../link/log-pages";
import { PumpLink } from "../../../link/pump-link";
import { SimulatedMemory } from "../../../sim/engines/simulated-memory";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { ServiceStatus } from "../../../src/service/protocol";
import { Random } from "../../../sim/random/random";
import { toolsOf } from "../../link/linked-pump";
import { VirtualTime } from "../../link/virtual-time";
import { benchPump } from "./bench-pump";
import type { BenchPump } from "./bench-pump";

const KEY = Uint8Array.from({ length: 32 }, (_, i) => 3 * i + 1);

async function linked(memory: SimulatedMemory): Promise<{ time: VirtualTime; bench: BenchPump; link: PumpLink }> {
  const time = new VirtualTime();
  const bench = await benchPump({ memory, timers: time });
  const options = { board: SIMULATED_BOARD, timers: time, tools: toolsOf(new Random(1)) };
  return { time, bench, link: await time.until(PumpLink.connect(bench.pump, options)) };
}

test("the host's own client sets a key, opens a session, gives orders and reads pump and log of the compiled image (SIM-023)", async () => {
  const memory = new SimulatedMemory();
  const { time, bench, link } = await linked(memory);
  const { pump } = bench;
  expect(await time.until(link.setKey(KEY))).toBe(ServiceStatus.buttonNotHeld);
  pump.holdButton(4000);
  await time.pause(3100);
  expect(await time.until(link.setKey(KEY))).toBe(ServiceStatus.done);
  await time.pause(2000);
  expect(await time.until(link.openSession(KEY))).toBeUndefined();
  expect(await time.until(link.order({ kind: EventKind.tubeChanged }))).toMatchObject({
    kind: "taken",
    isStored: true,
    entries: [{ code: JournalCode.tubeChanged }],
  });
  const askedMs = time.nowMs();
  expect((await time.until(link.report())).length).toBeGreaterThan(10);
  // The runtime lets 50 packets a second out.
  expect(time.nowMs() - askedMs).toBeLessThan(1000);
  const codes: number[] = [];
  const take = (page: LogPage): void => void codes.push(...page.entries.map(({ code }) => code));
  expect(await time.until(link.log(LogRing.events, 0, take))).toBe(ServiceStatus.done);
  expect(codes).toContain(JournalCode.tubeChanged);
  await time.until(link.close());
  expect(bench.failures).toEqual([]);
});

test("a key that was set holds after a loss of power; another one does not", async () => {
  const memory = new SimulatedMemory();
  const first = await linked(memory);
  first.bench.pump.holdButton(4000);
  await first.time.pause(3100);
  expect(await first.time.until(first.link.setKey(KEY))).toBe(ServiceStatus.done);
  const second = await linked(memory);
  expect(await second.time.until(second.link.openSession(KEY.map((byte) => byte ^ 1)))).toBeDefined();
  expect(await second.time.until(second.link.openSession(KEY))).toBeUndefined();
  expect([...first.bench.failures, ...second.bench.failures]).toEqual([]);
});
