import { join } from "node:path";
import type { BalanceConnection } from "../../bench/balances/balance-connection";
import { readReplayFile, readStampedLine } from "../../bench/balances/node/replay-file";
import { SerialConnection } from "../../bench/balances/node/serial-connection";
import { TcpConnection } from "../../bench/balances/node/tcp-connection";
import { ReplayConnection } from "../../bench/balances/replay-connection";
import { USUAL_SERIAL } from "../../bench/balances/serial-settings";
import type { Clock } from "../../bench/clock";
import { MonotonicClock } from "../../bench/monotonic-clock";
import type { Manifest } from "../../bench/record/manifest";
import { RAW_HEADER } from "../../bench/record/raw-row";
import { readReplayedRow } from "../../bench/record/replayed-row";
import { BENCH_PROFILE_NAMES, BENCH_PROFILES } from "../../bench/simulated/bench-profile";
import type { BenchProfile } from "../../bench/simulated/bench-profile";
import { readBenchPump } from "../../bench/simulated/node/bench-pump";
import { createSimulatedBalance } from "../../bench/simulated/node/simulated-bench-server";
import { longestRunHours, refuseOrder } from "../../bench/simulated/stroke-course";
import type { PumpOrder } from "../../bench/simulated/stroke-course";
import { BadInput } from "../../config/bad-input";
import { QuantityError } from "../../config/exact-decimal";
import { shownPath } from "../../sim/scenario/node/text-file";
import { checkoutRoot } from "../../toolchain/checkout";
import { DEFAULT_PUMP_FILE } from "../../toolchain/devicescript/generated-config";
import { BadUsage } from "../bad-usage";
import type { ConnectAddress } from "./record-address";
import type { RecordSettings } from "./record-settings";

/** What is recorded: the balance's connection, the clock of the recording, and what is known without asking. */
export interface RecordedBench {
  readonly connection: BalanceConnection;
  readonly clock: Clock;
  /** Whether a pump tells its log. */
  readonly hasPumpLog: boolean;
  /** Facts of the set-up that the person need not tell. */
  readonly known: Partial<Pick<Manifest, "pump" | "temperatureC" | "pressureHpa" | "humidityPercent">>;
  /** Ends it; again is of no effect. */
  close(): Promise<void>;
}

/** Reads a file for a replay; its lines are those of a raw file, or have a time before them. Throws `BadInput`. */
export function replayOf(address: ConnectAddress & { kind: "replay" }): ReplayConnection {
  const lines = readReplayFile(address.file, (firstLine) =>
    firstLine.trim() === RAW_HEADER ? { read: readReplayedRow, skip: 1 } : { read: readStampedLine, skip: 0 },
  );
  return new ReplayConnection(address.text, lines);
}

/**
 * Sets up what is recorded; a real balance is not opened yet. Throws `BadUsage` and `BadInput`.
 * @param onPumpLine takes each line of the pump's log
 */
export async function recordedBench(
  address: ConnectAddress,
  settings: RecordSettings,
  version: string,
  onPumpLine: (line: string) => void,
): Promise<RecordedBench> {
  switch (address.kind) {
    case "sim":
      return simulatedBench(settings, version, onPumpLine);
    case "serial":
      return realBench(new SerialConnection(address.path, settings.balance.serial ?? USUAL_SERIAL));
    case "tcp":
      return realBench(new TcpConnection(address.host, address.port));
    case "replay": {
      const replay = replayOf(address);
      return { connection: replay, clock: replay, hasPumpLog: false, known: {}, close: () => Promise.resolve() };
    }
  }
}

function realBench(connection: BalanceConnection): RecordedBench {
  const clock = new MonotonicClock();
  const close = (): Promise<void> => Promise.resolve(clock.end());
  return { connection, clock, hasPumpLog: false, known: {}, close };
}

async function simulatedBench(
  settings: RecordSettings,
  version: string,
  onPumpLine: (line: string) => void,
): Promise<RecordedBench> {
  const { simulated, rateMlPerH } = settings;
  const profile = BENCH_PROFILE_NAMES.find((name) => name === simulated?.profile);
  if (simulated === null || profile === undefined || rateMlPerH === null)
    throw new BadInput("manifest.json", 0, "it does not say how the bench was simulated");
  const pump = readBenchPump(pumpFileOf(simulated.pump));
  const { seed, boluses, revolutionUl } = simulated;
  requireDeliverable({ config: pump.config, rateMlPerH, boluses }, settings);
  const configuredUl = pump.config.plPerRevolution / 1e6;
  if (revolutionUl !== null && Math.abs(revolutionUl / configuredUl - 1) > 0.5)
    throw new BadUsage(
      `--set-volume: ${revolutionUl} uL; at most half more or less than the ${configuredUl} uL that ${simulated.pump} says is wanted`,
    );
  let closed: Promise<void> | undefined;
  const bench = await createSimulatedBalance({
    config: pump.config,
    rateMlPerH,
    profile,
    seed,
    boluses,
    revolutionUl: revolutionUl ?? undefined,
    onPumpLine,
  });
  const sheet: BenchProfile = BENCH_PROFILES[profile];
  return {
    connection: new TcpConnection(bench.host, bench.port),
    clock: bench.clock,
    hasPumpLog: true,
    known: {
      pump: {
        serial: "simulated",
        model: pump.name,
        firmware: `Minim ${version}, native engine`,
        strokesPerRevolution: pump.config.fullStepsPerRevolution / pump.config.fullStepsPerStroke,
      },
      temperatureC: sheet.temperatureC,
      pressureHpa: sheet.air?.pressureHpa ?? null,
      humidityPercent: sheet.air?.humidityPercent ?? null,
    },
    close: () => (closed ??= bench.close()),
  };
}

/** Refuses what the pump cannot give, then a run that outlasts the bottle it draws from. */
function requireDeliverable(order: PumpOrder, { rate, durationMs }: RecordSettings): void {
  try {
    refuseOrder(order);
  } catch (error) {
    if (error instanceof QuantityError) throw new BadUsage(`the simulated pump refuses: ${error.message}`);
    throw error;
  }
  const hours = longestRunHours(order.rateMlPerH);
  if (durationMs > hours * 3600000)
    throw new BadUsage(
      `--duration: at ${rate ?? ""} the simulated bottle is empty after ${hours.toFixed(1)} h (it holds 100 mL)`,
    );
}

function pumpFileOf(nameOrFile: string): string {
  return nameOrFile === DEFAULT_PUMP_FILE ? shownPath(join(checkoutRoot(), DEFAULT_PUMP_FILE)) : nameOrFile;
}
