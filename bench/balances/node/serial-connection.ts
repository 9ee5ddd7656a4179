import type { SerialPort } from "serialport";
import { loadSerialPort } from "../../../link/node/serial-port-maker";
import type { SerialPortMaker } from "../../../link/node/serial-port-maker";
import { ConnectionFailure } from "../balance-connection";
import type { BalanceConnection, ConnectionListener } from "../balance-connection";
import type { SerialSettings } from "../serial-settings";

/** A balance on a serial port of this machine. Nobody else can open the port meanwhile. */
export class SerialConnection implements BalanceConnection {
  readonly address: string;
  readonly takesQuestions = true;
  private port: SerialPort | undefined;

  /**
   * @param path as `/dev/ttyUSB0` or `COM3`
   * @param makePort left out: the package `serialport`, loaded when it is needed
   */
  constructor(
    private readonly path: string,
    private readonly settings: SerialSettings,
    private readonly makePort?: SerialPortMaker,
  ) {
    this.address = `serial:${path}`;
  }

  async open(listener: ConnectionListener): Promise<void> {
    const make = this.makePort ?? (await loadSerialPort((message) => new ConnectionFailure(message)));
    const { baud, dataBits, parity, stopBits, handshake } = this.settings;
    const port = make({
      path: this.path,
      baudRate: baud,
      dataBits,
      parity,
      stopBits,
      xon: handshake === "xonxoff",
      xoff: handshake === "xonxoff",
      rtscts: handshake === "rtscts",
      autoOpen: false,
    });
    this.port = port;
    await new Promise<void>((resolve, reject) => {
      port.open((error) => (error ? reject(new ConnectionFailure(whyNotOpen(error.message, baud))) : resolve()));
    });
    let why = "the port was closed: was the cable or the adapter unplugged?";
    port.on("data", (bytes: Uint8Array) => {
      if (this.port === port) listener.onBytes(bytes);
    });
    port.on("error", (error) => (why = error.message));
    port.on("close", () => {
      if (this.port === port) listener.onClosed(why);
    });
  }

  write(text: string): Promise<void> {
    const { port } = this;
    return new Promise((resolve, reject) => {
      if (port === undefined || !port.isOpen) reject(new ConnectionFailure("the port is closed"));
      else port.write(text, "latin1", (error) => (error ? reject(new ConnectionFailure(error.message)) : resolve()));
    });
  }

  close(): Promise<void> {
    const { port } = this;
    this.port = undefined;
    return new Promise((resolve) => {
      if (port === undefined || !port.isOpen) resolve();
      // A port whose adapter has gone cannot be closed any more; there is nothing left to do then.
      else port.close(() => resolve());
    });
  }
}

function whyNotOpen(message: string, baud: number): string {
  if (/permission denied|EACCES/i.test(message))
    return "permission denied: on Linux your account must be in the group dialout (sudo usermod -aG dialout $USER, then log in again)";
  if (/no such file|ENOENT|file not found/i.test(message))
    return "there is no such port: is the adapter plugged in? `ls /dev/serial/by-id` names those that are";
  if (/cannot lock|busy|EBUSY|access denied/i.test(message)) return "another program uses the port";
  if (/inappropriate ioctl|ENOTTY/i.test(message))
    return `this is no serial port, or one that does not do ${baud} baud: \`ls /dev/serial/by-id\` names those that are there`;
  if (/is a directory|no such device|input\/output error|EISDIR|ENXIO|ENODEV|EIO/i.test(message))
    return "this is no serial port: `ls /dev/serial/by-id` names those that are there";
  return message.replace(/^Error:\s*/, "");
}
