/** What a connection tells while it is open. */
export interface ConnectionListener {
  /** Bytes as they come. */
  onBytes(bytes: Uint8Array): void;
  /** It is closed, and not by {@link BalanceConnection.close}. @param why for people */
  onClosed(why: string): void;
}

/** Bytes to and from a balance: a serial port, a TCP socket, a file that is replayed. */
export interface BalanceConnection {
  /** As the command line calls it: `serial:/dev/ttyUSB0`. */
  readonly address: string;
  /** False: nothing can be asked, it speaks by itself. */
  readonly takesQuestions: boolean;
  /** Opens it, also again. Rejects with {@link ConnectionFailure}. */
  open(listener: ConnectionListener): Promise<void>;
  /** Sends `text`, each character one byte. Rejects with {@link ConnectionFailure}. */
  write(text: string): Promise<void>;
  /** Closes it; no word of the listener follows. Never rejects. */
  close(): Promise<void>;
}

/** A connection cannot be opened or used: one line that says why and, where that is known, what helps. */
export class ConnectionFailure extends Error {
  override readonly name = "ConnectionFailure";
}
