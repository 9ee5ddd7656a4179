import type { SerialPort } from "serialport";

/** What opens a serial port; given in tests. */
export type SerialPortMaker = (options: ConstructorParameters<typeof SerialPort>[0]) => SerialPort;

/** The package `serialport`, loaded when it is needed; `fail` makes the error of a machine that cannot use it. */
export async function loadSerialPort(fail: (message: string) => Error): Promise<SerialPortMaker> {
  try {
    const { SerialPort } = await import("serialport");
    return (options) => new SerialPort(options);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw fail(`serial ports cannot be used on this machine: ${text}`);
  }
}
