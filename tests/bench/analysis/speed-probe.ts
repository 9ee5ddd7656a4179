import { createReadStream, existsSync, readFileSync } from "node:fs";
import Papa from "papaparse";
import { analyseFlow } from "../../../bench/analysis/analyse-flow";
import type { FlowSettings } from "../../../bench/analysis/flow-settings";
import { madeSeries } from "../../../bench/analysis/mass-series";
import { readWeighingFile } from "../../../bench/analysis/node/read-weighing-file";

/*
 * Measures what an analysis costs, in a process of its own: processor time, which other processes do not lengthen, the least of several tries.
 * Usage: node PROBE FILE [once]; prints one object of JSON. With `once` the file is analysed a single time, and the most memory of that is all that is told.
 */

const [, , file = "", once] = process.argv;
const TRIES = 4;
const WHOLE: FlowSettings = { rateMlPerH: 1, preset: "custom" };

/**
 * Most memory of this process, in kB. Linux counts that of the process that started this one into `maxRSS`; the high water mark of its own memory
 * stands elsewhere.
 */
function mostKb(): number {
  const status = "/proc/self/status";
  const [, own] = /VmHWM:\s*(\d+) kB/.exec(existsSync(status) ? readFileSync(status, "utf8") : "") ?? [];
  return own === undefined ? process.resourceUsage().maxRSS : Number(own);
}

async function leastMs(work: () => unknown): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < TRIES; i++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** The CSV parser by itself: rows of text, nothing made of them. */
function merelyParse(): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0;
    Papa.parse<string[]>(createReadStream(file), {
      chunk: ({ data }) => void (rows += data.length),
      complete: () => resolve(rows),
      error: reject,
    });
  });
}

if (once === "once") {
  analyseFlow(await readWeighingFile(file), WHOLE);
  process.stdout.write(JSON.stringify({ largestMb: mostKb() / 1024 }));
  process.exit();
}

const parseMs = await leastMs(merelyParse);
const readMs = await leastMs(() => readWeighingFile(file));
let rows = 0;
const allMs = await leastMs(async () => void (rows = analyseFlow(await readWeighingFile(file), WHOLE).samples));
const byRows: { rows: number; ms: number }[] = [];
for (const times of [1, 2, 4, 8]) {
  const count = times * 100000;
  const series = madeSeries(
    Float64Array.from({ length: count }, (_, i) => i / 10),
    Float64Array.from({ length: count }, (_, i) => 100 + i / 36000 + 1e-4 * Math.sin(i)),
  );
  const settings = { ...WHOLE, windowsMinutes: [2, 5, 11, 19, 31, 60, 120, 240] };
  byRows.push({ rows: count, ms: await leastMs(() => analyseFlow(series, settings)) });
}
process.stdout.write(JSON.stringify({ rows, parseMs, readMs, allMs, byRows }));
