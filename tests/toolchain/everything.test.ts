import { expect, test } from "vitest";
import { buildEverything, everythingEntry } from "../../toolchain/devicescript/everything";
import { checkoutWith } from "./checkout-copy";

test("a mistake in what no board uses is found: functions, methods (private and static too), constants", async () => {
  const wrong = "{\n  let x: any = 1;\n  x ??= 2;\n  return x;\n}";
  const root = checkoutWith({
    "src/unused.ts": `export function never(): number ${wrong}\n`,
    "src/idle.ts": `export abstract class Idle {\n  abstract f(): number;\n  private g(): number ${wrong}\n  static h(): number ${wrong}\n}\n`,
    "boards/spare.ts": `export class Spare {\n  private g(): number ${wrong}\n}\n`,
  });
  await expect(buildEverything(root)).rejects.toThrow(
    "src/unused.ts:3: unhandled operator\nsrc/idle.ts:5: unhandled operator\nsrc/idle.ts:10: unhandled operator\nboards/spare.ts:4: unhandled operator",
  );
});

test("every module is there, a board's own program is not, and types make no code", () => {
  const text = (code: string) => new TextEncoder().encode(code);
  const entry = everythingEntry(
    new Map([
      ["boards/pump_x.ts", text("export const no = 1;")],
      ["boards/pump_x.board.json", text("{}")],
      ["boards/drivers/step.ts", text("export class Step {}\nclass Inner {}\nexport interface Shape {}")],
      [
        "src/units.ts",
        text("export const A = 1, B = 2;\nexport type T = 1;\nexport enum E { a }\nexport function f() {}"),
      ],
    ]),
  );
  const kept = [...entry.matchAll(/^import \{ (\w+) as \w+ \} from "(.*)";$/gm)].map(
    ([, name, from]) => `${from}:${name}`,
  );
  expect(kept).toStrictEqual(["./boards/drivers/step:Step", "./src/units:A", "./src/units:B", "./src/units:f"]);
  expect(entry).not.toContain("pump_x");
});
