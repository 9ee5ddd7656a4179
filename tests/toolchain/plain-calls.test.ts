import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";
import { withPlainCalls } from "../../toolchain/devicescript/plain-calls";
import { REWRITING_MODULES } from "../../toolchain/devicescript/rewriting";

/** The sources behind the pass, without the space between their lines. */
function plain(sources: Record<string, string>): Record<string, string> {
  const map = new Map(Object.entries(sources).map(([path, text]) => [path, Buffer.from(text)]));
  return Object.fromEntries([...withPlainCalls(map)].map(([path, text]) => [path, Buffer.from(text).toString()]));
}

/** What a program of these modules prints, once as it is written and once behind the pass. */
function both(text: string): [unknown, unknown] {
  const run = (source: string): unknown => {
    const javascript = source
      .replace(/export /g, "")
      .replace(/public |private |readonly /g, "")
      .replace(/(\w|\$this|\))(\??): [A-Za-z[\]]+(?=[,)= {;])/g, "$1");
    // The text is this test's own.
    return new Function(`${javascript}\nreturn main();`)() as unknown;
  };
  return [run(text), run(plain({ "src/a.ts": text })["src/a.ts"] ?? "")];
}

const COUNTER = `
export class Counter {
  private count = 0;
  next: Counter = this;
  add(by: number): Counter { this.count += by; return this; }
  twice(by: number): number { this.add(by).add(this.peek()); return this.peek(); }
  peek(): number { return this.count; }
}
export function main(): number {
  const counter = new Counter();
  counter.next.add(counter.twice(3)).next.add(1);
  return counter.peek() * 100 + new Counter().add(2).twice(1);
}`;

test("calls inside calls, chains and arguments keep their objects and their order (TLC-008)", () => {
  const [asWritten, behind] = both(COUNTER);
  expect(asWritten).toBe(1306);
  expect(behind).toBe(asWritten);
  const text = plain({ "src/a.ts": COUNTER })["src/a.ts"] ?? "";
  expect(text).not.toMatch(/\.(add|twice|peek)\(/);
  expect(text).toContain("export function Counter$peek($this: Counter): number");
});

test("another module's call imports the function, and only then (TLC-008)", () => {
  const sources = plain({
    "src/deep/tank.ts": "export class Tank {\n  level = 1;\n  fill(by: number): void { this.level += by; }\n}\n",
    "src/user.ts":
      'import type { Tank } from "./deep/tank";\nexport function use(tank: Tank): void { tank.fill(2); }\n',
    "src/other.ts":
      'import type { Tank } from "./deep/tank";\nexport function see(tank: Tank): number { return tank.level; }\n',
  });
  expect(sources["src/user.ts"]).toContain("Tank$fill(tank, 2);");
  expect(sources["src/user.ts"]).toContain('import { Tank$fill } from "./deep/tank";');
  expect(sources["src/other.ts"]).not.toContain("Tank$fill");
});

const STAYS = {
  "that an interface declares":
    "interface Port { go(): void }\nclass A { go(): void {} }\nfunction f(a: A): void { a.go(); }",
  "that a function type of an interface declares":
    "interface Port { go: () => void }\nclass A { go(): void {} }\nfunction f(a: A): void { a.go(); }",
  "that is handed on": "class A { go(): void {} }\nfunction f(a: A): void { a.go(); const g = a.go; g(); }",
  "that starts as a fiber": "class A { async go(): Promise<void> {} }\nfunction f(a: A): void { a.go.start(); }",
  "of a class that is extended":
    "class A { go(): void {} }\nclass B extends A { go(): void {} }\nfunction f(a: A): void { a.go(); }",
  "that something of unknown type may mean":
    "class A { go(): void {} }\nfunction f(a: A, b: any): void { a.go(); b.go(); }",
  "that is named by a text": 'class A { go(): void {} }\nfunction f(a: A): void { a.go(); a["go"](); }',
  "that is asked for whether it is there": "class A { go(): void {} }\nfunction f(a: A): void { a?.go(); }",
};

test.each(Object.entries(STAYS))("a method %s stays one (TLC-008)", (_, text) => {
  expect(plain({ "src/a.ts": text })["src/a.ts"]).toBe(text);
});

test("all that rewrites sources is in the stamp of an image (TLC-011)", () => {
  const run = (name: string): string[] => {
    const text = readFileSync(join(checkoutRoot(), "toolchain/devicescript", name), "utf8");
    return [...text.matchAll(/^import (?!type).* from "\.\/(.+)";$/gm)].map(([, module = ""]) => `${module}.ts`);
  };
  const rewriting: readonly string[] = REWRITING_MODULES;
  expect(rewriting).toEqual(expect.arrayContaining(["native-types.ts", "plain-calls.ts"]));
  expect(rewriting.flatMap(run).filter((module) => !rewriting.includes(module))).toEqual([]);
});
