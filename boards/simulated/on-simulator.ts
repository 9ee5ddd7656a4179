import * as ds from "@devicescript/core";
import { breatheBy } from "../../src/breath";
import { ControlLoop } from "../../src/control-loop";
import { HostCode } from "../../src/simulation/host-protocol";
import { IdealStepDriver } from "../../src/simulation/ideal-ports";
import { VolatileStore } from "../../src/record/volatile-store";
import { OrderWatch } from "../../src/service/order-watch";
import { MOST_PACKET_BYTES } from "../../src/service/protocol";
import { ServiceParts } from "../../src/service/service-parts";
import { SecurityRecord } from "../../src/service/security-record";
import { recoveredPump } from "../recovered-pump";
import { PumpServer } from "../service/pump-server";
import { RuntimeCipher } from "../service/runtime-cipher";
import { CoreClock, restShortly, Shell } from "../shell";
import { HostLink } from "./host-link";

/** Runs the pump in the simulator, with configuration, memory, inputs and ports at the host's end. Never returns. */
export async function runOnSimulator(): Promise<void> {
  breatheBy(restShortly);
  const host = new HostLink();
  await host.awaitConfiguration();
  const found = { words: host.lists[3] };
  host.lists[3] = null;
  const security = new SecurityRecord(found.words);
  const pump = await recoveredPump(host.config, host.restored, found, 0);
  host.restored = null;
  const clock = new CoreClock(pump.nowMs);
  const shell = new Shell();
  const store = new VolatileStore(host, host.capacityWords);
  const watch = new OrderWatch(Buffer.alloc(MOST_PACKET_BYTES), host);
  const loop = new ControlLoop(pump, new IdealStepDriver(host.config.strokeMs, host, pump.guard), store, host, watch);
  const service = new ServiceParts(pump, loop.inbox, store, watch, new RuntimeCipher(), security);
  const server = new PumpServer(service, clock, shell, host, host);
  host.lists[2] = pump.draft;
  host.inbox = loop.inbox;
  host.shell = shell;
  server.run.start();
  host.write(HostCode.ready, clock.nowMs(), ds.millis(), 0, 0, 0);
  await shell.run(loop, clock, host);
}
