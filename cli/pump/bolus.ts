import { formatDuration, formatVolume } from "../../config/quantities";
import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { BadUsage } from "../bad-usage";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import { exitOf } from "./connected-pump";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import type { OrderOptions } from "./pump-options";
import { openSession } from "./pump-session";
import { giveOrder, tellStandstill } from "./therapy";
import { withPump } from "./with-pump";

/** The options of `minim pump bolus`. */
export interface BolusOptions extends OrderOptions {
  /** Duration in ms. */
  readonly over?: number;
  /** The patient's own bolus, as the button gives it. */
  readonly demand?: true;
}

/** `minim pump bolus`. @param volumeNl `undefined`: the demand bolus has the prescription's */
export function bolus(
  volumeNl: number | undefined,
  options: BolusOptions,
  terminal: Terminal,
  host: PumpHost = thisPumpHost(),
): Promise<ExitCode> {
  const { over, demand } = options;
  if (demand === true && (volumeNl !== undefined || over !== undefined))
    throw new BadUsage("--demand is the patient's bolus: its volume and duration are the prescription's");
  if (demand !== true && (volumeNl === undefined || over === undefined))
    throw new BadUsage('a volume and its duration are wanted, for example bolus "30 uL" --over "10 min"; or --demand');
  const ordered = volumeNl ?? 0;
  const lastsMs = over ?? 0;
  const isDemand = demand === true;
  return withPump(options, terminal, host, async (pump) => {
    await openSession(pump);
    const given = await giveOrder(
      pump,
      isDemand ? "demand bolus" : `bolus of ${formatVolume(ordered)} over ${formatDuration(lastsMs)}`,
      isDemand ? ["bolus", "--demand"] : ["bolus", formatVolume(ordered), "--over", formatDuration(lastsMs)],
      isDemand ? { kind: EventKind.requestBolus } : { kind: EventKind.clinicianBolus, count: ordered, detail: lastsMs },
      options.commandId,
    );
    const granted = given.entries.find(({ code }) => code === Number(JournalCode.bolusGranted));
    if (granted !== undefined)
      pump.say(`  ${formatVolume(granted.b)} over ${formatDuration(granted.c)}, request ${granted.a}, under way`);
    if (given.isDone) tellStandstill(pump);
    return exitOf(given);
  });
}
