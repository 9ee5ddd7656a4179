import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { RuleTester } from "eslint";
import tseslint from "typescript-eslint";
import { afterAll, describe, it } from "vitest";

const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

RuleTester.describe = describe;
RuleTester.it = it;
(RuleTester as unknown as { afterAll: typeof afterAll }).afterAll = afterAll;

/** ESLint's rule tester with types, as src/ is linted. */
export const ruleTester = new RuleTester({
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: {
      projectService: true,
      tsconfigRootDir: ROOT,
    },
  },
});

/** A file that the types know; each case stands for its content. */
const FILE = "src/units.ts";

/** Test cases of these texts. */
export function cases(...texts: string[]): { code: string; filename: string }[] {
  return texts.map((code) => ({ code, filename: FILE }));
}

/** Cases that are wrong once each, with the message's id. */
export function wrong(
  messageId: string,
  ...texts: string[]
): { code: string; filename: string; errors: { messageId: string }[] }[] {
  return cases(...texts).map((test) => ({ ...test, errors: [{ messageId }] }));
}
