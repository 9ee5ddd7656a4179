import type { DeviceId } from "../../link/device-id";
import type { SessionTools } from "../../link/open-session";
import type { Timers } from "../../link/timers";
import type { Transport } from "../../link/transport";
import type { Ask } from "../bench/calibrate-confirm";
import type { SignalWatch } from "../bench/record-signals";
import type { Terminal } from "../terminal";
import type { PumpAddress } from "./connect-address";
import type { NamedPump } from "./named-pump";

/** A way to a pump, opened. */
export interface PumpWay {
  readonly transport: Transport;
  /** The board, where it is known beforehand: nobody has to look for it. */
  readonly board: DeviceId | undefined;
  /** Where the key of the pump with this serial number lies. */
  keyFile(serial: number): string;
  /** Holds the pump's button for so many ms: of a simulated pump only. */
  readonly holdButton: ((ms: number) => void) | undefined;
  /** A simulated pump that runs in this process alone, so that its time stands still behind this command. */
  readonly endsWithCommand: boolean;
  /**
   * What was staged stays staged only while a pump has power: a simulated one that ends with the command has it here until it is confirmed. `undefined`: it is not
   * kept.
   */
  readonly stagedNumbers: KeptNumbers | undefined;
  /** SHA-256 of the compiled image that runs there, where it is known. */
  readonly imageSha256: string | undefined;
  /** Closes what the transport does not. */
  close(): Promise<void>;
}

/** The numbers of a prescription, kept between two commands. */
export interface KeptNumbers {
  keep(numbers: readonly number[]): void;
  kept(): readonly number[] | undefined;
  drop(): void;
}

/** Where the commands of `minim pump` run; another one is given in tests. */
export interface PumpHost {
  /** The checkout. */
  readonly root: string;
  readonly timers: Timers;
  /** Left out: those of this machine. */
  readonly tools?: SessionTools;
  /** A person sits at stdin and can be asked. */
  readonly isInteractive: boolean;
  readonly ask: Ask;
  /** Wall time here, as a pump counts it: local time in ms since 2000-01-01 00:00. */
  wallMs(): number;
  newKey(): Uint8Array;
  /** Number of the build that this checkout makes of a pump's file. */
  buildNumber(named: NamedPump): Promise<number>;
  /** Opens the way. Rejects with `LinkFailure`, `PumpTaken`, `BadInput`, `BadUsage`. */
  openWay(address: PumpAddress, options: { readonly fresh?: boolean }, terminal: Terminal): Promise<PumpWay>;
  /** Hears Ctrl-C and its like until it is ended. */
  listenForSignals(stop: () => void): SignalWatch;
  endBySignal(signal: NodeJS.Signals): Promise<never>;
}
