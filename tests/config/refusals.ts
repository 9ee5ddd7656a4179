import { BadInput, describeBadInput } from "../../config/bad-input";

/** What a refusal says, as `file:line: message`. Anything thrown that is no BadInput fails the test, as does nothing. */
export function refusal(attempt: () => unknown): string {
  let result: unknown;
  try {
    result = attempt();
  } catch (error) {
    if (error instanceof BadInput) return describeBadInput(error);
    throw error;
  }
  throw new Error(`nothing was refused; the result is ${JSON.stringify(result)}`);
}
