import * as ds from "@devicescript/core";
import { ControlLoop } from "../../src/control-loop";
import { Pump } from "../../src/pump";
import { HostCode } from "../../src/simulation/host-protocol";
import { IdealStepDriver } from "../../src/simulation/ideal-ports";
import { PUMP_WORDS } from "../../src/record/memory-map";
import { Recovery } from "../../src/record/recover";
import { VolatileStore } from "../../src/record/volatile-store";
import { CoreClock, Shell } from "../shell";
import { HostLink } from "./host-link";

/** Runs the pump in the simulator, with configuration, memory, inputs and ports at the host's end. Never returns. */
export async function runOnSimulator(): Promise<void> {
  const host = new HostLink();
  await host.awaitConfiguration();
  const pump = await recoveredPump(host);
  const clock = new CoreClock(pump.nowMs);
  const shell = new Shell();
  const loop = new ControlLoop(
    pump,
    new IdealStepDriver(host.config.strokeMs, host, pump.guard),
    new VolatileStore(host, host.capacityWords),
    host,
    host,
  );
  host.lists[2] = pump.draft;
  host.inbox = loop.inbox;
  host.shell = shell;
  host.write(HostCode.ready, clock.nowMs(), ds.millis(), 0, 0, 0);
  await shell.run(loop, clock, host);
}

/** The pump that goes on behind what the memory holds. Each sleep begins a new slice of the runtime. */
async function recoveredPump(host: HostLink): Promise<Pump> {
  const record = host.restored;
  let recovery = new Recovery(host.lists[3], host.config, record);
  while (!recovery.isDone) {
    recovery.step();
    await ds.sleep(0);
  }
  // Beside a pump there is no room in the heap for all of the words.
  recovery = null;
  host.lists[3] = host.lists[3].slice(0, PUMP_WORDS);
  const pump = new Pump(host.config, record, host.lists[3], true);
  host.lists[3] = null;
  host.restored = null;
  await ds.sleep(0);
  pump.goOn(record);
  await ds.sleep(0);
  return pump;
}
