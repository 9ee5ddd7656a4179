import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { BENCH_PROFILES, drawInstrument } from "../../bench/simulated/bench-profile";
import { calibrate } from "../../cli/bench/calibrate";
import type { CalibrateOptions } from "../../cli/bench/calibrate-settings";
import type { Terminal } from "../../cli/terminal";
import { jsonLines, minim } from "./captured-terminal";
import { fileOf, newFolder } from "./scenario-texts";

/** Nine runs at three rates, `ul` µL per revolution but for a scatter of 0.1 µL. */
function table(ul: number): string {
  const rows = ["24 mL/day", "12 mL/day", "6 mL/day"].flatMap((rate, i) =>
    [-0.1, 0, 0.1].map(
      (more, k) => `run-${3 * i + k + 1},${rate},${400 - 100 * i},${((400 - 100 * i) * (ul + more)).toFixed(4)} uL`,
    ),
  );
  return `run,rate,revolutions,volume\n${rows.join("\n")}\n`;
}

const pumpFile = (): string => fileOf(readFileSync("devs.config.json"), "devs.config.json");
const volumeIn = (file: string): string => /"volumePerRevolution": "(.*)"/.exec(readFileSync(file, "utf8"))?.[1] ?? "";

/** Runs it with somebody at the terminal who answers `answer`. */
async function withAnswer(
  answer: string | undefined,
  runs: string | readonly string[],
  options: Partial<CalibrateOptions>,
): Promise<{ code: number; asked: string[]; out: string }> {
  const asked: string[] = [];
  let out = "";
  const take = (text: string): void => void (out += text);
  const terminal: Terminal = { out: take, err: take, colour: false, showsProgress: false, width: 100 };
  const code = await calibrate([runs].flat(), { exclude: [], ...options }, terminal, (question) => {
    asked.push(question);
    return Promise.resolve(answer);
  });
  return { code, asked, out };
}

