import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { copyCheckout, removeCopy } from "../../cli/hazards/checkout-copy";
import { checkoutRoot } from "../../toolchain/checkout";

const ID = "pump_madeup";
const NEAREST = "pump_esp32";
const PAGE = "docs/boards/add-a-board.md";

interface HostCode {
  compileHostCode(root: string): Promise<void>;
  bundleFolder(root: string): string;
}

/** A copy of the checkout with a board more, by the steps of the page: each step is one file. */
class BoardWalk {
  readonly touched: string[] = [];

  constructor(readonly root: string) {}

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** Makes or changes one file. */
  step(path: string, text: string): void {
    this.touched.push(path);
    writeFileSync(join(this.root, path), text);
  }

  /** A step that puts `added` behind the first match of `behind`. */
  insert(path: string, ...changes: [behind: RegExp, added: string][]): void {
    let text = this.read(path);
    for (const [behind, added] of changes) {
      expect(text, path).toMatch(behind);
      text = text.replace(behind, (found) => found + added);
    }
    this.step(path, text);
  }

  walk(): void {
    const of = (text: string): string => text.replaceAll(NEAREST, ID);
    const file = JSON.parse(this.read(`boards/${NEAREST}.board.json`)) as { pins: Record<string, number> };
    const { AIR: _none, ...pins } = file.pins;
    const board = { ...file, devName: "A made-up board", productId: "0x3f00f00f", pins };
    this.step(`boards/${ID}.board.json`, JSON.stringify(board));
    this.step(`boards/${ID}.ts`, of(this.read(`boards/${NEAREST}.ts`)));
    this.insert(
      "config/boards.ts",
      [/BOARD_IDS = \[/, `"${ID}", `],
      [/Record<BoardId, BoardTiming>> = \{/, `\n  ${ID}: { wakeGridMs: 10 },`],
    );
    this.insert("config/board-pins.ts", [
      /Record<BoardId, BoardParts>> = \{/,
      `\n  ${ID}: { pins: ["ROLLER", "OCCLUSION", "BATTERY", "KICK"], adcFullScaleMv: 3000, makesTones: true },`,
    ]);
    const layout = /\n {2}pump_esp32: (\{[^]*?\n {2}\}),/.exec(this.read("cli/boards/board-layouts.ts"))?.[1] ?? "";
    this.insert("cli/boards/board-layouts.ts", [/Record<BoardId, BoardLayout>> = \{/, `\n  ${ID}: ${layout},`]);
    this.step(`docs/boards/${ID}.md`, of(this.read(`docs/boards/${NEAREST}.md`)));
  }
}

describe("a board is added by the steps of the page (BRD-005)", () => {
  let walk: BoardWalk;
  let command = "";
  const run = async (...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)(process.execPath, [command, ...args], { cwd: walk.root });
    return stdout;
  };

  beforeAll(async () => {
    walk = new BoardWalk(copyCheckout(checkoutRoot()));
    walk.walk();
    const path = pathToFileURL(join(walk.root, "bin/host-code.mjs")).href;
    const { compileHostCode, bundleFolder } = (await import(/* @vite-ignore */ path)) as HostCode;
    await compileHostCode(walk.root);
    command = join(bundleFolder(walk.root), "minim.mjs");
    return () => removeCopy(walk.root);
  });

  test("the page names the files of the walk, in its order, and no others", () => {
    const named = [...walk.read(PAGE).matchAll(/^\d\. `([^`]+)`/gm)].map(([, path = ""]) => path.replace("<id>", ID));
    expect(walk.touched).toEqual(named);
  });

  test("its programs are built: the pump and the dry run", async () => {
    for (const program of ["pump", "dry-run"]) {
      const built = JSON.parse(await run("build", "--board", ID, "--program", program, "--json")) as object;
      expect(built).toMatchObject({ kind: "build", board: ID });
    }
  });

  test("a pump file may name it, with the parts that it has pins for", async () => {
    const pump = JSON.parse(walk.read("devs.config.json")) as object;
    const file = join(walk.root, "madeup.json");
    writeFileSync(file, JSON.stringify({ ...pump, board: ID, supervisor: true }));
    await expect(run("check", file)).resolves.toContain("madeup.json");
    writeFileSync(file, JSON.stringify({ ...pump, board: ID, airSensor: { air: "high" } }));
    await expect(run("check", file)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${ID} has no pin AIR`) as string,
    });
  });

  test("drawing, wiring table and schema are made", async () => {
    await run("schemas");
    expect(walk.read(`docs/boards/${ID}.svg`)).toContain(`Wiring of ${ID}`);
    expect(walk.read(`docs/boards/${ID}.md`)).toContain("No pin is left for AIR");
    expect(walk.read("config/schemas/pump.schema.json")).toContain(ID);
  });
});
