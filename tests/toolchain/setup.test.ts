import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Linter } from "eslint";
import { describe, expect, test } from "vitest";
import { bundleFolder, compileHostCode } from "../../bin/host-code.mjs";
import { withLock } from "../../bin/lock.mjs";
import { packagesAreCurrent } from "../../bin/packages.mjs";
import { PreparationFailure } from "../../bin/preparation-failure.mjs";
import { checkoutRoot } from "../../toolchain/checkout";
import { folderWith, writeIn } from "./checkout-copy";

const BIN = join(checkoutRoot(), "bin");

function startWithNode(version: string): { status: number | null; stderr: string } {
  const program = `
    Object.defineProperty(process, "versions", { value: { node: "${version}" } });
    const { requireNode } = await import(${JSON.stringify(join(BIN, "node-version.mjs"))});
    requireNode();`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
}

describe("an old Node", () => {
  test.each(["20.18.3", "18.20.0", "8.17.0"])("(%s) is told so in one line, with exit code 2", (version) => {
    const { status, stderr } = startWithNode(version);
    expect(status).toBe(2);
    expect(stderr).toBe(`minim needs Node 20.19 or newer; this is Node ${version} (https://nodejs.org)\n`);
  });

  test.each(["20.19.0", "21.0.0", "24.1.0"])("is not meant by %s", (version) => {
    expect(startWithNode(version)).toMatchObject({ status: 0, stderr: "" });
  });

  test.each(["minim.mjs", "setup.mjs", "node-version.mjs"])("can read %s: its JavaScript is of 2020", (name) => {
    const config = { languageOptions: { ecmaVersion: 2020, sourceType: "module" } } as const;
    expect(new Linter().verify(readFileSync(join(BIN, name), "utf8"), config)).toStrictEqual([]);
  });
});

describe("packages", () => {
  const lockfile = (packages: object): string => JSON.stringify({ packages });
  const wanted = lockfile({
    "": {},
    "node_modules/a": { version: "1.0.0", integrity: "x" },
    "node_modules/b": { version: "1.0.0", integrity: "y", optional: true },
  });
  const installed = "node_modules/.package-lock.json";

  test("are current when each is installed in its version; one for another machine may be absent", () => {
    const there = lockfile({ "node_modules/a": { version: "1.0.0", integrity: "x" } });
    expect(packagesAreCurrent(folderWith({ "package-lock.json": wanted, [installed]: there }))).toBe(true);
  });

  test.each([
    ["none is installed", {}],
    ["another version is", { [installed]: lockfile({ "node_modules/a": { version: "1.0.1", integrity: "x" } }) }],
    ["other bytes are", { [installed]: lockfile({ "node_modules/a": { version: "1.0.0", integrity: "z" } }) }],
    ["the install was cut short", { [installed]: '{"packages": {"node_mod' }],
  ])("are not current when %s", (_case, files) => {
    expect(packagesAreCurrent(folderWith({ "package-lock.json": wanted, ...files }))).toBe(false);
  });
});

describe("the lock", () => {
  test("lets one in after the other, also when the first fails", async () => {
    const lock = join(folderWith({}), "deep/lock");
    const order: string[] = [];
    const work = (name: string, fails: boolean) => async (): Promise<void> => {
      order.push(`${name} in`);
      await Promise.resolve();
      order.push(`${name} out`);
      if (fails) throw new Error(name);
    };
    const both = await Promise.allSettled([withLock(lock, work("a", true)), withLock(lock, work("b", false))]);
    expect(order).toStrictEqual(["a in", "a out", "b in", "b out"]);
    expect(both.map(({ status }) => status)).toStrictEqual(["rejected", "fulfilled"]);
    expect(existsSync(lock)).toBe(false);
  });

  test("of a process that has died is taken over", async () => {
    const lock = join(folderWith({}), "lock");
    mkdirSync(lock);
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    writeFileSync(join(lock, "owner"), String(dead));
    expect(await withLock(lock, () => Promise.resolve("in"))).toBe("in");
  });
});

describe("host code", () => {
  const lockfile = { "package-lock.json": "{}" };

  test("is compiled into a folder of the state of its sources, and runs", async () => {
    const root = folderWith({ ...lockfile, "cli/minim.ts": "const answer: number = 42;\nconsole.log(answer);\n" });
    const first = bundleFolder(root) as string;
    await compileHostCode(root);
    expect(execFileSync(process.execPath, [join(first, "minim.mjs")], { encoding: "utf8" })).toBe("42\n");

    writeIn(root, "config/words.ts", "export {};\n");
    const second = bundleFolder(root) as string;
    expect(second).not.toBe(first);
    writeIn(root, "package-lock.json", "{ }");
    expect(bundleFolder(root)).not.toBe(second);
  });

  test("that does not compile is told with file and line, and leaves nothing that looks finished", async () => {
    const root = folderWith({ ...lockfile, "cli/minim.ts": 'console.log("a");\nimport "./missing";\n' });
    const failure = await compileHostCode(root).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PreparationFailure);
    expect(failure).toMatchObject({ output: expect.stringMatching(/^cli\/minim\.ts:2: /) as string });
    expect(readdirSync(join(root, ".minim/host"))).toStrictEqual([]);
  });

  test("that does not compile is told by a command in one line, with --json as an object like all other errors", () => {
    const library = "node_modules/@devicescript/core/src/devicescript-boards.d.ts";
    const files = { "package-lock.json": '{"packages":{}}', "cli/minim.ts": 'import "./missing";\n' };
    const root = folderWith({ ...files, [library]: "" });
    cpSync(BIN, join(root, "bin"), { recursive: true });
    symlinkSync(join(checkoutRoot(), "node_modules/esbuild"), join(root, "node_modules/esbuild"), "dir");
    const args = [join(root, "bin/minim.mjs"), "check", "x.yaml", "--json"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    const message = "the host code does not compile; see above";
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toStrictEqual({ kind: "error", file: "", line: 0, message });
    expect(stderr).toMatch(new RegExp(`^cli/minim\\.ts:1: .*\nminim: ${message}\n$`));
  });
});
