import { QuantityError } from "../../config/exact-decimal";
import { formatShare, formatVolume } from "../../config/quantities";
import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { TherapyMode } from "../../src/delivery/therapy";
import type { Entry } from "../../link/entries";
import type { PumpOrder } from "../../link/orders";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import { painted } from "../terminal";
import type { Terminal } from "../terminal";
import { commandLine } from "./ask-again";
import type { ConnectedPump, Given } from "./connected-pump";
import { readNamedPump } from "./named-pump";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import { openSession } from "./pump-session";
import { drugsText, missingOptions, planOf, refillWords } from "./refill-plan";
import type { RefillOptions, RefillPlan } from "./refill-plan";
import { REFILL_STEPS } from "./refill-steps";
import type { RefillStep } from "./refill-steps";
import { askAcknowledged, askFill, askResidual, NotAnswered } from "./refill-questions";
import { withNamedPump } from "./with-pump";

/**
 * `minim pump refill`: stops therapy, shows the expected residual, takes the one that was measured, has a difference acknowledged, and takes what the reservoir
 * holds now. Each step is one order with its answer; one that breaks off can be gone on with.
 */
export function refill(options: RefillOptions, terminal: Terminal, host: PumpHost = thisPumpHost()): Promise<ExitCode> {
  const named = readNamedPump(host.root, options.config);
  const from = options.from ?? "stop";
  let plan: RefillPlan;
  try {
    plan = planOf(options, named);
  } catch (error) {
    throw error instanceof QuantityError ? new BadUsage(error.message) : error;
  }
  const missing = missingOptions(plan, from);
  if (missing.length > 0 && (!host.isInteractive || options.json === true))
    throw new BadUsage(`nobody can be asked here: add ${missing.join(", ")}`);
  return withNamedPump(options, terminal, host, async (pump) => {
    await openSession(pump);
    const wizard = new Wizard(pump, plan, from, options.commandId);
    try {
      for (const step of REFILL_STEPS.slice(REFILL_STEPS.indexOf(from)))
        if (!(await wizard.do(step))) return wizard.breakOff(step);
    } catch (error) {
      if (!(error instanceof NotAnswered)) throw error;
      return wizard.breakOff(wizard.step);
    }
    pump.goOn = undefined;
    pump.say("  filled; therapy is begun by: npx minim pump start");
    return ExitCode.passed;
  });
}

/** One refill, step by step. */
class Wizard {
  step: RefillStep = "stop";
  constructor(
    private readonly pump: ConnectedPump,
    private readonly plan: RefillPlan,
    private readonly from: RefillStep,
    private readonly commandId: number | undefined,
  ) {}

  /** Does a step. False: it was refused, or somebody said no. */
  do(step: RefillStep): Promise<boolean> {
    this.step = step;
    const { pump } = this;
    pump.goOn = this.goOnText(step);
    switch (step) {
      case "stop":
        return this.stop();
      case "residual":
        return this.measure();
      case "acknowledge":
        return this.acknowledge();
      case "fill":
        return this.fill();
    }
  }

  /** The refill is not done: tells how to go on with it. */
  breakOff(step: RefillStep): ExitCode {
    const { pump } = this;
    const text = this.goOnText(step);
    pump.json({ kind: "refillBroken", step, goOn: text });
    pump.terminal.err(`${painted(pump.terminal, "yellow", "the refill is not done")}; it goes on with:\n  ${text}\n`);
    return ExitCode.checkFailed;
  }

  private goOnText(step: RefillStep): string {
    return commandLine(refillWords(this.plan, step), this.pump.options);
  }

  private give(name: string, order: PumpOrder): Promise<Given> {
    const { step } = this;
    const commandId = step === this.from ? this.commandId : undefined;
    return this.pump.give({ order, name, words: refillWords(this.plan, step), commandId });
  }

  private async stop(): Promise<boolean> {
    const { link } = this.pump;
    const isStill =
      (await link.state()).mode === Number(TherapyMode.stopped) && (await link.rate()).bolusNlPerDay === 0;
    if (isStill && this.commandId === undefined) return true;
    return (await this.give("refill, 1 of 4: stop", { kind: EventKind.stop })).isDone;
  }

  private async measure(): Promise<boolean> {
    const { pump, plan } = this;
    const { leastNl, mostNl } = await pump.link.residual();
    const expected = leastNl === mostNl ? formatVolume(leastNl) : `${formatVolume(leastNl)} to ${formatVolume(mostNl)}`;
    pump.say(`Expected residual: ${expected}`);
    plan.residualNl ??= await askResidual(pump);
    pump.goOn = this.goOnText("residual");
    const order = { kind: EventKind.measureResidual, count: plan.residualNl };
    const given = await this.give(`refill, 2 of 4: residual ${formatVolume(plan.residualNl)}`, order);
    for (const entry of given.entries) this.judge(entry);
    return given.isDone;
  }

  private judge({ code, a, b, c, d }: Entry): void {
    const { pump } = this;
    if (code === Number(JournalCode.residualMeasured)) {
      const off = formatVolume(Math.abs(b - a));
      const verdict = d === 1 ? painted(pump.terminal, "red", "more than it may") : "within what it may";
      pump.say(
        `  expected ${formatVolume(a)}, measured ${formatVolume(b)}: off by ${off}, ${verdict} (${formatVolume(c)})`,
      );
    }
    if (code === Number(JournalCode.flowError))
      pump.say(`  flow error since the last fill ${shareText(a)}, since the first ${shareText(b)}`);
  }

  private async acknowledge(): Promise<boolean> {
    const { pump, plan } = this;
    // By the alarm, since the measurement may have been answered to nobody.
    const isOff = (await pump.link.alarms()).active.includes(AlarmKind.residualDiscrepancy);
    const isAskedAgain = this.from === "acknowledge" && this.commandId !== undefined;
    if (!isOff && !isAskedAgain) return true;
    if (!plan.acknowledges) {
      if (!pump.canAsk) {
        pump.terminal.err(
          "the residual differs by more than it may: that has to be said with --acknowledge-difference\n",
        );
        return false;
      }
      plan.acknowledges = await askAcknowledged(pump);
      if (!plan.acknowledges) return false;
    }
    return (await this.give("refill, 3 of 4: difference acknowledged", { kind: EventKind.acknowledge })).isDone;
  }

  private async fill(): Promise<boolean> {
    const { pump, plan } = this;
    const isAsked = pump.canAsk && missingOptions(plan, "fill").length > 0;
    if (isAsked && !(await askFill(pump, plan))) return false;
    pump.goOn = this.goOnText("fill");
    const { volumeNl = 0, expiryDay = 0, ngPerUl = [] } = plan;
    const order = { kind: EventKind.refill, count: volumeNl, detail: expiryDay, values: ngPerUl };
    return (await this.give(`refill, 4 of 4: ${formatVolume(volumeNl)} of ${drugsText(plan)}`, order)).isDone;
  }
}

function shareText(perMille: number): string {
  return perMille < 0 ? `-${formatShare(-perMille)}` : `+${formatShare(perMille)}`;
}
