import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { GET_REGISTER, Register, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import { crc16 } from "../../../link/crc16";
import { packetsIn, reportFrame } from "../../../link/frames";
import { LinkLost } from "../../../link/link-errors";
import { GOOD } from "../faulty-transport";
import type { Fate } from "../faulty-transport";
import { KEY, LinkedPump } from "../linked-pump";

/** Somebody on the bus who makes the register of state name another highest command id. */
function naming(commandId: number): Fate {
  return (frame, toPump) => {
    const packet = packetsIn(frame)[0];
    if (toPump || packet?.command !== GET_REGISTER + Register.state) return GOOD(frame, toPump);
    const copy = frame.slice();
    new DataView(copy.buffer).setFloat64(16 + 8 * 5, commandId, true);
    new DataView(copy.buffer).setUint16(0, crc16(copy, 2, copy.length), true);
    return GOOD(copy, toPump);
  };
}

describe("registers, which anyone can forge,", () => {
  test.each([0, 1, 5000000, 2 ** 53 - 2])(
    "say that %i is the highest command id: orders are given all the same, each once (SEC-021)",
    async (commandId) => {
      const linked = await LinkedPump.opened();
      for (let i = 0; i < 20; i++) await linked.do(linked.link.order({ kind: EventKind.silence }));
      const other = await linked.another();
      other.transport.fate = naming(commandId);
      await other.do(other.link.openSession(KEY));
      for (let i = 0; i < 3; i++) {
        const outcome = await other.do(other.link.order({ kind: EventKind.tubeChanged }));
        expect(outcome.kind).toBe("taken");
        expect(other.effects(outcome.commandId)).toBe(1);
      }
    },
  );
});

describe("hints that there is no session", () => {
  test("from somebody else end in no order that is reported and was not done, nor in one done twice (SEC-021)", async () => {
    for (const percent of [20, 60, 100]) {
      const linked = await LinkedPump.opened(percent);
      let count = 0;
      const { pump } = linked;
      linked.transport.fate = (frame, toPump) => {
        const packet = packetsIn(frame)[0];
        const isSealed = toPump && packet?.command === Number(ServiceCommand.sealed) && packet.isCommand;
        if (isSealed && (count++ * 37) % 100 < percent) {
          const hint = new Uint8Array(8);
          hint.set(packet.payload.subarray(0, 4));
          hint[5] = ServiceStatus.noSession;
          pump.onFrame(reportFrame(packet.device, packet.service, packet.command, hint));
        }
        return GOOD(frame, toPump);
      };
      for (let i = 0; i < 4; i++) {
        const outcome = await linked.do(
          linked.link.order({ kind: EventKind.tubeChanged }).catch((error: unknown) => {
            if (error instanceof LinkLost) return error;
            throw error;
          }),
        );
        const commandId = outcome instanceof LinkLost ? outcome.unanswered?.commandId : outcome.commandId;
        if (commandId === undefined) continue;
        const effects = linked.effects(commandId);
        expect(effects).toBeLessThanOrEqual(1);
        if (!(outcome instanceof LinkLost) && outcome.kind.startsWith("taken")) expect(effects).toBe(1);
      }
    }
  });
});
