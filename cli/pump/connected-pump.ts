import { refusalIn } from "../../link/orders";
import type { OrderOutcome, PumpOrder } from "../../link/orders";
import type { Entry } from "../../link/entries";
import type { PumpLink } from "../../link/pump-link";
import { ExitCode } from "../exit-code";
import { outJson, painted } from "../terminal";
import type { Terminal } from "../terminal";
import { commandLine } from "./ask-again";
import type { Words } from "./ask-again";
import { ServiceStatus } from "../../src/service/protocol";
import { BadUsage } from "../bad-usage";
import type { CountedTransport } from "./counted-transport";
import type { Interruption } from "./interruption";
import { linesOf } from "./journal-lines";
import { otherPump } from "./named-pump";
import type { NamedPump } from "./named-pump";
import { nothingMore, whyNot } from "./outcome-words";
import type { PumpHost, PumpWay } from "./pump-host";
import type { PumpOptions } from "./pump-options";
import { wasDone } from "./taken-before";

/** An order as a command gives it. */
export interface Order {
  readonly order: PumpOrder;
  /** What it is called for people: `start`. */
  readonly name: string;
  /** The command that asks again, without its command id. */
  readonly words: Words;
  /** Of an order that was not answered. */
  readonly commandId: number | undefined;
  /** Sends it in another way than `PumpLink.order`: a prescription is sent in parts. */
  readonly send?: (options: SendOptions) => Promise<OrderOutcome>;
}

interface SendOptions {
  readonly commandId?: number | undefined;
  readonly told: (commandId: number) => void;
}

/** What an order has come to. */
export interface Given {
  /** The pump has carried it out. */
  readonly isDone: boolean;
  readonly commandId: number;
  /** What its journal says. */
  readonly entries: readonly Entry[];
}

/** A pump at the other end of a link, and the person who talks to it by a command. */
export class ConnectedPump {
  /** Of the last order that was given; `undefined`: none was. */
  lastOrder: { readonly order: Order; readonly commandId: number } | undefined;

  /** The command that goes on with what has several steps, should it break off now. */
  goOn: string | undefined;

  /** What is to be said when the link is lost now, where it is not that the pump goes on with what it was ordered. */
  ifLost: string | undefined;

  constructor(
    readonly link: PumpLink,
    readonly named: NamedPump,
    readonly way: PumpWay,
    readonly host: PumpHost,
    readonly terminal: Terminal,
    readonly options: PumpOptions,
    readonly transport: CountedTransport,
    readonly interruption: Interruption,
  ) {}

  get isJson(): boolean {
    return this.options.json === true;
  }

  /** Somebody can be asked. */
  get canAsk(): boolean {
    return this.host.isInteractive && !this.isJson;
  }

  /** Packets to and from the pump so far. */
  get packets(): number {
    return this.transport.packetsOf(this.link.server);
  }

  /** A line for people; nothing with `--json`. */
  say(text: string): void {
    if (!this.isJson) this.terminal.out(`${text}\n`);
  }

  /** A line for people beside the result. */
  warn(text: string): void {
    this.terminal.err(`${painted(this.terminal, "yellow", "note:")} ${text}\n`);
  }

  /** An object with `--json`. */
  json(value: { readonly kind: string; readonly [key: string]: unknown }): void {
    if (this.isJson) outJson(this.terminal, value);
  }

  /**
   * Refuses to go on with a pump that the pump file does not describe, where numbers mean what the file says: the place of a drug in its library. Rejects
   * with {@link BadUsage}.
   */
  async requireNamedPump(allowsOtherBuild: boolean): Promise<void> {
    const { named, host, link } = this;
    const other = otherPump(link.identity, named);
    if (other !== undefined) throw new BadUsage(`${other}; name its own file: --config FILE`);
    if (allowsOtherBuild || (await host.buildNumber(named)) === link.identity.program) return;
    throw new BadUsage(
      `the pump runs another build than this checkout makes of ${named.file}, and its drug library may be another; when it is the same: --other-build`,
    );
  }

  /** Gives an order and tells what has become of it. */
  async give(order: Order): Promise<Given> {
    let commandId = order.commandId ?? 0;
    const send = order.send ?? ((options: SendOptions) => this.link.order(order.order, options));
    const named = (): string =>
      `waiting for the pump's answer to ${order.name} (command ${commandId}); another Ctrl-C ends at once, and then ask again by: ${this.againText(order, commandId)}`;
    return this.interruption.finish(named, async () => {
      const outcome = await send({
        commandId: order.commandId,
        told: (id) => {
          commandId = id;
          this.lastOrder = { order, commandId };
        },
      });
      await this.requirePossibleId(order, outcome);
      // Also told to whoever wants to go meanwhile.
      return this.tell(order, outcome);
    });
  }

  /** The command that asks again what became of an order. */
  againText({ words }: Order, commandId: number): string {
    return commandLine([...words, "--command-id", String(commandId)], this.options);
  }

  /** A pump takes no command id that is far above all that it was given: whoever typed it meant another. Rejects with {@link BadUsage}. */
  private async requirePossibleId({ commandId }: Order, outcome: OrderOutcome): Promise<void> {
    if (commandId === undefined || outcome.kind !== "notTaken" || outcome.status !== ServiceStatus.malformed) return;
    const { highestCommandId } = await this.link.state();
    if (commandId <= highestCommandId) return;
    throw new BadUsage(
      `--command-id ${commandId} cannot be an order to this pump, whose highest is ${highestCommandId}; nothing has changed`,
    );
  }

  private async tell(order: Order, outcome: OrderOutcome): Promise<Given> {
    const { commandId } = outcome;
    const entries = outcome.kind === "taken" ? outcome.entries : [];
    // What has come of the order is told, also when the link is lost right behind it.
    const state = await this.link.state().catch(nothingMore);
    const refusal = refusalIn(entries);
    const before =
      outcome.kind === "takenBefore" ? await wasDone(this.link, order.order.kind).catch(nothingMore) : undefined;
    const isDone = before === true || (outcome.kind === "taken" && refusal === undefined);
    const { link, options } = this;
    const again = this.againText(order, commandId);
    const { capacityNl } = this.named.config;
    const why = isDone
      ? undefined
      : await whyNot(outcome, { link, options, capacityNl, refusal, isRefusedBefore: before === false, state, again });
    this.json({
      kind: "order",
      order: order.name,
      commandId,
      outcome: outcome.kind,
      done: isDone,
      stored: outcome.kind === "taken" ? outcome.isStored : null,
      why: why ?? null,
      entries: linesOf(entries, state?.coreMs ?? 0),
    });
    if (why !== undefined) {
      const mark = painted(this.terminal, "red", "✗");
      if (!this.isJson) this.terminal.err(`${mark} ${order.name}: ${why} (command ${commandId})\n`);
    } else
      this.say(
        `${painted(this.terminal, "green", "✓")} ${order.name} (command ${commandId})${before === true ? ": carried out before" : ""}`,
      );
    if (outcome.kind === "taken" && !outcome.isStored)
      this.warn(
        `${order.name}: the pump's memory did not answer in time: what was ordered holds now, and may be lost with the power`,
      );
    return { isDone, commandId, entries };
  }
}

/** How a command ends whose only order has come to this. */
export function exitOf({ isDone }: Given): ExitCode {
  return isDone ? ExitCode.passed : ExitCode.checkFailed;
}
