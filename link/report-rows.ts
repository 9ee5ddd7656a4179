import { REPORT_END, SealedKind, ServiceStatus } from "../src/service/protocol";
import { unpackEntries } from "./entries";
import type { Entry } from "./entries";
import { BadAnswer } from "./link-errors";
import type { SealedLine } from "./sealed-line";

/**
 * Reads all rows of an interrogation: ReportRow codes with their numbers, the last one `end`. From the beginning again when the session ends in the
 * middle of it. Rejects with LinkLost or BadAnswer.
 * @param onRows told how many there are so far
 */
export function readReportRows(line: SealedLine, onRows?: (rows: number) => void): Promise<Entry[]> {
  return line.throughout(async () => {
    const rows: Entry[] = [];
    for (let cursor = 0; cursor !== REPORT_END;) {
      const answer = await line.ask(SealedKind.report, Uint8Array.of(cursor & 255, cursor >> 8, 0, 0));
      if (answer === undefined) return undefined;
      const { body } = answer;
      const next = (body[0] ?? 0) + (body[1] ?? 0) * 256;
      const more = body.length < 2 ? undefined : unpackEntries(body.subarray(2));
      // A cursor that does not rise would never end.
      if (answer.status !== ServiceStatus.done || more === undefined || next <= cursor)
        throw new BadAnswer(`the pump's report cannot be read: ${ServiceStatus[answer.status]}`);
      rows.push(...more);
      onRows?.(rows.length);
      cursor = next;
    }
    return rows;
  });
}