describe("minim bench calibrate", () => {
  it("shows the value, its interval, old, new and change, and writes nothing by itself (CAL-009)", async () => {
    const config = pumpFile();
    const runs = fileOf(table(59), "runs.csv");
    const { exitCode, stdout, stderr } = await minim("bench", "calibrate", runs, "--config", config);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/volume per revolution +59\.0000 µL ± 0\.0666 µL/);
    expect(stdout).toMatch(/old +60\.0000 µL\n +new +59 uL\n +change +-1\.7 %/);
    expect(stdout).toContain("with --write");
    expect(volumeIn(config)).toBe("60 uL");
    const [found, ...others] = jsonLines(
      (await minim("bench", "calibrate", runs, "--config", config, "--json")).stdout,
    );
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: "calibration", written: false, refusals: [], excluded: [] });
    expect(found?.["change"]).toMatchObject({ oldPl: 60e6, newPl: 59e6, written: "59 uL", isLarge: false });
  });

  it("writes after a yes, only that value, and keeps the file's mode (CAL-009)", async () => {
    const config = pumpFile();
    const before = readFileSync(config, "utf8");
    // More than the usual mask lets through.
    chmodSync(config, 0o666);
    const runs = fileOf(table(59), "runs.csv");
    for (const answer of ["no", "y", undefined]) {
      const { code, asked, out } = await withAnswer(answer, runs, { config, write: true });
      expect([code, asked.length]).toEqual([1, 1]);
      expect(out).toContain("nothing was written");
    }
    expect(readFileSync(config, "utf8")).toBe(before);
    expect((await withAnswer("yes", runs, { config, write: true })).code).toBe(0);
    expect(readFileSync(config, "utf8")).toBe(before.replace('"60 uL"', '"59 uL"'));
    expect(statSync(config).mode & 0o777).toBe(0o666);
    expect(readdirSync(dirname(config))).toEqual(["devs.config.json"]);
    // What is in the file already is not asked about.
    expect(await withAnswer(undefined, runs, { config, write: true })).toMatchObject({ code: 0, asked: [] });
  });

  it("wants a word of its own for a change beyond 10 % (CAL-010)", async () => {
    const config = pumpFile();
    const runs = fileOf(table(50), "runs.csv");
    const yes = await withAnswer("yes", runs, { config, write: true });
    expect([yes.code, volumeIn(config)]).toEqual([1, "60 uL"]);
    expect(yes.asked.join()).toContain("-16.7 %");
    const scripted = await minim("bench", "calibrate", runs, "--config", config, "--write", "--yes");
    expect(scripted.exitCode).toBe(2);
    expect(scripted.stderr).toContain('--accept-change "-16.7 %"');
    for (const wrong of ["16.6 %", "+16.7 %"]) {
      const other = await minim(
        "bench",
        "calibrate",
        runs,
        "--config",
        config,
        "--write",
        "--yes",
        "--accept-change",
        wrong,
      );
      expect([other.exitCode, volumeIn(config)]).toEqual([2, "60 uL"]);
    }
    expect((await withAnswer("50 uL", runs, { config, write: true })).code).toBe(0);
    expect(volumeIn(config)).toBe("50 uL");
    const back = ["bench", "calibrate", fileOf(table(60), "b.csv"), "--config", config, "--write", "--json"];
    expect((await minim(...back)).stderr).toContain("--json never asks");
    const accepted = await minim(...back, "--yes", "--accept-change", "20.0 %");
    expect(accepted.exitCode).toBe(0);
    expect(jsonLines(accepted.stdout)).toMatchObject([{ kind: "calibration", written: true }]);
    expect(volumeIn(config)).toBe("60 uL");
  });

  it("refuses what is no fit, in one line, and writes nothing (CAL-005)", async () => {
    const config = pumpFile();
    const scattered = "rate,revolutions,volume\n1 mL/h,10,0.6 mL\n1 mL/h,20,0.7 mL\n1 mL/h,30,2.9 mL\n1 mL/h,40,1 mL\n";
    const cases = [
      [scattered, 1, /^minim: this is no calibration: r² is 0\.\d+, under 0\.99.*\n$/],
      ["", 2, /^.*runs\.csv: the file is empty.*\n$/],
      ["rate,revolutions,volume\n1 mL/h,10,0.6 mL\n1 mL/h,20,1.2 mL\n", 2, /2 runs are no fit; at least 3.*\n$/],
      ["rate,revolutions,mass\n1 mL/h,10,0 g\n", 2, /runs\.csv:2: mass: it must be more than 0.*\n$/],
    ] as const;
    for (const [text, code, line] of cases) {
      const args = ["bench", "calibrate", fileOf(text, "runs.csv"), "--config", config, "--write", "--yes"];
      const { exitCode, stderr } = await minim(...args);
      expect(exitCode).toBe(code);
      expect(stderr).toMatch(line);
      const told = jsonLines((await minim(...args, "--json")).stdout);
      expect(told).toMatchObject([code === 1 ? { kind: "calibration", written: false } : { kind: "error" }]);
    }
    const stray = await minim("bench", "calibrate", fileOf(table(59), "runs.csv"), "--config", config, "--yes");
    expect(stray).toMatchObject({ exitCode: 2, stdout: "" });
    expect(volumeIn(config)).toBe("60 uL");
  });

  it("refuses a bend unless it is accepted by its size (CAL-012)", async () => {
    const config = pumpFile();
    const rows = [57.9, 59.9, 60, 60.1, 60].flatMap((ul, i) =>
      [-0.02, 0, 0.02].map((more) => `${i + 1} mL/day,500,${(500 * (ul + more)).toFixed(3)} uL`),
    );
    const args = ["bench", "calibrate", fileOf(`rate,revolutions,volume\n${rows.join("\n")}\n`, "runs.csv")];
    const write = ["--config", config, "--write", "--yes"];
    const bent = await minim(...args, ...write);
    expect([bent.exitCode, volumeIn(config)]).toEqual([1, "60 uL"]);
    expect(bent.stderr).toMatch(/at 1 mL\/day .*-2\.8\d % off the line.*--accept-bend "2\.8 %"/);
    expect((await minim(...args, ...write, "--accept-bend", "2.7 %")).exitCode).toBe(2);
    expect(volumeIn(config)).toBe("60 uL");
    expect((await minim(...args, ...write, "--accept-bend", "2.8 %")).exitCode).toBe(0);
    expect(volumeIn(config)).toMatch(/^59\.5/);
  });

  it("says how many runs an intercept wants (CAL-003)", async () => {
    const three = table(60).split("\n").slice(0, 4).join("\n");
    const { stdout } = await minim("bench", "calibrate", fileOf(`${three}\n`, "runs.csv"));
    expect(stdout).toContain("(4 runs of different lengths are wanted for it)");
  });

  it("names an outlier, keeps it, and leaves it out only when told, saying so (CAL-003)", async () => {
    const config = pumpFile();
    const runs = fileOf(`${table(60)}odd,24 mL/day,400,25.2 mL\n`, "runs.csv");
    const kept = await minim("bench", "calibrate", runs, "--config", config);
    expect(kept.stdout).toMatch(/! odd is an outlier: \+4\.\d+ % from the line, .*--exclude odd/);
    expect(kept.stdout).toContain("10 runs at 3 rates");
    const without = await minim("bench", "calibrate", runs, "--config", config, "--exclude", "odd");
    expect(without.stdout).toContain("odd: left out, as told");
    expect(without.stdout).toContain("It is in the file already");
    const unknown = await minim("bench", "calibrate", runs, "--config", config, "--exclude", "od");
    expect(unknown).toMatchObject({ exitCode: 2 });
    expect(unknown.stderr).toContain("there is no run od; did you mean odd?");
  });
});

