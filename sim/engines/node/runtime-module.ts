import { readFile } from "node:fs/promises";
import { BuildError } from "../../../toolchain/devicescript/build-error";
import { compilerPath, DEVICESCRIPT_VERSION, requireCompiler } from "../../../toolchain/devicescript/compiler";

const MARK = "// runtime/devicescript-vm/built/devicescript-vm.js";
const TAG = 'wasmBinaryFile = "data:application/octet-stream;base64,';

const loaded = new Map<string, Promise<WebAssembly.Module>>();

async function load(root: string): Promise<WebAssembly.Module> {
  await requireCompiler(root);
  const bundle = compilerPath(root);
  const changed = (what: string): BuildError =>
    new BuildError(`${bundle} is not as DeviceScript ${DEVICESCRIPT_VERSION} ships it (${what}); run: npm ci`);
  const text = await readFile(bundle, "latin1").catch(() => {
    throw changed("it cannot be read");
  });
  const mark = text.indexOf(MARK);
  const tag = mark < 0 ? -1 : text.indexOf(TAG, mark);
  const end = tag < 0 ? -1 : text.indexOf('"', tag + TAG.length);
  if (end < 0) throw changed("it carries no runtime where it is expected");
  try {
    return await WebAssembly.compile(Buffer.from(text.slice(tag + TAG.length, end), "base64"));
  } catch (error) {
    throw changed(`its runtime does not load: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * The runtime's WebAssembly module, taken out of the command-line tool that is installed in the checkout `root`. Loaded once a
 * process. Throws `BuildError` when the tool is missing or is another one.
 */
export function loadRuntimeModule(root: string): Promise<WebAssembly.Module> {
  const known = loaded.get(root);
  if (known !== undefined) return known;
  const loading = load(root);
  loaded.set(root, loading);
  return loading;
}
