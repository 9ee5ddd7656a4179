import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { QuantityError } from "../../config/exact-decimal";
import { BadUsage } from "../bad-usage";
import { readPumpAddress } from "./connect-address";

const EXITS = `
Exit code: 0 done, 1 refused, not confirmed, or the link was lost, 2 bad input or no pump (nothing was sent), 3 an internal fault, 130 on Ctrl-C.`;

/** A reader of text as commander wants it: what it throws becomes commander's complaint. */
export function optionOf<T>(read: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      if (error instanceof QuantityError || error instanceof BadUsage) throw new InvalidArgumentError(error.message);
      throw error;
    }
  };
}

/** A whole number from 0. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("A whole number from 0 is wanted.");
}

/** The command id of an order, from 1. */
function commandId(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("A whole number from 1 is wanted, as it was told when the order was given.");
}

/** Adds a command that talks to a pump. */
export function pumpCommand(pump: Command, name: string, description: string): Command {
  return pump
    .command(name)
    .description(description)
    .addOption(
      new Option("--connect <way>", "sim, usb, a serial port, tcp:HOST:PORT, ws://HOST:PORT")
        .default(readPumpAddress("sim"), "sim")
        .argParser((text) => readPumpAddress(text)),
    )
    .addOption(new Option("--serial <number>", "the pump that is meant, when there are several").argParser(wholeNumber))
    .option("--config <file>", "the pump file that describes it (default: devs.config.json)")
    .option("--fresh", "with --connect sim: the pump that lived there is forgotten, and a blank one begins")
    .option("--json", "print one JSON object a line, and never ask")
    .addHelpText("after", EXITS);
}

/** Adds a command that gives an order. */
export function orderCommand(pump: Command, name: string, description: string): Command {
  return pumpCommand(pump, name, description).addOption(
    new Option("--command-id <id>", "ask again for an order that was not answered; never done twice").argParser(
      commandId,
    ),
  );
}
