import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";
import { DEVICESCRIPT_VERSION } from "../../toolchain/devicescript/compiler";

function read(name: string): string {
  return readFileSync(join(checkoutRoot(), name), "utf8");
}

interface Package {
  readonly private?: boolean;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

test("the package cannot be published, and names exact versions", () => {
  const manifest = JSON.parse(read("package.json")) as Package;
  expect(manifest.private).toBe(true);
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toStrictEqual([]);
  expect(manifest.devDependencies?.["@devicescript/cli"]).toBe(DEVICESCRIPT_VERSION);
});

test("the lockfile is whole: npm ci refuses one in which a package that another names is missing", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, Package> };
  const missing: string[] = [];
  for (const [path, { dependencies, optionalDependencies }] of Object.entries(packages)) {
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (!isReachable(packages, path, name)) missing.push(`${path} -> ${name}`);
    }
  }
  expect(missing).toStrictEqual([]);
});

function isReachable(packages: Record<string, unknown>, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
    if (packages[folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`] !== undefined) return true;
    if (folder === "") return false;
  }
}

test("the README says near its top what Minim must never be used for, and the licence is MIT", () => {
  const top = read("README.md").split("\n").slice(0, 30).join(" ").replace(/\s+/g, " ");
  expect(top).toMatch(/not a medical device/i);
  expect(top).toMatch(/never be connected to a person/i);
  expect(read("LICENSE")).toMatch(/^MIT License\n\nCopyright \(c\) 2026 The Minim authors\n/);
});
