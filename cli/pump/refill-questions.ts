import { QuantityError } from "../../config/exact-decimal";
import { formatVolume } from "../../config/quantities";
import { dayText, parseDay } from "../../sim/scenario/wall-clock";
import { MOST_DRUGS } from "../../src/prescription/prescription";
import type { ConnectedPump } from "./connected-pump";
import { drugsText, mixtureOfDrugs, readContentNl } from "./refill-plan";
import type { RefillPlan } from "./refill-plan";

/** Nobody answers: the refill stays where it is. */
export class NotAnswered extends Error {
  override readonly name = "NotAnswered";
}

/** Asks until the answer can be read. An empty one ends it with {@link NotAnswered}. */
async function ask<T>(pump: ConnectedPump, question: string, read: (text: string) => T): Promise<T> {
  for (;;) {
    const answer = (await pump.host.ask(question, pump.terminal))?.trim() ?? "";
    if (answer === "") throw new NotAnswered("no answer");
    try {
      return read(answer);
    } catch (error) {
      if (!(error instanceof QuantityError)) throw error;
      pump.terminal.err(`  ${error.message}\n`);
    }
  }
}

/** Asks for the residual. */
export function askResidual(pump: ConnectedPump): Promise<number> {
  return ask(pump, "Empty the reservoir and measure what came out: ", (text) => readContentNl(text, pump.named));
}

/** Asks whether a difference is known. */
export async function askAcknowledged(pump: ConnectedPump): Promise<boolean> {
  const answer = await pump.host.ask("Type acknowledge when the difference is looked into and known: ", pump.terminal);
  return answer?.trim().toLowerCase() === "acknowledge";
}

/** Asks for what is not known yet of the fill, and whether it is right. False: it is not. */
export async function askFill(pump: ConnectedPump, plan: RefillPlan): Promise<boolean> {
  plan.volumeNl ??= await ask(pump, "Volume that the reservoir holds now: ", (text) => readContentNl(text, pump.named));
  if (plan.ngPerUl === undefined) await askDrugs(pump, plan);
  plan.expiryDay ??= await ask(pump, "Expiry date of the drug, as 2026-12-31, or none: ", (text) =>
    text === "none" ? 0 : parseDay(text),
  );
  const expiry = plan.expiryDay === 0 ? "no expiry date" : `expires ${dayText(plan.expiryDay)}`;
  const filled = `${formatVolume(plan.volumeNl)} of ${drugsText(plan)}, ${expiry}`;
  const answer = await pump.host.ask(`${filled}. Type yes when that is what the reservoir holds: `, pump.terminal);
  return answer?.trim().toLowerCase() === "yes";
}

async function askDrugs(pump: ConnectedPump, plan: RefillPlan): Promise<void> {
  const names = pump.named.drugs.map(({ name }) => name).join(", ");
  const drugs: string[] = [];
  while (drugs.length < MOST_DRUGS) {
    const question = drugs.length === 0 ? `Drug, one of ${names}: ` : "Another drug in it, or Enter: ";
    const name = (await pump.host.ask(question, pump.terminal))?.trim() ?? "";
    if (name === "") break;
    const concentration = (await pump.host.ask(`Concentration of ${name}, as 10 mg/mL: `, pump.terminal))?.trim() ?? "";
    const drug = `${name}=${concentration}`;
    try {
      plan.ngPerUl = mixtureOfDrugs([...drugs, drug], pump.named);
      drugs.push(drug);
    } catch (error) {
      if (!(error instanceof QuantityError)) throw error;
      pump.terminal.err(`  ${error.message}\n`);
    }
  }
  if (drugs.length === 0) throw new NotAnswered("no drug");
  plan.drugs = drugs;
}
