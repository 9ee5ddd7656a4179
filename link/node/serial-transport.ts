import type { SerialPort } from "serialport";
import { LinkFailure } from "../link-errors";
import { SYSTEM_TIMERS } from "../timers";
import type { Timers } from "../timers";
import type { Transport } from "../transport";
import { bridgeFrame, isBridgeAnswer, quoteFrame, UsbFrameReader } from "../usb-bytes";
import { loadSerialPort } from "./serial-port-maker";
import type { SerialPortMaker } from "./serial-port-maker";

/** Rate of an ESP32 behind a USB-serial chip (devicescript-esp32, main/usb.c); boards with USB of their own ignore it. */
const BAUD = 1500000;

/** A board that has just got its port, or is full of log text, may miss the first questions. */
const QUESTIONS = 20;
const QUESTION_EVERY_MS = 150;

/** A board that has frozen takes no bytes any more; so long, in ms, is waited for it when the port is closed. */
const CLOSE_WITHIN_MS = 1000;

/** A board on a USB or serial port of this machine. Nobody else can open the port meanwhile. */
export class SerialTransport implements Transport {
  readonly name: string;
  private listener: { onFrame: (frame: Uint8Array) => void; onClosed: (why: string) => void } | undefined;
  private hasAnswered: (() => void) | undefined;

  private constructor(
    path: string,
    private readonly port: SerialPort,
    private readonly timers: Timers,
  ) {
    this.name = `serial:${path}`;
    const reader = new UsbFrameReader((frame) => {
      if (isBridgeAnswer(frame)) this.hasAnswered?.();
      else this.listener?.onFrame(frame);
    });
    let why = "the port was closed: was the cable unplugged, or the board reset?";
    port.on("data", (bytes: Uint8Array) => reader.push(bytes));
    port.on("error", (error) => (why = error.message));
    port.on("close", () => this.listener?.onClosed(why));
  }

  /**
   * Opens the port and asks the board to pass frames. Rejects with {@link LinkFailure}.
   * @param path as `/dev/ttyACM0` or `COM3`
   * @param makePort left out: the package `serialport`, loaded when it is needed
   */
  static async open(
    path: string,
    timers: Timers = SYSTEM_TIMERS,
    makePort?: SerialPortMaker,
  ): Promise<SerialTransport> {
    const make = makePort ?? (await loadSerialPort((message) => new LinkFailure(message)));
    // Without hupcl the control lines stay as they are when the port is closed: on many boards they are wired to reset.
    const port = make({ path, baudRate: BAUD, autoOpen: false, hupcl: false });
    await new Promise<void>((resolve, reject) => {
      port.open((error) => (error ? reject(new LinkFailure(`${path}: ${whyNotOpen(error.message)}`)) : resolve()));
    });
    const transport = new SerialTransport(path, port, timers);
    if (await transport.enable()) return transport;
    await transport.close();
    throw new LinkFailure(
      `${path}: no Jacdac board answers on this port: is it the board's port, and does DeviceScript's firmware run on it? \`npx minim doctor\` looks for it`,
    );
  }

  listen(onFrame: (frame: Uint8Array) => void, onClosed: (why: string) => void): void {
    this.listener = { onFrame, onClosed };
    if (!this.port.isOpen) onClosed("the port was closed");
  }

  send(frame: Uint8Array): void {
    if (this.port.isOpen) this.port.write(quoteFrame(frame));
  }

  close(): Promise<void> {
    this.listener = undefined;
    const { port, timers } = this;
    return new Promise((resolve) => {
      // A port whose adapter has gone cannot be closed any more; there is nothing left to do then.
      const shut = (): void => {
        takeBack();
        if (port.isOpen) port.close(() => resolve());
        else resolve();
      };
      const takeBack = timers.after(CLOSE_WITHIN_MS, () => port.flush(shut));
      if (port.isOpen) port.write(quoteFrame(bridgeFrame(false)), () => port.drain(shut));
      else shut();
    });
  }

  private async enable(): Promise<boolean> {
    for (let asked = 0; asked < QUESTIONS; asked++) {
      const answered = await new Promise<boolean>((resolve) => {
        const takeBack = this.timers.after(QUESTION_EVERY_MS, () => resolve(false));
        this.hasAnswered = () => {
          takeBack();
          resolve(true);
        };
        this.send(bridgeFrame(true));
      });
      this.hasAnswered = undefined;
      if (answered) return true;
    }
    return false;
  }
}

function whyNotOpen(message: string): string {
  if (/permission denied|EACCES/i.test(message))
    return "permission denied: on Linux your account must be in the group dialout (sudo usermod -aG dialout $USER, then log in again)";
  if (/no such file|ENOENT|file not found/i.test(message))
    return "there is no such port: is the board plugged in? `ls /dev/serial/by-id` names those that are";
  if (/cannot lock|busy|EBUSY|access denied/i.test(message))
    return "another program uses the port: a terminal, or DeviceScript's devtools (connect to them by tcp:127.0.0.1:8082)";
  if (/ioctl|ENOTTY|is a directory|no such device|input\/output error|EISDIR|ENXIO|ENODEV|EIO/i.test(message))
    return "this is no serial port: `ls /dev/serial/by-id` names those that are there";
  return message.replace(/^Error:\s*/, "");
}
