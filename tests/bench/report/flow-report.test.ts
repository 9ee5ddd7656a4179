import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FlowAnalysis } from "../../../bench/analysis/flow-analysis";
import { longestRunHours } from "../../../bench/simulated/stroke-course";
import { flowReport, PURPOSE } from "../../../bench/report/flow-report";
import type { ReportRun } from "../../../bench/report/report-run";
import { FROM_ELSEWHERE, MANIFEST, RECORDED, TYPICAL, UGLY } from "./made-analysis";
import { bodyText, factOf, rowsOf, tagsOf, textOf, unclosed } from "./page-parts";

const MAKER = { made: "2026-11-22 16:05", program: "Minim 0.1.0" };

function pageOf(...runs: readonly ReportRun[]): string {
  return flowReport(runs, MAKER).page;
}

/** The page of {@link UGLY}, changed. */
function uglyPage(change: Partial<FlowAnalysis>): string {
  return pageOf({ ...FROM_ELSEWHERE, analysis: { ...UGLY, ...change } });
}

describe("the page", () => {
  const pages = { one: pageOf(RECORDED), ugly: pageOf(FROM_ELSEWHERE), two: pageOf(RECORDED, FROM_ELSEWHERE) };

  test.each(Object.entries(pages))("%s is well formed and needs nothing from elsewhere (REP-001)", (_name, page) => {
    expect(unclosed(page)).toEqual([]);
    expect(page).not.toMatch(/https?:|<script|<link|<img|<iframe|url\((?!#)|@import|\b(?:src|href|xmlns)=/i);
    expect(tagsOf(page).some(({ attributes }) => attributes.some((name) => name.startsWith("on")))).toBe(false);
    expect(bodyText(page)).toContain(PURPOSE);
  });

  test("tells who, with what, when and by which clock, and has lines to sign", () => {
    const { one } = pages;
    expect(factOf(one, "Technician")).toBe("R. Okafor");
    expect(factOf(one, "Serial number")).toBe("MN-0007");
    expect(factOf(one, "Infusion set")).toBe("CSU 25-A, lot 4411");
    expect(factOf(one, "Temperature")).toBe("21 °C");
    expect(factOf(one, "Balance")).toContain("simulated balance");
    expect(factOf(one, "Clock")).toContain("virtual: simulated");
    expect(factOf(one, "SHA-256")).toBe(TYPICAL.sha256);
    expect(factOf(one, "Rows")).toBe("3 121");
    expect(bodyText(one)).toMatch(/Performed by ?R\. Okafor ?Date ?Reviewed by ?Date/);
    const real = {
      ...MANIFEST,
      clock: "monotonic" as const,
      started: "2026-11-22T08:00:00Z",
      simulated: null,
      set: null,
    };
    const page = pageOf({ ...RECORDED, manifest: real });
    expect(factOf(page, "Clock")).toContain("monotonic");
    expect(factOf(page, "Started")).toContain("2026-11-22");
    expect(factOf(page, "Infusion set")).toBe("not told");
  });

  test("says when the raw file is not the one that was recorded", () => {
    expect(factOf(pages.one, "Checked")).toContain("not altered");
    const raw = { ...MANIFEST.raw, sha256: "0".repeat(64) };
    expect(factOf(pageOf({ ...RECORDED, manifest: { ...MANIFEST, raw } }), "Checked")).toContain("altered");
  });

  test("of several recordings has all in one table and one chart, and a section for each", () => {
    const { charts, page } = flowReport([RECORDED, FROM_ELSEWHERE], MAKER);
    expect(charts.map(({ name }) => name)).toEqual([
      "comparison",
      ...["a", "b"].flatMap((letter) => ["trumpet", "start-up", "hourly"].map((name) => `${letter}-${name}`)),
    ]);
    expect(rowsOf(page, "Results").map(([letter, , , , , verdict]) => [letter, verdict])).toEqual([
      ["A", "Pass"],
      ["B", "Not judgeable"],
    ]);
    expect(page.split("Recording B")).toHaveLength(2);
  });

  test("of several recordings is signed once, at its end, where the hash of each stands", () => {
    const text = bodyText(pages.two);
    expect(text.split("Performed by")).toHaveLength(2);
    expect(text.indexOf("Performed by")).toBeGreaterThan(text.lastIndexOf("How it was worked out"));
    expect(rowsOf(pages.two, "What is signed")).toEqual([
      ["A", RECORDED.rawFile, "-1.38 % ± 0.31 % (k = 2)", "Pass", TYPICAL.sha256],
      ["B", FROM_ELSEWHERE.rawFile, expect.stringContaining("+3.21 %"), "Not judgeable", UGLY.sha256],
    ]);
  });

  test("of a file that was played again is no report of a simulation", () => {
    const page = pageOf({ ...RECORDED, manifest: { ...MANIFEST, simulated: null } });
    expect(factOf(page, "Clock")).toBe("replay: the times of the file that was played again");
    expect(factOf(page, "Started")).toBe("on no day: the file's own times");
    expect(bodyText(page).slice(0, 200)).toContain("(replayed)");
    expect(bodyText(page).slice(0, 200)).not.toContain("simulated)");
    expect(() => factOf(page, "Reservoir")).toThrow("there is no fact");
  });

  test("of a simulated pump tells the bottle that it draws from, which is not its reservoir", () => {
    expect(factOf(pages.one, "Reservoir")).toContain(`bottle of ${longestRunHours(1)} mL`);
  });

  test("says what U is of", () => {
    expect(bodyText(pages.one)).toContain(
      "U is of the volume that came in this stretch, not of the pump's long-run mean",
    );
  });
});

describe("what comes from files", () => {
  const hostile = `"><script>alert(1)</script></style><img src=x onerror='alert(2)'>&amp;\u202Eevil\u0007`;

  test("stays text, whatever it is (REP-005)", () => {
    const wild = (text: string): ReportRun => ({
      ...RECORDED,
      rawFile: text,
      manifest: {
        ...MANIFEST,
        operator: text,
        set: text,
        note: text,
        pump: { serial: text, model: text, firmware: text },
      },
      analysis: { ...UGLY, file: text, convention: text, noiseSource: text, limitSource: text, notes: [text, text] },
    });
    const shape = (page: string): string => JSON.stringify(tagsOf(page));
    const calm = shape(pageOf(wild("calm")));
    fc.assert(
      fc.property(
        fc.oneof(fc.constant(hostile), fc.string({ unit: "binary", minLength: 1, maxLength: 40 })),
        (text) => {
          expect(shape(pageOf(wild(text)))).toBe(calm);
        },
      ),
      { numRuns: 8, examples: [[hostile]] },
    );
    const page = pageOf(wild(hostile), wild(hostile));
    expect(shape(page)).toBe(shape(pageOf(wild("calm"), wild("calm"))));
    expect(factOf(page, "Technician")).toBe(hostile.replace(/[\u202E\u0007]/g, "\uFFFD"));
    expect(page.match(/<\/style>/g)).toHaveLength(1);
  });
});

describe("what the tables say", () => {
  test("is the analysis, window by window (REP-002)", () => {
    const rows = rowsOf(pageOf(FROM_ELSEWHERE), "Observation windows");
    expect(rows[3]).toEqual(["5 h 30 min", "+17.20", "-9.10", "0.0023440", "0.0018180", "2.3", "yes", "outside"]);
    expect(rows[4]?.slice(-2)).toEqual(["yes", "within"]);
    expect(rows[5]).toEqual(["15 h 30 min", "–", "–", "–", "–", "0.82", "longer than the stretch", "–"]);
    expect(rowsOf(pageOf(RECORDED), "Observation windows").map(([window]) => window)).toEqual(
      TYPICAL.windows.map(({ minutes }) => `${minutes} min`),
    );
  });

  test("boluses, occlusions, gaps and the budget too", () => {
    const page = pageOf(FROM_ELSEWHERE);
    expect(rowsOf(page, "Boluses")[0]).toEqual(["25 h 10 min", "demand", "30.00", "29.47", "-1.77", "0.47"]);
    // Mean and n - 1 deviation of 29.47 and 30.61, by hand: 30.04, 1.14 / sqrt 2 = 0.806.
    expect(rowsOf(page, "together")).toEqual([["demand", "30.00", "2", "30.04", "0.81", "+0.13", "+2.03", "-1.77"]]);
    expect(rowsOf(page, "Occlusions")).toEqual([
      ["28 h 20 min", "3 h 32 min", "8.310"],
      ["31 h 40 min", "–", "–"],
    ]);
    expect(rowsOf(page, "interpolated").map((row) => row[2])).toEqual(["131", "171"]);
    // 0.0142² / (0.0142² + 0.1555²) = 0.83 %.
    expect(rowsOf(pageOf(RECORDED), "(standard uncertainties)")[0]).toEqual([
      "reading",
      "two readings with s = 0.1 mg",
      "0.014",
      "0.83",
    ]);
  });

  test("changes with every number of the analysis: none is left out or made up", () => {
    // One or two of each kind, so that there are not hundreds of pages to write.
    const few: FlowAnalysis = {
      ...UGLY,
      windows: UGLY.windows.slice(3, 5),
      cycleWindows: UGLY.cycleWindows.slice(1),
      startUp: { ...UGLY.startUp, points: UGLY.startUp.points.slice(0, 2) },
      hourly: { ...UGLY.hourly, hours: UGLY.hourly.hours.slice(0, 2) },
      boluses: UGLY.boluses.slice(0, 1),
      occlusions: UGLY.occlusions.slice(0, 1),
      gapList: UGLY.gapList.slice(0, 1),
    };
    const before = uglyPage(few);
    const same: string[] = [];
    // Where the first sample of a curve stands is drawn, not written; the ends of a stretch that begins at 0 are its presets.
    const unseen = ["startUp.fromMinutes"];
    for (const [path, change] of numbersOf(few)) {
      if (uglyPage({ ...few, ...change }) === before && !unseen.includes(path)) same.push(path);
    }
    expect(same).toEqual([]);
  });

  test.each([
    ["pass", "Pass"],
    ["fail", "Fail"],
    ["notJudgeable", "Not judgeable"],
    ["noLimit", "No limit told"],
  ] as const)("the verdict %s stands on top as %s", (verdict, words) => {
    const limit = verdict === "noLimit" ? { limitPercent: null, limitSource: null } : {};
    expect(verdictOnTop(uglyPage({ verdict, ...limit }))).toBe(words);
  });

  test("what the balance cannot judge is never within or outside, pass or fail (REP-004)", () => {
    const windows = UGLY.windows.map((window) => ({ ...window, judgeable: false, withinLimit: null }));
    const page = uglyPage({ windows, cycleWindows: windows, verdict: "notJudgeable" });
    for (const table of ["Observation windows", "(the pump's log)"])
      for (const row of rowsOf(page, table))
        expect(row.slice(-2).join(" ")).toMatch(/^(not judgeable|longer than the stretch) –$/);
    expect(bodyText(page)).not.toMatch(/\b(pass|fail|passed|failed|within|outside the limit)\b/i);
  });

  test("boluses in the stretch are said to be part of the error", () => {
    expect(bodyText(uglyPage({}))).toContain("3 boluses lie in the analysed stretch");
    expect(bodyText(uglyPage({ fromMinutes: 1600, toMinutes: 1700 }))).not.toContain("analysed stretch;");
  });

  test("an uncertainty that nobody knows is not a zero", () => {
    const page = uglyPage({ uncertainty: [], uncertaintyPercent: 0 });
    expect(factOf(page, "Mean flow error")).toBe("+3.21 % (uncertainty not known)");
  });
});

function verdictOnTop(page: string): string {
  return textOf(/<div class="verdict [a-zA-Z]+">[\s\S]*?<strong>([\s\S]*?)<\/strong>/.exec(page)?.[1] ?? "");
}

/** Each number of an analysis by its path, with the change of a top key that moves it alone. */
function numbersOf(analysis: FlowAnalysis): [path: string, change: Record<string, unknown>][] {
  const moved = (value: unknown, path: string): [string, unknown][] => {
    if (typeof value === "number") return [[path, value * 1.37 + 7]];
    if (value === null || typeof value !== "object") return [];
    return Object.entries(value).flatMap(([key, inner]) =>
      moved(inner, `${path}.${key}`).map(([inside, changed]): [string, unknown] => [
        inside,
        Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed },
      ]),
    );
  };
  return Object.entries(analysis).flatMap(([key, value]) =>
    moved(value, key).map(([path, changed]): [string, Record<string, unknown>] => [path, { [key]: changed }]),
  );
}
