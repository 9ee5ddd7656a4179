import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import tseslint from "typescript-eslint";

const ROOT = dirname(fileURLToPath(import.meta.url));

/** The dialect's own rules are TypeScript, which Node 20 cannot load: they are compiled first (in some 20 ms). */
async function loadDialect() {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, "toolchain/dialect/plugin.ts")],
    write: false,
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    logLevel: "warning",
  });
  const { contents } = outputFiles[0];
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 16);
  const file = join(ROOT, `.minim/dialect/${hash}.mjs`);
  if (!existsSync(file)) {
    // Under a name of our own first: another linter may be about to read it.
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, contents);
    renameSync(`${file}.${process.pid}`, file);
  }
  return import(pathToFileURL(file).href);
}

const { dialect, CORE_SYNTAX, DEVICE_GLOBALS, DEVICE_SYNTAX } = await loadDialect();

const DEVICE = ["src/**/*.ts", "boards/**/*.ts"];
const CORE = ["src/**/*.ts"];
const HOST = ["config/**/*.ts", "toolchain/**/*.ts", "sim/**/*.ts", "link/**/*.ts", "bench/**/*.ts", "cli/**/*.ts"];
const TESTS = ["tests/**/*.ts", "*.config.ts"];
const SCRIPTS = ["**/*.mjs"];

/** In host code numbers are never conditions either; everything else may be. */
const CONDITIONS = {
  allowString: true,
  allowNullableString: true,
  allowNullableBoolean: true,
  allowNullableObject: true,
  allowNumber: false,
  allowNullableNumber: false,
  allowNullableEnum: false,
  allowAny: false,
};

const EVERYWHERE = {
  "prefer-const": "error",
  eqeqeq: ["error", "always", { null: "ignore" }],
  "no-unused-vars": "off",
  "@typescript-eslint/no-unused-vars": [
    "error",
    {
      argsIgnorePattern: "^_",
      varsIgnorePattern: "^_",
      destructuredArrayIgnorePattern: "^_",
      ignoreRestSiblings: true,
    },
  ],
};

const TYPED = {
  ...EVERYWHERE,
  "@typescript-eslint/consistent-type-imports": [
    "error",
    { fixStyle: "separate-type-imports", disallowTypeAnnotations: false },
  ],
  "@typescript-eslint/no-explicit-any": "error",
  "@typescript-eslint/switch-exhaustiveness-check": [
    "error",
    { considerDefaultExhaustiveForUnions: true, allowDefaultCaseForExhaustiveSwitch: true },
  ],
};

export default [
  { ignores: ["node_modules/", ".minim/", ".devicescript/", "**/.devicescript/", "boards/generated/", "coverage/"] },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { "@typescript-eslint": tseslint.plugin, dialect },
  },
  {
    files: ["**/*.ts"],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: ROOT },
    },
  },
  { files: SCRIPTS, rules: EVERYWHERE },
  {
    files: DEVICE,
    rules: {
      ...TYPED,
      "dialect/documented-exports": "error",
      "dialect/no-enum-reverse-lookup": "error",
      "dialect/no-getters": "error",
      "dialect/no-loop-closures": "error",
      "dialect/no-number-truthiness": "error",
      "dialect/no-remainder": "error",
      "dialect/no-string-ordering": "error",
      "dialect/no-this-in-arrow": "error",
      "dialect/two-argument-min-max": "error",
      "no-restricted-syntax": ["error", ...DEVICE_SYNTAX],
      "no-restricted-globals": ["error", ...DEVICE_GLOBALS],
    },
  },
  {
    files: CORE,
    rules: {
      "dialect/known-methods": "error",
      "no-restricted-syntax": ["error", ...DEVICE_SYNTAX, ...CORE_SYNTAX],
      "max-lines": ["error", { max: 250 }],
      "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: [...HOST, ...TESTS],
    rules: {
      ...TYPED,
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/only-throw-error": "error",
      "@typescript-eslint/strict-boolean-expressions": ["error", CONDITIONS],
      "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: TESTS, rules: { "max-lines-per-function": "off" } },
  {
    files: HOST,
    rules: {
      "dialect/documented-exports": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Export a name, not a default." },
      ],
    },
  },
];
