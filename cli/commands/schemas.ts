import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pumpJsonSchema } from "../../config/pump-json-schema";
import { scenarioJsonSchema } from "../../sim/scenario/json-schema";
import { scenarioReferencePage } from "../../sim/scenario/reference";
import { checkoutRoot } from "../../toolchain/checkout";
import { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";

/** Where the published schemas lie. */
const FOLDER = "config/schemas";
/** The page of the scenario language's words. */
const REFERENCE = "docs/scenario-reference.md";
/** Run as a program of its own: compiled into the command it would make that many times larger. */
const PRETTIER = "node_modules/prettier/bin/prettier.cjs";

/** `npm run schemas`: writes the published JSON Schemas and the page of the scenario words anew from the code that reads the files, in the project's format. */
export function writeSchemas(terminal: Terminal): ExitCode {
  const root = checkoutRoot();
  mkdirSync(join(root, FOLDER), { recursive: true });
  const schemas = { "pump.schema.json": pumpJsonSchema(), "scenario.schema.json": scenarioJsonSchema() };
  for (const [name, schema] of Object.entries(schemas)) {
    writeFileSync(join(root, FOLDER, name), `${JSON.stringify(schema, null, 2)}\n`);
    terminal.out(`${FOLDER}/${name}\n`);
  }
  writeFileSync(join(root, REFERENCE), scenarioReferencePage());
  terminal.out(`${REFERENCE}\n`);
  execFileSync(process.execPath, [join(root, PRETTIER), "--write", "--log-level", "warn", FOLDER], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return ExitCode.passed;
}
