import * as ds from "@devicescript/core";
import { ControlLoop } from "../../src/control-loop";
import { Pump } from "../../src/pump";
import { CoreClock, Shell } from "../shell";
import { HostLink } from "./host-link";
import { HostCode } from "../../src/simulation/host-protocol";
import { HostJournal, HostSleepObserver, SimulatedAnnunciator, SimulatedStepDriver, SimulatedStore } from "./ports";

/** Runs the pump in the simulator, with configuration, inputs and ports at the host's end. Never returns. */
export async function runOnSimulator(): Promise<void> {
  const host = new HostLink();
  host.listen();
  await host.awaitConfiguration();
  const pump = new Pump(host.config, host.restored);
  const clock = new CoreClock(pump.nowMs);
  const shell = new Shell();
  const loop = new ControlLoop(
    pump,
    new SimulatedStepDriver(host.config.strokeMs, host),
    new SimulatedStore(host),
    new SimulatedAnnunciator(),
    new HostJournal(host),
  );
  host.deliverTo(loop.inbox, shell);
  host.send(HostCode.ready, clock.nowMs(), ds.millis(), 0, 0, 0);
  await shell.run(loop, clock, new HostSleepObserver(host));
}
