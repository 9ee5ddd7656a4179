import type { PumpAddress } from "./connect-address";

/** What every command of `minim pump` can be told. */
export interface PumpOptions {
  readonly connect: PumpAddress;
  /** Serial number of the pump that is meant. */
  readonly serial?: number;
  /** The pump file; left out: devs.config.json of the checkout. */
  readonly config?: string;
  /** The simulated pump starts blank. */
  readonly fresh?: true;
  readonly json?: true;
}

/** What a command that gives an order can be told besides. */
export interface OrderOptions extends PumpOptions {
  /** The command id of an order that was not answered. */
  readonly commandId?: number;
}
