import { Runtime } from "../../sim/engines/bytecode/runtime";
import type { RuntimeListener } from "../../sim/engines/bytecode/runtime";

const MS_US = 1000;

/** A runtime as its own parts see it: the simulator's has no flash, and its parts are nobody else's business. */
interface OpenRuntime extends Pick<Runtime, "nowUs" | "deploy" | "process"> {
  imports(module: WebAssembly.Module): WebAssembly.Imports;
  heap(): Uint8Array;
}
const OpenRuntime = Runtime as unknown as new (module: WebAssembly.Module, listener: FlashListener) => OpenRuntime;

/** The runtime's flash, which outlives it. */
export interface FlashListener extends RuntimeListener {
  /** What the flash holds when the runtime starts; undefined: it is new. */
  readonly flash: Uint8Array | undefined;
  /** The runtime has written to its flash, which holds `flash` now. */
  saved(flash: Uint8Array): void;
}

/** The runtime of the command-line tool under virtual time, with a flash. */
export class FlashRuntime extends OpenRuntime {
  declare readonly listener: FlashListener;

  /** The imports of the simulator's runtime, and a flash for its file system. */
  override imports(module: WebAssembly.Module): WebAssembly.Imports {
    const imports = super.imports(module);
    const env = Object.values(imports).find((names) => "em_flash_load" in names) ?? {};
    env["em_flash_load"] = (to: number, bytes: number): void => {
      if (this.listener.flash !== undefined) this.heap().set(this.listener.flash.subarray(0, bytes), to);
    };
    env["em_flash_save"] = (from: number, bytes: number): void => {
      this.listener.saved(this.heap().slice(from, from + bytes));
    };
    return imports;
  }

  /** Turns the main loop for `ms`, each time as long after the last as it is willing to sleep, and no less than `gridMs`. */
  run(ms: number, gridMs = 1): void {
    const endUs = this.nowUs + ms * MS_US;
    while (this.nowUs < endUs) {
      const sleepMs = Math.max(gridMs, Math.floor(this.process() / MS_US));
      this.nowUs = Math.min(this.nowUs + sleepMs * MS_US, endUs);
    }
  }
}
