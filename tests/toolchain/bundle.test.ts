import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";
import { readBoardSettings } from "../../toolchain/board/board-settings";
import { CHIPS, chipOfBoard } from "../../toolchain/board/chip";
import { downloadFirmware, findFirmware, FIRMWARE_FOLDER, firmwareProblem } from "../../toolchain/board/firmware";
import { bundleProgram } from "../../toolchain/devicescript/bundle";
import { compilerPath, DEVICESCRIPT_VERSION } from "../../toolchain/devicescript/compiler";
import { checkoutWith, folderWith, writeIn } from "./checkout-copy";
import { fakeFirmware } from "./fake-firmware";

const BOARD = { devName: "Trial", productId: "0x36b950ee", pins: { EN: 4 }, sPin: { EN: 1 } };
/** A method: what is compiled is not what is written. */
const COUNTER = "class Counter {\n  count = 0;\n  next(): number {\n    return ++this.count;\n  }\n}\n";
const BOARDS = { trial_pico: "rp2040", trial_c3: "esp32c3" } as const;

function checkout(): string {
  const files: Record<string, string> = {};
  for (const [board, archId] of Object.entries(BOARDS)) {
    files[`boards/${board}.board.json`] = JSON.stringify({ ...BOARD, archId });
    files[`boards/${board}.ts`] =
      `import { pins } from "@dsboard/${board}";\n${COUNTER}console.log("on ${board}", pins.EN, new Counter().next());\n`;
  }
  return checkoutWith(files);
}

async function bundled(root: string, board: keyof typeof BOARDS) {
  const chip = await chipOfBoard(root, board);
  const firmware = await findFirmware(root, chip);
  if (firmware === undefined) throw new Error("no firmware");
  return bundleProgram({ board, program: { root, entry: `boards/${board}.ts` }, chip, firmware });
}

function put(root: string, archId: (typeof BOARDS)[keyof typeof BOARDS]): string {
  const { firmwareFile } = CHIPS.find((chip) => chip.archId === archId) ?? { firmwareFile: "" };
  writeIn(root, `${FIRMWARE_FOLDER}/${firmwareFile}`, "");
  const path = join(root, FIRMWARE_FOLDER, firmwareFile);
  writeFileSync(path, fakeFirmware(archId));
  return path;
}

/** The bytes as they lie in flash. */
function flashOf(bytes: Buffer): Buffer {
  if (bytes.readUInt32LE(0) !== 0x0a324655) return bytes;
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 512) blocks.push(bytes.subarray(at + 32, at + 288));
  return Buffer.concat(blocks);
}

test.each(Object.entries(BOARDS) as [keyof typeof BOARDS, "rp2040" | "esp32c3"][])(
  "a bundle for %s holds firmware, board, program and settings, each whole, and is made once (TLC-001)",
  async (board, archId) => {
    const root = checkout();
    writeIn(root, ".env.defaults", "GREETING=hello there\n");
    put(root, archId);
    const bundle = await bundled(root, board);
    const flash = flashOf(readFileSync(bundle.path));
    expect(flash.includes(flashOf(fakeFirmware(archId)).subarray(0, 4096))).toBe(true);
    expect(flash.includes("Trial")).toBe(true);
    expect(flash.includes(Buffer.from(bundle.program.image))).toBe(true);
    expect(flash.includes('"hello there"')).toBe(true);
    expect(bundle.settingsKeys).toStrictEqual(["GREETING"]);
    const madeAtMs = statSync(bundle.path).mtimeMs;
    expect(await bundled(root, board)).toStrictEqual(bundle);
    expect(statSync(bundle.path).mtimeMs).toBe(madeAtMs);
  },
);

/** Puts something between a checkout and its DeviceScript: behind each bundle that it writes, `spoil` is done with the file's bytes while the file "spoil" is there. */
function spoilBundles(root: string): void {
  const folder = join(root, "node_modules/@devicescript/cli");
  const tool = compilerPath(checkoutRoot());
  rmSync(folder);
  writeIn(folder, "package.json", JSON.stringify({ version: DEVICESCRIPT_VERSION }));
  writeIn(
    folder,
    "built/devicescript-cli.cjs",
    `const { spawnSync } = require("node:child_process");
const { existsSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { status } = spawnSync(process.execPath, [${JSON.stringify(tool)}, ...process.argv.slice(2)], { stdio: "inherit" });
if (process.argv[2] === "bundle" && existsSync(${JSON.stringify(join(root, "spoil"))})) {
  const folder = ".devicescript/bin/";
  const file = folder + readdirSync(folder).find((name) => name.startsWith("bundle-"));
  const bytes = readFileSync(file);
  bytes[bytes.indexOf("on trial_c3")] ^= 1;
  writeFileSync(file, bytes);
}
process.exit(status);
`,
  );
}

