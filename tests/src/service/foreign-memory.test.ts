import { describe, expect, test } from "vitest";
import { LEDGER_PLACE, LEDGER_WORDS } from "../../../src/record/memory-map";
import { recover } from "../../../src/record/recover";
import { RecordProblem, StateRecord } from "../../../src/record/state-record";
import { HELD_MS, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import { FaultKind } from "../../../src/safety/fault";
import { KEY, KeyHolder } from "./key-holder";
import { ERASE_KEY, ERASE_MEMORY, expectUnheard, running, tracesOf } from "./keyed-pump";
import { PowerLost, ServedPump } from "./served-pump";

describe("a memory that this pump cannot use", () => {
  /** A ledger of before the guard's: the newest was lost, and counting on from the older one would be too little. */
  function stale(): Uint8Array {
    const { served } = running();
    const old = served.memory.contents();
    served.pass(7200000);
    const memory = served.memory.contents();
    memory.set(old.subarray(4 * LEDGER_PLACE), 4 * LEDGER_PLACE);
    return memory;
  }

  function problemIn(served: ServedPump): RecordProblem {
    const record = new StateRecord();
    recover(served.memory.image(LEDGER_WORDS), served.config, record);
    return record.problem;
  }

  test("is not taken for a whole one, wherever the power fails while it is erased (SEC-007)", () => {
    const memory = stale();
    for (let write = 1; ; write++)
      for (const bytes of [0, 3, 40, 100, 128, 200, 255]) {
        const served = new ServedPump({ memory });
        expect(problemIn(served)).toBe(RecordProblem.damaged);
        expect(served.pump.fault).toBe(FaultKind.badRecord);
        served.heldMs = HELD_MS;
        served.memory.tear = { write, bytes };
        let isErased = false;
        try {
          isErased = served.ask(ServiceCommand.reset, ERASE_MEMORY)?.[0] === ServiceStatus.done;
        } catch (error) {
          if (!(error instanceof PowerLost)) throw error;
          served.boot();
          const strokes = served.pump.delivery.totalStrokes;
          // Still refused; or blank, when only the end of the last write is missing.
          if (problemIn(served) === RecordProblem.none) expect(strokes, `write ${write}, byte ${bytes}`).toBe(0);
          continue;
        }
        expect(isErased).toBe(true);
        expect(write).toBeGreaterThan(LEDGER_WORDS / 64);
        expect(tracesOf(KEY, served.memory.contents())).toEqual([]);
        expect(served.service.mustRestart).toBe(true);
        expect(served.boot().pump.fault).toBe(FaultKind.none);
        expect(new KeyHolder(served).setKey()).toBe(ServiceStatus.done);
        return;
      }
  });

  test("is not written to by a key, nor by erasing a key that it does not hold (SEC-007)", () => {
    const memory = new Uint8Array(32768).fill(0x5a);
    const served = new ServedPump({ memory });
    served.heldMs = HELD_MS;
    expectUnheard(served, ServiceCommand.setKey, KEY, ServiceStatus.noMemory);
    expectUnheard(served, ServiceCommand.reset, ERASE_KEY, ServiceStatus.noMemory);
    served.heldMs = 0;
    expectUnheard(served, ServiceCommand.reset, ERASE_MEMORY, ServiceStatus.buttonNotHeld);
  });
});
