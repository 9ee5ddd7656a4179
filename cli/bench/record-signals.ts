const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** One Ctrl-C can come twice: from the terminal, and passed on by npx. Later than this after the first it is another, in ms. */
const SAME_SIGNAL_MS = 1000;

/** A time in which signals that would end the process are only noted. */
export interface SignalWatch {
  /** The first that came. */
  received(): NodeJS.Signals | undefined;
  /** From here on they end the process again. */
  end(): void;
}

/** Calls `stop` at the first Ctrl-C, SIGTERM or SIGHUP, once; another one, a second later, ends the process at once. */
export function listenForSignals(stop: () => void): SignalWatch {
  let first: NodeJS.Signals | undefined;
  let firstMs = 0;
  const end = (): void => SIGNALS.forEach((signal) => process.off(signal, hear));
  const hear = (signal: NodeJS.Signals): void => {
    if (first === undefined) {
      first = signal;
      firstMs = performance.now();
      stop();
    } else if (performance.now() - firstMs > SAME_SIGNAL_MS) {
      end();
      process.kill(process.pid, signal);
    }
  };
  SIGNALS.forEach((signal) => process.on(signal, hear));
  return { received: () => first, end };
}

/** Ends this process by a signal that it has put off, so that a shell reports it as such: 130 after Ctrl-C. Never resolves. */
export function endBySignal(signal: NodeJS.Signals): Promise<never> {
  process.kill(process.pid, signal);
  return new Promise(() => undefined);
}
