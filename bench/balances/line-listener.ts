import type { Clock } from "../clock";
import type { BalanceAnswer, BalanceProtocol } from "./balance-answer";
import { LineFramer } from "./line-framer";
import type { FramedLine } from "./line-framer";
import type { Timers } from "./timers";

/** What a listener works with. */
export interface ListenerPorts {
  readonly protocol: BalanceProtocol;
  readonly clock: Pick<Clock, "nowMs">;
  readonly timers: Timers;
  /** So long after its last byte a line that does not end is told as it is, in ms. */
  readonly silenceMs: number;
}

/** Makes answers of the bytes of one connection, each with the time of its line's last byte. */
export class LineListener {
  private readonly framer = new LineFramer();
  private takeBackSilence: () => void = () => undefined;

  /** @param hear takes each line as it was understood */
  constructor(
    private readonly ports: ListenerPorts,
    private readonly hear: (answer: BalanceAnswer, atMs: number) => void,
  ) {}

  /** Takes bytes that came now. */
  push(bytes: Uint8Array): void {
    const { clock, timers, silenceMs } = this.ports;
    this.takeBackSilence();
    for (const line of this.framer.push(bytes, clock.nowMs())) this.understand(line);
    if (this.framer.isInLine()) this.takeBackSilence = timers.after(silenceMs, () => this.cutOff());
  }

  /** No more bytes come: a half line is told. */
  end(): void {
    this.takeBackSilence();
    this.cutOff();
  }

  private cutOff(): void {
    const line = this.framer.cutOff();
    if (line !== undefined) this.understand(line);
  }

  private understand({ text, atMs, isWhole }: FramedLine): void {
    if (isWhole) this.hear({ ...this.ports.protocol.parse(withoutFlowControl(text)), raw: text }, atMs);
    else this.hear({ kind: "unknown", raw: text }, atMs);
  }
}

/** XON, XOFF and NUL belong to the wire, not to what a balance says. */
function withoutFlowControl(text: string): string {
  return text.replace(/[\u0000\u0011\u0013]/g, "");
}
