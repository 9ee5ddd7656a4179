import { documentedExports } from "../../../toolchain/dialect/documented-exports";
import { cases, ruleTester, wrong } from "./rule-tester";

ruleTester.run("documented-exports", documentedExports, {
  valid: cases(
    "/** One. */\nexport const one = 1;",
    "const two = 2;",
    "export * from './x';",
    "export {};",
    "/** Reads. */\nexport function f(a: string): string;\nexport function f(a: number): number;\nexport function f(a: unknown): unknown { return a; }",
  ),
  invalid: wrong(
    "missing",
    "export const one = 1;",
    "// One.\nexport const one = 1;",
    "/* One. */\nexport class One {}",
    "export interface One {}",
    "/** One. */\nexport type One = 1;\nexport type Two = 2;",
  ),
});
