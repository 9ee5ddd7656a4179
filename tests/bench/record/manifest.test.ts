import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BadInput } from "../../../config/bad-input";
import { manifestText, readManifest } from "../../../bench/record/manifest";
import type { Manifest } from "../../../bench/record/manifest";
import { loadManifest, writeManifest } from "../../../bench/record/node/manifest-file";

const folder = mkdtempSync(join(tmpdir(), "minim-manifest-"));
afterAll(() => rmSync(folder, { recursive: true }));

const MANIFEST: Manifest = {
  format: 1,
  started: "2026-11-22T14:05:30.000Z",
  clock: "monotonic",
  rateMlPerH: 1,
  rate: "1 mL/h",
  intervalMs: 30000,
  durationMs: 7200000,
  operator: "A. Technician",
  pump: { serial: null, model: null, firmware: null },
  set: "lot 7",
  balance: { protocol: "mt-sics", identity: null, address: "serial:/dev/ttyUSB0", profile: null, serial: null },
  liquid: null,
  temperatureC: 20.5,
  pressureHpa: null,
  humidityPercent: 50,
  note: null,
  simulated: null,
  raw: { file: "balance.csv", rows: 0, bytes: 0, sha256: null, soFarSha256: "0".repeat(64) },
  pumpLog: null,
  resumed: 0,
  complete: false,
};

describe("a manifest", () => {
  it("comes back as it was written, and is never there in part", () => {
    const path = join(folder, "manifest.json");
    writeManifest(path, MANIFEST);
    writeManifest(path, { ...MANIFEST, complete: true });
    expect(loadManifest(path)).toEqual({ ...MANIFEST, complete: true });
    expect(readdirSync(folder)).toEqual(["manifest.json"]);
  });

  it("is refused with the key that is wrong; a key of a later version is not", () => {
    const text = (change: object): string => JSON.stringify({ ...MANIFEST, ...change });
    expect(() => readManifest(text({ clock: "sundial" }))).toThrow(/^clock: /);
    expect(() => readManifest(text({ raw: { ...MANIFEST.raw, bytes: -1 } }))).toThrow(/^raw.bytes: /);
    expect(() => readManifest(manifestText(MANIFEST).slice(0, -9))).toThrow("it is no JSON");
    expect(readManifest(text({ later: 1 }))).toEqual(MANIFEST);
    const path = join(folder, "wrong.json");
    writeFileSync(path, text({ format: 2 }));
    expect(() => loadManifest(path)).toThrow(BadInput);
    expect(() => loadManifest(join(folder, "none.json"))).toThrow("this is no recording's folder");
  });
});
