import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BadInput } from "../../config/bad-input";
import { BOARD_IDS } from "../../config/boards";
import type { PumpFile } from "../../config/pump-file";
import { formatVolume } from "../../config/quantities";
import { readBoardPump } from "../../config/read-pump";
import { chipOfBoard } from "../board/chip";
import type { BuildRequest } from "./build";
import { DEFAULT_PUMP_FILE } from "./generated-config";
import { MOST_PURGE_NL } from "./purge-limits";

/** From pulse to pulse, in us, as `boards/purge/tone-stepper.ts` has it. */
const SHORTEST_PERIOD_US = 100;
const LONGEST_PERIOD_US = 10000;

/**
 * Most full steps a second. Bursts have no ramp, so a motor must start at this rate at once: its pull-in rate, which data sheets give over torque and
 * inertia, and which lies below the pull-out rate. Of that Acarnley (Stepping Motors, 4th ed., fig. 4.1) has 200 steps/s for a heavily loaded motor.
 */
const MOST_FULL_STEPS_PER_SECOND = 200;

/** A burst shorter than this is none; of it so much can come out, in us: 1 ms, and the turn of the main loop that may be late. */
const LEAST_BURST_US = 13000;

/** From pulse to pulse for this pump, in us: as quick as its motor follows without a ramp. Throws `BadInput` where that is no quicker than pulses by the program. */
export function purgePeriodUs({ head }: PumpFile, file: string): number {
  const mostPerSecond = Math.min(head.maxMicrostepsPerSecond, MOST_FULL_STEPS_PER_SECOND * head.microsteps);
  const periodUs = Math.max(SHORTEST_PERIOD_US, Math.ceil(1_000_000 / mostPerSecond));
  if (periodUs <= LONGEST_PERIOD_US) return periodUs;
  throw new BadInput(
    file,
    0,
    `head: this motor takes ${mostPerSecond} microsteps/s, and a purge is for ${1_000_000 / LONGEST_PERIOD_US} and more; the pump itself primes as quickly`,
  );
}

/**
 * The text of a board's purge (`boards/purge/purge.ts`).
 * @param volumeNl most that moves from one start to the next
 */
function purgeEntry(board: string, periodUs: number, volumeNl: number): string {
  return [
    'import { startBuzzer } from "@devicescript/servers";',
    `import { pins } from "@dsboard/${board}";`,
    'import { runPurge } from "./run-purge";',
    'import type { PurgePins } from "./run-purge";',
    `await runPurge(pins as unknown as PurgePins, startBuzzer({ pin: pins.STEP }), ${periodUs}, ${volumeNl});`,
    "",
  ].join("\n");
}

/** What to build for the purge of a board. Throws `BadInput` for a board or a pump that it is not for. */
export async function purgeProgram(root: string, board: string, volumeNl: number): Promise<BuildRequest> {
  const chip = await chipOfBoard(root, board);
  if (chip.family !== "esp32")
    throw new BadInput(
      `boards/${board}.board.json`,
      0,
      `the purge is for ESP32 boards; an ${chip.name} needs none, it primes by exact pulses at 900 microsteps/s`,
    );
  const file = DEFAULT_PUMP_FILE;
  const text = await readFile(join(root, file), "utf8");
  const pump = readBoardPump(
    text,
    file,
    BOARD_IDS.find((id) => id === board),
  );
  const periodUs = purgePeriodUs(pump, file);
  requireVolume(pump, periodUs, volumeNl);
  // Named as the board's own program: so it gets that one's configuration, which the ledger is about.
  const entry = `boards/purge/${board}.ts`;
  return {
    root,
    entry,
    name: `purge_${board}`,
    extraSources: new Map([[entry, purgeEntry(board, periodUs, volumeNl)]]),
  };
}

function requireVolume({ head }: PumpFile, periodUs: number, volumeNl: number): void {
  const pulses = Math.ceil(LEAST_BURST_US / periodUs) + 2 + head.microsteps * head.fullStepsPerStroke;
  const pulsesPerRevolution = head.microsteps * head.fullStepsPerRevolution;
  const leastNl = Math.ceil((pulses * head.plPerRevolution) / pulsesPerRevolution / 1000);
  if (volumeNl >= leastNl && volumeNl <= MOST_PURGE_NL) return;
  throw new BadInput(
    "--volume",
    0,
    `from ${formatVolume(leastNl)} to ${formatVolume(MOST_PURGE_NL)} is wanted, not ${formatVolume(volumeNl)}`,
  );
}
