import type { Command } from "commander";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import { addInspection } from "./add-inspection";
import { addKeys } from "./add-keys";
import { addOrders } from "./add-orders";
import { addPrescription } from "./add-prescription";
import { addSimulated } from "./add-simulated";

const MORE = `
--connect says where the pump is: sim (the default: the simulated pump of this checkout, which lives in .minim/pump), usb, a serial port,
tcp:HOST:PORT or ws://HOST:PORT (a bridge, as DeviceScript's devtools). Keys come from $MINIM_KEY_FILE or ~/.config/minim/keys/<serial number>.

  npx minim pump interrogate
  npx minim pump stage scenarios/first-day.yaml
  npx minim pump status --connect usb --watch

A lost link never stops therapy. An order that was not answered is named, with the command that asks again and never does it twice.
docs/programmer.md has all of it.`;

/** Adds `minim pump` with all its commands. */
export function addPump(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const pump = program
    .command("pump")
    .description("a clinician's programmer in the terminal, for a simulated pump or one on the bench")
    .addHelpText("after", MORE);
  addInspection(pump, terminal, done);
  addOrders(pump, terminal, done);
  addPrescription(pump, terminal, done);
  addKeys(pump, terminal, done);
  addSimulated(pump, terminal, done);
}
