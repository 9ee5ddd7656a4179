import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BadInput } from "../../../config/bad-input";

/** The version of the command-line tool whose runtime the simulator knows. */
export const DEVICESCRIPT_VERSION = "2.16.4";

const TOOL = "node_modules/@devicescript/cli";
const BUNDLE = "built/devicescript-cli.cjs";
const MARK = "// runtime/devicescript-vm/built/devicescript-vm.js";
const TAG = 'wasmBinaryFile = "data:application/octet-stream;base64,';

const loaded = new Map<string, Promise<WebAssembly.Module>>();

async function load(root: string): Promise<WebAssembly.Module> {
  const bundle = join(root, TOOL, BUNDLE);
  const explain = (what: string): BadInput =>
    new BadInput(bundle, 0, `${what}; run npm ci to install @devicescript/cli ${DEVICESCRIPT_VERSION}`);
  let text: string;
  try {
    text = await readFile(bundle, "latin1");
  } catch {
    throw explain("the DeviceScript command-line tool is not there");
  }
  const mark = text.indexOf(MARK);
  const tag = mark < 0 ? -1 : text.indexOf(TAG, mark);
  const end = tag < 0 ? -1 : text.indexOf('"', tag + TAG.length);
  if (end < 0) throw explain("the DeviceScript command-line tool carries no runtime where it is expected");
  const bytes = Buffer.from(text.slice(tag + TAG.length, end), "base64");
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw explain(`the DeviceScript runtime cannot be loaded (${error instanceof Error ? error.message : "unknown"})`);
  }
}

/**
 * The runtime's WebAssembly module, taken out of the command-line tool that is installed in the checkout `root`. Loaded once a
 * process. Throws {@link BadInput} when the tool is missing or is another one.
 */
export function loadRuntimeModule(root: string): Promise<WebAssembly.Module> {
  const known = loaded.get(root);
  if (known !== undefined) return known;
  const loading = load(root);
  loaded.set(root, loading);
  return loading;
}
