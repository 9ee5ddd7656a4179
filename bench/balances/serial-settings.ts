/** How a serial port is set; the balance's own menu must say the same. */
export interface SerialSettings {
  /** Bits per second. */
  readonly baud: number;
  readonly dataBits: 7 | 8;
  readonly parity: "none" | "even" | "odd";
  readonly stopBits: 1 | 2;
  readonly handshake: "none" | "xonxoff" | "rtscts";
}

/** 9600 baud, 8 data bits, no parity, 1 stop bit, no handshake. */
export const USUAL_SERIAL: SerialSettings = { baud: 9600, dataBits: 8, parity: "none", stopBits: 1, handshake: "none" };

/** The settings as they are usually said: `9600 8N1`. */
export function serialText({ baud, dataBits, parity, stopBits, handshake }: SerialSettings): string {
  const frame = `${baud} ${dataBits}${parity.slice(0, 1).toUpperCase()}${stopBits}`;
  return handshake === "none" ? frame : `${frame} ${handshake}`;
}
