import type { BalanceProtocol, MassUnit } from "../balances/balance-answer";
import type { RawRow } from "./raw-row";

/**
 * The unit that a balance weighed in when it said the row's line, for a recording that goes on; undefined where the row does not show it. A line without
 * a unit became a mass only because the balance was known to weigh in g.
 */
export function unitOfRow({ massG, status, raw }: RawRow, protocol: BalanceProtocol): MassUnit | undefined {
  if (status !== undefined || massG === undefined) return undefined;
  const answer = protocol.parse(raw);
  // A line that was cut off before its unit says another mass than its row.
  return answer.kind === "weight" && answer.massG === massG ? (answer.unit ?? "g") : undefined;
}
