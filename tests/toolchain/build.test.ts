import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildProgram } from "../../toolchain/devicescript/build";
import { BuildError } from "../../toolchain/devicescript/build-error";
import { CODE_LIMIT_BYTES } from "../../toolchain/devicescript/image";
import { checkoutWith, writeIn } from "./checkout-copy";

const PROGRAM = `import { twice } from "../src/twice";\nimport * as ds from "@devicescript/core";\nconsole.log(twice(ds.millis()));\n`;
const TWICE = "export function twice(x: number): number {\n  return x + x;\n}\n";

function checkout(): string {
  return checkoutWith({ "boards/trial.ts": PROGRAM, "src/twice.ts": TWICE });
}

function finishedBuilds(root: string): string[] {
  return readdirSync(join(root, ".minim/build/trial"));
}

describe("a device program", () => {
  test("is compiled once for each state of its sources, whoever asks and how many at once", async () => {
    const root = checkout();
    const request = { root, entry: "boards/trial.ts" };
    const [one, other] = await Promise.all([buildProgram(request), buildProgram(request)]);
    expect(one.imageSha256).toBe(other.imageSha256);
    expect(finishedBuilds(root)).toHaveLength(1);

    writeIn(root, "src/twice.ts", TWICE.replace("x + x", "x * 4"));
    const edited = await buildProgram(request);
    expect(edited.imageSha256).not.toBe(one.imageSha256);

    // With the compiler gone from the second state on, the first can only come from what was kept.
    writeIn(root, "src/twice.ts", TWICE);
    rmSync(join(root, "node_modules/@devicescript/core"), { recursive: true });
    const again = await buildProgram(request);
    expect(again.imageSha256).toBe(one.imageSha256);
    expect(readdirSync(join(root, "node_modules/@devicescript"))).toStrictEqual(["cli"].concat(libraries(root)));
    expect(finishedBuilds(root)).toHaveLength(2);
  });

  test("has sizes that add up, with its functions by name", async () => {
    const { image, sizes } = await buildProgram({ root: checkout(), entry: "boards/trial.ts" });
    expect(sizes.imageBytes).toBe(image.byteLength);
    expect(sizes.codeBytes + sizes.dataBytes).toBe(sizes.imageBytes);
    expect(sizes.codeBytes).toBeLessThan(CODE_LIMIT_BYTES);
    const functionBytes = sizes.functions.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(functionBytes).toBeLessThan(sizes.codeBytes);
    expect(sizes.functions.map(({ name }) => name)).toContain("twice");
  });

  test("that is wrong is refused with file and line, and leaves nothing behind", async () => {
    const root = checkout();
    writeIn(root, "src/twice.ts", "export function twice(x: number): number {\n  x ||= 2;\n  return x;\n}\n");
    const failure = await buildProgram({ root, entry: "boards/trial.ts" }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BuildError);
    expect((failure as BuildError).message).toBe("src/twice.ts:2: unhandled operator");
    expect(finishedBuilds(root)).toStrictEqual([]);
  });

  test("that does not exist is refused by name", async () => {
    await expect(buildProgram({ root: checkout(), entry: "boards/none.ts" })).rejects.toThrow(
      "boards/none.ts: there is no such program to compile",
    );
  });
});

function libraries(root: string): string[] {
  return readdirSync(join(root, "node_modules/@devicescript")).filter((name) => name !== "cli" && name !== "core");
}

describe("the DeviceScript compiler", () => {
  test("that is missing is asked for in one line", async () => {
    const root = checkout();
    rmSync(join(root, "node_modules"), { recursive: true });
    await expect(buildProgram({ root, entry: "boards/trial.ts" })).rejects.toThrow(/is not installed .*npm ci$/);
  });

  test("of another release is refused in one line that names both", async () => {
    const root = checkout();
    rmSync(join(root, "node_modules/@devicescript/cli"), { recursive: true });
    writeIn(root, "node_modules/@devicescript/cli/package.json", '{"version":"2.17.0"}');
    await expect(buildProgram({ root, entry: "boards/trial.ts" })).rejects.toThrow(
      "DeviceScript 2.17.0 is installed, but this code is for 2.16.4; run: npm ci",
    );
  });
});