/** One recording of the simulated analytical bench; 25 revolutions where rate and duration make 1.5 mL. */
async function recording(folder: string, rate: string, duration: string, seed: number): Promise<string> {
  const out = join(folder, rate.replace(/\W/g, "-"));
  const args = [
    "--out",
    out,
    "--rate",
    rate,
    "--duration",
    duration,
    "--seed",
    String(seed),
    "--profile",
    "analytical",
  ];
  expect((await minim("bench", "record", ...args, "--json")).exitCode).toBe(0);
  return out;
}

let recorded: Promise<string[]> | undefined;

/** Three recordings of the head of seed 7 at different rates, 25 revolutions each, in a folder of the test's own. */
async function recordings(): Promise<string[]> {
  const source = newFolder();
  recorded ??= Promise.all([
    recording(source, "24 mL/day", "90 min", 7),
    recording(source, "18 mL/day", "2 h", 7),
    recording(source, "12 mL/day", "3 h", 7),
  ]);
  const folder = newFolder();
  return (await recorded).map((one) => {
    const copy = join(folder, basename(one));
    cpSync(one, copy, { recursive: true });
    return copy;
  });
}

/** Makes a simulated recording look like one of a real balance: no log of the pump, and what the person said of it. */
function asReal(folder: string, serial: string, set: string): void {
  const file = join(folder, "manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as Record<string, object>;
  const pump = { ...manifest["pump"], serial };
  writeFileSync(file, JSON.stringify({ ...manifest, pump, set, simulated: null, pumpLog: null, clock: "monotonic" }));
}

describe("recordings of a real balance", () => {
  it("are taken with the revolutions that somebody counted, of one pump and set (CAL-011, CAL-014)", async () => {
    const config = pumpFile();
    const folders = await recordings();
    for (const folder of folders) asReal(folder, "7", "lot 1");
    const bare = await minim("bench", "calibrate", ...folders);
    expect(bare.exitCode).toBe(2);
    expect(bare.stderr).toContain("count them and put the run into a table: recording, revolutions");
    // Named beside the table, in which they are written without their folder.
    const table = join(dirname(folders[0] ?? ""), "runs.csv");
    writeFileSync(table, `recording,revolutions\n${folders.map((one) => `${basename(one)},25\n`).join("")}`);
    const args = ["bench", "calibrate", table, "--balance", "0.1 mg", "--evaporation", "3.6 mg/h", "--config", config];
    const { exitCode, stdout } = await minim(...args, "--json");
    expect(exitCode).toBe(0);
    const [found] = jsonLines(stdout);
    expect(Number(found?.["plPerRevolution"]) / 61.588e6).toBeCloseTo(1, 2);
    expect(found).toMatchObject({ isSimulated: false, change: { otherSerial: "7" } });
    expect((found?.["warnings"] as string[]).filter((text) => text.includes("of pump 7"))).toHaveLength(1);
    // The file is that of pump 1.
    const scripted = await minim(...args, "--write", "--yes");
    expect([scripted.exitCode, volumeIn(config)]).toEqual([2, "60 uL"]);
    expect(scripted.stderr).toContain("--accept-serial 7");
    expect((await minim(...args, "--write", "--yes", "--accept-serial", "8")).exitCode).toBe(2);
    expect((await minim(...args, "--write", "--yes", "--accept-serial", "7")).exitCode).toBe(0);
    expect(volumeIn(config)).toMatch(/^61\./);
    // A number cannot be compared with MN-0007; a set can with another.
    for (const folder of folders) asReal(folder, "MN-0007", "lot 1");
    expect((await minim(...args, "--write", "--yes")).exitCode).toBe(0);
    asReal(folders[2] ?? "", "MN-0007", "lot 2");
    const mixed = await minim(...args);
    expect(mixed).toMatchObject({ exitCode: 2, stdout: "" });
    expect(mixed.stderr).toMatch(/set: lot 2; .* has lot 1: .*--mixed/);
    expect((await minim(...args, "--mixed")).exitCode).toBe(0);
    writeFileSync(table, "recording,revolutions\nnowhere,400\n");
    expect((await minim(...args)).stderr).toMatch(/runs\.csv:2: recording: there is no folder .*nowhere/);
  });
});

describe("recordings of the simulated bench", () => {
  it("are written only when somebody knows that they are simulated, and of one head (CAL-014)", async () => {
    const config = pumpFile();
    const folders = await recordings();
    const args = ["bench", "calibrate", ...folders, "--correct-all", "--config", config];
    const looked = await minim(...args);
    expect(looked.stdout).toContain('npx minim bench record --set-volume "61.588 uL"');
    const scripted = await minim(...args, "--write", "--yes");
    expect([scripted.exitCode, volumeIn(config)]).toEqual([2, "60 uL"]);
    expect(scripted.stderr).toContain("the runs are simulated");
    const written = { config, write: true, correctAll: true } as const;
    expect((await withAnswer("yes", folders, written)).code).toBe(1);
    expect(volumeIn(config)).toBe("60 uL");
    const typed = await withAnswer("simulated", folders, written);
    expect([typed.code, typed.asked.length]).toEqual([0, 1]);
    expect(volumeIn(config)).toMatch(/^61\.5/);
    writeFileSync(config, readFileSync("devs.config.json"));
    expect((await minim(...args, "--write", "--yes", "--simulated")).exitCode).toBe(0);
    expect(volumeIn(config)).toMatch(/^61\.5/);
    const other = await recording(newFolder(), "20 mL/day", "30 min", 8);
    const mixed = await minim(...args, other);
    expect(mixed.stderr).toMatch(/--seed: 8; .* has 7: .*--mixed/);
    expect((await minim(...args, other, "--mixed")).exitCode).not.toBe(2);
    expect((await minim(...args, other, "--exclude", other)).exitCode).toBe(0);
  });

  it("are counted with the steps of the pump that was recorded (CAL-014)", async () => {
    const folders = await recordings();
    const config = fileOf(
      readFileSync("devs.config.json", "utf8").replace('"fullStepsPerStroke": 1,', '"fullStepsPerStroke": 2,'),
      "devs.config.json",
    );
    const { exitCode, stderr } = await minim("bench", "calibrate", ...folders, "--config", config);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/a pump of 200 strokes a revolution.*devs\.config\.json is a pump of 100/);
  });

  it("have all that is known and not corrected, and the balance's lag, in what they share (CAL-006)", async () => {
    const [runs, seconds] = [await recordings(), 5400];
    const shared = async (...more: string[]): Promise<number> => {
      const [found] = jsonLines((await minim("bench", "calibrate", ...runs, "--json", ...more)).stdout);
      const [fast] = found?.["runs"] as { sharedMl: number; volumeMl: number }[];
      return (100 * (fast?.sharedMl ?? NaN)) / (fast?.volumeMl ?? NaN);
    };
    const all = await shared("--correct-all");
    // 3.6 mg/h of 1.02 g/h, and the lift of the air; the rest is below 0.03 %.
    expect(await shared()).toBeCloseTo(Math.hypot(0.353, 0.105), 2);
    // 1 s of the run's whole length, where the pump starts with it.
    const settled = await shared("--correct-all", "--analyse", "5min:end");
    expect(Math.sqrt(all ** 2 - settled ** 2)).toBeCloseTo(100 / seconds, 3);
  });

  it("are refused beyond the end of a log that was broken off, and taken up to it (CAL-005)", async () => {
    const runs = await recordings();
    const [first = ""] = runs;
    const manifestFile = join(first, "manifest.json");
    const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as Record<"raw" | "pumpLog", object>;
    const broken = { raw: { ...manifest.raw, sha256: null }, pumpLog: { ...manifest.pumpLog, sha256: null } };
    writeFileSync(manifestFile, JSON.stringify({ ...manifest, ...broken, complete: false }));
    const log = join(first, "pump.ndjson");
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    writeFileSync(log, `${lines.slice(0, -1).join("\n")}\n${(lines.at(-1) ?? "").slice(0, 40)}`);
    const args = ["bench", "calibrate", ...runs, "--correct-all"];
    const all = await minim(...args);
    expect(all).toMatchObject({ exitCode: 2, stdout: "" });
    expect(all.stderr).toMatch(/pump\.ndjson: .*ends at 60 min, .* at 90 min; .*--resume.*--analyse 0min:60min/);
    expect((await minim(...args, "--analyse", "0min:60min")).exitCode).toBe(0);
  });

  it("give back the head's true volume, whatever the balance and room do to it (CAL-006)", async () => {
    const trueUl = 60 * (1 + drawInstrument(BENCH_PROFILES.analytical, 7).headPercent / 100);
    const runs = await recordings();
    const { exitCode, stdout } = await minim("bench", "calibrate", ...runs, "--correct-all", "--json");
    expect(exitCode).toBe(0);
    const [found] = jsonLines(stdout);
    const foundUl = Number(found?.["plPerRevolution"]) / 1e6;
    const expandedUl = (Number(found?.["expandedPercent"]) / 100) * foundUl;
    expect(Math.abs(foundUl - trueUl)).toBeLessThan(expandedUl);
    // 2.6 % off the configured 60 µL, found to better than 0.2 %.
    expect(expandedUl / foundUl).toBeLessThan(0.002);
    expect(foundUl).toBeGreaterThan(61.4);
    const copy = join(newFolder(), "copy");
    cpSync(runs[0] ?? "", copy, { recursive: true });
    const copied = await minim("bench", "calibrate", ...runs, copy);
    expect(copied).toMatchObject({ exitCode: 2, stdout: "" });
    expect(copied.stderr).toContain("a copy is no repeat");
    appendFileSync(join(copy, "pump.ndjson"), "\n");
    expect((await minim("bench", "calibrate", copy)).stderr).toContain("it is not the log that was recorded");
    cpSync(runs[0] ?? "", copy, { recursive: true });
    appendFileSync(join(copy, "balance.csv"), "9999.000,1,yes,,S S 1 g\n");
    expect((await minim("bench", "calibrate", copy)).stderr).toContain("its SHA-256 differs");
  });
});

describe("minim bench calibrate as a process", () => {
  it("takes the yes from stdin, and none from its end", () => {
    const config = pumpFile();
    const args = ["bin/minim.mjs", "bench", "calibrate", fileOf(table(59), "runs.csv"), "--config", config, "--write"];
    const silent = spawnSync(process.execPath, args, { input: "", encoding: "utf8" });
    expect([silent.status, volumeIn(config)]).toEqual([1, "60 uL"]);
    const yes = spawnSync(process.execPath, args, { input: "yes\n", encoding: "utf8" });
    expect([yes.status, volumeIn(config)]).toEqual([0, "59 uL"]);
  });
});
