import * as ds from "@devicescript/core";
import { ControlLoop } from "../../src/control-loop";
import { Pump } from "../../src/pump";
import { HostCode } from "../../src/simulation/host-protocol";
import { IdealStepDriver } from "../../src/simulation/ideal-ports";
import { VolatileStore } from "../../src/record/volatile-store";
import { CoreClock, Shell } from "../shell";
import { HostLink } from "./host-link";

/** Runs the pump in the simulator, with configuration, inputs and ports at the host's end. Never returns. */
export async function runOnSimulator(): Promise<void> {
  const host = new HostLink();
  await host.awaitConfiguration();
  const pump = new Pump(host.config, host.restored);
  const clock = new CoreClock(pump.nowMs);
  const shell = new Shell();
  const loop = new ControlLoop(
    pump,
    new IdealStepDriver(host.config.strokeMs, host),
    new VolatileStore(host),
    host,
    host,
  );
  host.lists[2] = pump.draft;
  host.inbox = loop.inbox;
  host.shell = shell;
  host.write(HostCode.ready, clock.nowMs(), ds.millis(), 0, 0, 0);
  await shell.run(loop, clock, host);
}
