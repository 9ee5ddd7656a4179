import * as ds from "@devicescript/core";
import { ControlLoop } from "../../src/control-loop";
import { Pump } from "../../src/pump";
import { HostCode } from "../../src/simulation/host-protocol";
import { IdealStepDriver, IdealStore, SilentAnnunciator, WitnessedJournal } from "../../src/simulation/ideal-ports";
import { CoreClock, Shell } from "../shell";
import { HostLink } from "./host-link";

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
    new IdealStepDriver(host.config.strokeMs, host),
    new IdealStore(host),
    new SilentAnnunciator(),
    new WitnessedJournal(host),
  );
  host.deliverTo(loop.inbox, pump.draft, shell);
  host.entry(HostCode.ready, clock.nowMs(), ds.millis(), 0, 0, 0);
  await shell.run(loop, clock, host);
}