test("a bundle whose program differs in one bit is refused, and one that was spoilt since is made anew (TLC-031)", async () => {
  const root = checkout();
  put(root, "esp32c3");
  spoilBundles(root);
  writeIn(root, "spoil", "");
  await expect(bundled(root, "trial_c3")).rejects.toThrow("does not hold the program that was built");
  rmSync(join(root, "spoil"));
  const bundle = await bundled(root, "trial_c3");
  const bytes = readFileSync(bundle.path);
  const spoilt = Buffer.from(bytes);
  const at = spoilt.indexOf("on trial_c3");
  spoilt[at] = (spoilt[at] ?? 0) ^ 1;
  writeFileSync(bundle.path, spoilt);
  expect(await bundled(root, "trial_c3")).toStrictEqual(bundle);
  expect(Buffer.compare(readFileSync(bundle.path), bytes)).toBe(0);
});

test("what DeviceScript has against a bundle is said in its words: here the firmware lies where the program goes (TLC-001)", async () => {
  const root = checkout();
  const whole = fakeFirmware("rp2040");
  whole.writeUInt32LE(0x100e0000, 159 * 512 + 12);
  writeFileSync(put(root, "rp2040"), whole);
  await expect(bundled(root, "trial_pico")).rejects.toThrow(/could not bundle it:\n[^]*data already at flash offset/);
});

test("a firmware for another chip, cut short, or none at all is refused; a folder is searched; what was named is remembered (TLC-002)", async () => {
  const root = checkout();
  const pico = await chipOfBoard(root, "trial_pico");
  const c3 = await chipOfBoard(root, "trial_c3");
  expect(firmwareProblem(fakeFirmware("rp2040"), pico)).toBeUndefined();
  expect(firmwareProblem(fakeFirmware("esp32c3"), c3)).toBeUndefined();
  expect(firmwareProblem(fakeFirmware("esp32"), c3)).toContain("this is for another chip");
  expect(firmwareProblem(fakeFirmware("rp2040"), c3)).toContain("UF2");
  expect(firmwareProblem(fakeFirmware("esp32c3"), pico)).toContain("no UF2 file");
  expect(firmwareProblem(fakeFirmware("rp2040").subarray(0, -5), pico)).toContain("cut short");
  expect(firmwareProblem(Buffer.from("<html>not found</html>"), pico)).toContain("too few");

  expect(await findFirmware(root, pico)).toBeUndefined();
  const folder = folderWith({ "readme.txt": "" });
  await expect(findFirmware(root, pico, folder)).rejects.toThrow(`has no ${pico.firmwareFile}`);
  await expect(findFirmware(root, pico, join(folder, "none"))).rejects.toThrow("there is no such file or folder");
  writeFileSync(join(folder, pico.firmwareFile), fakeFirmware("rp2040"));
  const named = await findFirmware(root, pico, folder);
  expect(await findFirmware(root, pico)).toStrictEqual(named);
  writeFileSync(join(root, FIRMWARE_FOLDER, pico.firmwareFile), Buffer.from("spoilt"));
  await expect(findFirmware(root, pico)).rejects.toThrow("too few");
});

test("without a network the address and the place for the file are named (TLC-002)", async () => {
  const root = checkout();
  const chip = await chipOfBoard(root, "trial_pico");
  // A port that was free a moment ago: nobody answers there.
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await new Promise((resolve) => server.close(resolve));
  const away = { ...chip, firmwareUrl: `http://127.0.0.1:${port}/${chip.firmwareFile}` };
  const failure = (await downloadFirmware(root, away).catch((error: unknown) => error)) as Error & { file: string };
  expect(failure.file).toBe(away.firmwareUrl);
  expect(failure.message).toContain("ECONNREFUSED");
  expect(failure.message).toContain(`put it into ${FIRMWARE_FOLDER}/`);
});

test("the addresses of firmware are those that the installed DeviceScript knows", () => {
  const tool = readFileSync(compilerPath(checkoutRoot()), "utf8");
  for (const { firmwareUrl, archId } of CHIPS) {
    expect(tool).toContain(`bareUrl: "${firmwareUrl}"`);
    expect(tool).toContain(`id: "${archId}"`);
  }
});

test("a setting that would leave the board in a loop of restarts is refused with file and line (TLC-003)", async () => {
  const refused = async (text: string): Promise<string> => {
    const failure: unknown = await readBoardSettings(folderWith({ ".env.local": text })).catch(
      (error: unknown) => error,
    );
    return `${(failure as { line?: number }).line ?? ""}: ${failure instanceof Error ? failure.message : "taken"}`;
  };
  // Key of 3, one byte, two quotation marks: 226 characters make 232 bytes.
  expect(await refused(`# a comment\nKEY=${"x".repeat(226)}\n`)).toBe(": taken");
  expect(await refused(`# a comment\nKEY=${"x".repeat(227)}\n`)).toMatch(/^2: the setting KEY takes 233 bytes/);
  expect(await refused(`A_KEY_OF_THIRT=1\n`)).toMatch(/^1: the name A_KEY_OF_THIRT has 14 characters/);
});
