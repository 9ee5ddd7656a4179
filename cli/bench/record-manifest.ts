import { createHash } from "node:crypto";
import { RECORDING_FILES } from "../../bench/record/manifest";
import type { Manifest } from "../../bench/record/manifest";
import { BadInput } from "../../config/bad-input";
import type { RecordedBench } from "./record-bench";
import type { RecordSettings } from "./record-settings";

const OF_NOTHING = createHash("sha256").digest("hex");

/** The manifest of a recording that begins at `started`. What nobody told is taken from what the bench knows. */
export function beginManifest(
  settings: RecordSettings,
  { clock, known, hasPumpLog, connection }: RecordedBench,
  identity: string | undefined,
  started: Date,
): Manifest {
  const { pump } = settings;
  return {
    format: 1,
    started: clock.name === "virtual" ? null : started.toISOString(),
    clock: clock.name,
    ...settings,
    pump: {
      serial: pump.serial ?? known.pump?.serial ?? null,
      model: pump.model ?? known.pump?.model ?? null,
      firmware: pump.firmware ?? known.pump?.firmware ?? null,
      strokesPerRevolution: known.pump?.strokesPerRevolution ?? null,
    },
    balance: {
      ...settings.balance,
      address: connectionAddress(settings, connection.address),
      identity: identity ?? null,
    },
    temperatureC: settings.temperatureC ?? known.temperatureC ?? null,
    pressureHpa: settings.pressureHpa ?? known.pressureHpa ?? null,
    humidityPercent: settings.humidityPercent ?? known.humidityPercent ?? null,
    raw: { file: RECORDING_FILES.raw, rows: 0, bytes: 0, sha256: null, soFarSha256: OF_NOTHING },
    pumpLog: hasPumpLog ? { file: RECORDING_FILES.pumpLog, offsetMs: 0, sha256: null } : null,
    resumed: 0,
    complete: false,
  };
}

/** The manifest of a recording that goes on. Throws `BadInput` when another balance answers now. */
export function resumeManifest(before: Manifest, identity: string | undefined): Manifest {
  const known = before.balance.identity;
  if (known !== null && identity !== undefined && identity !== known)
    throw new BadInput(before.balance.address, 0, `${identity} answers; the recording was begun with ${known}`);
  return { ...before, resumed: before.resumed + 1 };
}

/** The simulated balance listens somewhere else each time: that is no address to come back to. */
function connectionAddress({ simulated }: RecordSettings, address: string): string {
  return simulated === null ? address : "sim";
}
