import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pumpJsonSchema } from "../../config/pump-json-schema";
import { scenarioJsonSchema } from "../../sim/scenario/json-schema";
import { checkoutRoot } from "../../toolchain/checkout";
import { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";

/** Where the published schemas lie. */
const FOLDER = "config/schemas";

/** `npm run schemas`: writes the published JSON Schemas anew from the code that reads the files. */
export async function writeSchemas(terminal: Terminal): Promise<ExitCode> {
  const folder = join(checkoutRoot(), FOLDER);
  await mkdir(folder, { recursive: true });
  const schemas = { "pump.schema.json": pumpJsonSchema(), "scenario.schema.json": scenarioJsonSchema() };
  for (const [name, schema] of Object.entries(schemas)) {
    await writeFile(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
    terminal.out(`${FOLDER}/${name}\n`);
  }
  return ExitCode.passed;
}
