import { VirtualClock } from "../../clock";
import type { BalanceFault } from "../balance-faults";
import { SimulatedBench } from "../simulated-bench";
import type { SimulatedBenchSetup } from "../simulated-bench";
import { serveBalanceOnTcp } from "./tcp-balance";

/** A simulated bench whose balance is listening. */
export interface SimulatedBalance {
  /** The time of both ends: the bench's pump and balance go on when somebody waits on it. */
  readonly clock: VirtualClock;
  /** Where the balance speaks MT-SICS. */
  readonly host: string;
  readonly port: number;
  readonly bench: SimulatedBench;
  /** Ends connections, server and pump. */
  close(): Promise<void>;
}

/**
 * A simulated bench whose balance speaks MT-SICS on TCP, on this machine only, at a port that is free. It shares its clock with the recorder: 0 is
 * the pump's start, and time passes only while the recorder waits for its next reading.
 * @param faults what goes wrong with the line, and when
 */
export async function createSimulatedBalance(
  setup: SimulatedBenchSetup & { readonly faults?: readonly BalanceFault[] },
): Promise<SimulatedBalance> {
  const bench = new SimulatedBench(setup);
  const clock = new VirtualClock((nowMs) => {
    bench.advanceTo(nowMs);
    server.passed();
  });
  const server = await serveBalanceOnTcp({ display: bench, nowMs: () => clock.nowMs(), faults: setup.faults ?? [] });
  return {
    clock,
    host: server.host,
    port: server.port,
    bench,
    close: async () => {
      await server.close();
      bench.close();
    },
  };
}
