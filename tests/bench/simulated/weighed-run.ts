import { madeSeries } from "../../../bench/analysis/mass-series";
import type { MassSeries } from "../../../bench/analysis/mass-series";
import { MT_SICS } from "../../../bench/balances/mt-sics";
import { TcpConnection } from "../../../bench/balances/node/tcp-connection";
import { SYSTEM_TIMERS } from "../../../bench/balances/timers";
import { USUAL_PATIENCE, Weigher } from "../../../bench/balances/weigher";
import type { SimulatedBalance } from "../../../bench/simulated/node/simulated-bench-server";

/** Weighs a simulated bench from 0 to `untilMs` as a recorder does: MT-SICS over TCP, on the bench's virtual clock. */
export async function weighedRun(served: SimulatedBalance, untilMs: number, intervalMs: number): Promise<MassSeries> {
  const { clock, host, port } = served;
  const timeS: number[] = [];
  const massG: number[] = [];
  const weigher = new Weigher({
    connection: new TcpConnection(host, port),
    protocol: MT_SICS,
    clock,
    timers: SYSTEM_TIMERS,
    patience: USUAL_PATIENCE,
    hear: (event) => {
      if (event.kind !== "line" || event.answer.kind !== "weight")
        throw new Error(`no weight: ${JSON.stringify(event)}`);
      timeS.push(event.atMs / 1000);
      massG.push(event.answer.massG);
    },
  });
  await weigher.open();
  for (let atMs = 0; atMs <= untilMs; atMs += intervalMs) {
    await clock.waitUntil(atMs);
    await weigher.weigh();
  }
  await weigher.close();
  return madeSeries(timeS, massG, "simulated");
}
