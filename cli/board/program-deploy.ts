import { createHash } from "node:crypto";
import type { Timers } from "../../link/timers";
import type { Transport } from "../../link/transport";
import { DeployFailure, ManagerBus } from "./manager-bus";

/** A line that doubles the question for a pipe leaves us with the one that is closed already: then all of it is sent once more. */
const WHOLE_TRIES = 3;

/** What a deployment is told. */
export interface Deployment {
  readonly image: Uint8Array;
  /** Only a board that was flashed for this is taken: the levels that its pins have until a program runs belong to it, the motor's enable among them. */
  readonly productId: number;
  readonly timers: Timers;
  /** Called with the bytes that the board has. */
  progress(bytes: number): void;
}

/**
 * Puts a program into the flash of the board at the other end, in place of the one there, which is stopped, and makes sure by its SHA-256 that the
 * board has it; then it starts. `alreadyThere`: nothing was written. Rejects with {@link DeployFailure}. The transport stays open.
 */
export async function deployProgram(
  transport: Transport,
  { image, productId, timers, progress }: Deployment,
): Promise<"deployed" | "alreadyThere"> {
  const bus = new ManagerBus(transport, timers);
  const sha256 = createHash("sha256").update(image).digest("hex");
  const manager = await bus.findManager();
  const product = await bus.product(manager);
  if (product !== productId)
    throw new DeployFailure(
      `this board says that it was flashed for ${idText(product)}, and the program is for ${idText(productId)}: flash it whole, without --program-only; nothing was written`,
    );
  const before = await bus.programSha256(manager);
  if (before === undefined)
    throw new DeployFailure("the board does not say which program it has; nothing was written: try again");
  if (before === sha256) return "alreadyThere";
  for (let tries = 0; tries < WHOLE_TRIES; tries++) {
    await bus.sendProgram(manager, image, progress);
    if ((await bus.programSha256(manager)) === sha256) return "deployed";
  }
  throw new DeployFailure("the board does not have the whole program and runs none: try again, or flash it whole");
}

function idText(product: number | undefined): string {
  return product === undefined ? "nothing that it tells" : `0x${product.toString(16)}`;
}
