import { join } from "node:path";
import type { BalanceFault } from "../../bench/simulated/balance-faults";
import { BENCH_PROFILES } from "../../bench/simulated/bench-profile";
import type { BenchProfileName } from "../../bench/simulated/bench-profile";
import { readBenchPump } from "../../bench/simulated/node/bench-pump";
import { NoPty, serveBalanceOnPty } from "../../bench/simulated/node/pty-balance";
import type { PtyBalance } from "../../bench/simulated/node/pty-balance";
import { serveBalanceOnTcp } from "../../bench/simulated/node/tcp-balance";
import type { ListeningBalance } from "../../bench/simulated/node/tcp-balance";
import { SimulatedBench } from "../../bench/simulated/simulated-bench";
import { longestRunHours } from "../../bench/simulated/stroke-course";
import { formatRate } from "../../config/rate";
import { QuantityError } from "../../config/exact-decimal";
import { shownPath } from "../../sim/scenario/node/text-file";
import { formatDuration } from "../../config/duration";
import { checkoutRoot } from "../../toolchain/checkout";
import { DEFAULT_PUMP_FILE } from "../../toolchain/devicescript/generated-config";
import { BadUsage } from "../bad-usage";
import type { ExitCode } from "../exit-code";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";

/** The options of `minim bench balance`. */
export interface BalanceOptions {
  readonly tcp?: number;
  readonly pty?: true;
  readonly rate: number;
  readonly profile: BenchProfileName;
  readonly seed: number;
  readonly speed: number;
  readonly pump?: string;
  readonly fault: readonly BalanceFault[];
  readonly json?: true;
}

/** From one look at the balance to the next, in ms of wall time: ten a second, as real ones repeat. */
const LOOK_EVERY_MS = 100;
/** How long a command waits for a stable weight, in ms of the simulated time. */
const PATIENCE_MS = 10000;
const ERASE_LINE = "\r\u001b[K";

/** `minim bench balance`: serves a simulated balance in real time, or faster, until Ctrl-C ends it. */
export async function balance(options: BalanceOptions, terminal: Terminal): Promise<ExitCode> {
  const bench = simulatedBench(options);
  const beganMs = performance.now();
  const follow = (): void => bench.advanceTo((performance.now() - beganMs) * options.speed);
  const served = {
    display: bench,
    nowMs: () => bench.elapsedMs,
    faults: options.fault,
    patienceMs: PATIENCE_MS,
    beforeAnswer: follow,
  };
  const tcp = options.pty === true && options.tcp === undefined ? undefined : await onTcp(served, options.tcp ?? 0);
  const pty = options.pty === true ? await onPty(served, tcp) : undefined;
  tell(options, bench, tcp, pty, terminal);
  let looks = 0;
  setInterval(() => {
    follow();
    tcp?.passed();
    pty?.passed();
    looks++;
    if (terminal.showsProgress && looks % 5 === 0) showProgress(bench, terminal);
  }, LOOK_EVERY_MS);
  // Until the process is ended.
  return new Promise<ExitCode>(() => undefined);
}

function simulatedBench({ rate, profile, seed, pump }: BalanceOptions): SimulatedBench {
  const { config } = readBenchPump(pump ?? shownPath(join(checkoutRoot(), DEFAULT_PUMP_FILE)));
  try {
    return new SimulatedBench({ config, rateMlPerH: rate, profile, seed });
  } catch (error) {
    if (error instanceof QuantityError) throw new BadUsage(`--rate: ${error.message}`);
    throw error;
  }
}

type Served = Parameters<typeof serveBalanceOnPty>[0];

async function onTcp(served: Served, port: number): Promise<ListeningBalance> {
  try {
    return await serveBalanceOnTcp({ ...served, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === "EADDRINUSE" ? "somebody else listens there" : code === "EACCES" ? "not allowed" : String(code);
    throw new BadUsage(`cannot listen on TCP port ${port}: ${why}; --tcp 0 takes one that is free`);
  }
}

async function onPty(served: Served, tcp: ListeningBalance | undefined): Promise<PtyBalance> {
  try {
    return await serveBalanceOnPty(served);
  } catch (error) {
    await tcp?.close();
    if (error instanceof NoPty) throw new BadUsage(error.message);
    throw error;
  }
}

function tell(
  options: BalanceOptions,
  bench: SimulatedBench,
  tcp: ListeningBalance | undefined,
  pty: PtyBalance | undefined,
  terminal: Terminal,
): void {
  const { rate, profile, speed } = options;
  const connects = [
    ...(tcp === undefined ? [] : [`tcp:${tcp.host}:${tcp.port}`]),
    ...(pty === undefined ? [] : [`serial:${pty.path}`]),
  ];
  if (options.json === true) {
    const { model, serial } = bench;
    outJson(terminal, {
      kind: "benchBalance",
      connects,
      rateMlPerH: rate,
      profile,
      seed: options.seed,
      speed,
      model,
      serial,
    });
    return;
  }
  const shown = formatRate(Math.round(rate * 24e6));
  const seen = formatRate(Math.round(rate * 24e6 * speed));
  terminal.out(
    `simulated balance ${bench.model} ${bench.serial}: ${BENCH_PROFILES[profile].title}; the pump delivers ${shown}\n`,
  );
  if (speed !== 1) terminal.out(`${speed} times real time: seen from outside ${seen}\n`);
  for (const connect of connects)
    terminal.out(`listens; type: npx minim bench record --out my-run --connect ${connect} --rate "${seen}"\n`);
  terminal.out(`Ctrl-C ends it; the bottle lasts ${longestRunHours(rate * speed).toFixed(1)} h\n`);
}

function showProgress(bench: SimulatedBench, terminal: Terminal): void {
  const { text, isStable, isOverload } = bench.display();
  const shown = isOverload ? "overload" : `${text} g${isStable ? "" : " (moving)"}`;
  const after = formatDuration(Math.floor(bench.elapsedMs / 1000) * 1000);
  terminal.err(`${ERASE_LINE}${after}: ${shown}`.slice(0, terminal.width + ERASE_LINE.length - 1));
}
