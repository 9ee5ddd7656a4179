import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PUMP_SCHEMA_FILE, pumpJsonSchema } from "../../config/pump-json-schema";
import { SCENARIO_SCHEMA_FILE, scenarioJsonSchema } from "../../sim/scenario/json-schema";
import { scenarioReferencePage } from "../../sim/scenario/reference";
import { checkoutRoot } from "../../toolchain/checkout";
import { boardDocuments } from "../boards/board-documents";
import { ExitCode } from "../exit-code";
import { readRequirements } from "../requirements/requirement-files";
import { requirementPages } from "../requirements/requirement-pages";
import type { Terminal } from "../terminal";

/** The page of the scenario language's words. */
const REFERENCE = "docs/scenario-reference.md";
/** Run as a program of its own: compiled into the command it would make that many times larger. */
const PRETTIER = "node_modules/prettier/bin/prettier.cjs";

/** `npm run schemas`: writes the published JSON Schemas and the pages of scenario words, requirements and wiring anew from what they are made of, in the project's format. */
export function writeSchemas(terminal: Terminal): ExitCode {
  const root = checkoutRoot();
  const schemas = { [PUMP_SCHEMA_FILE]: pumpJsonSchema(), [SCENARIO_SCHEMA_FILE]: scenarioJsonSchema() };
  for (const [file, schema] of Object.entries(schemas)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), `${JSON.stringify(schema, null, 2)}\n`);
    terminal.out(`${file}\n`);
  }
  const pages = [
    [REFERENCE, scenarioReferencePage()] as const,
    ...requirementPages(readRequirements()),
    ...boardDocuments(root),
  ];
  for (const [file, text] of pages) {
    writeFileSync(join(root, file), text);
    terminal.out(`${file}\n`);
  }
  execFileSync(process.execPath, [join(root, PRETTIER), "--write", "--log-level", "warn", ...Object.keys(schemas)], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return ExitCode.passed;
}
