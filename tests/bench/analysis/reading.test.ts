import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import type { MassSeries } from "../../../bench/analysis/mass-series";
import { readWeighing, WeighingReader } from "../../../bench/analysis/reading/weighing-reader";
import type { ToldColumns } from "../../../bench/analysis/reading/told-columns";
import { BadInput, describeBadInput } from "../../../config/bad-input";

interface Read {
  readonly timeS: number[];
  readonly massG: number[];
  readonly notes: string;
  readonly series: MassSeries;
}

function read(lines: readonly string[], told: ToldColumns = {}): Read {
  const series = readWeighing(`${lines.join("\n")}\n`, "run.csv", told);
  return { timeS: [...series.timeS], massG: [...series.massG], notes: series.notes.join("\n"), series };
}

function refusal(lines: readonly string[], told: ToldColumns = {}): string {
  try {
    read(lines, told);
  } catch (error) {
    if (error instanceof BadInput) return describeBadInput(error);
    throw error;
  }
  return "was read";
}

const PLAIN = { timeS: [0, 30, 60], massG: [100, 100.25, 100.5] };

describe("columns of a log", () => {
  const files: Record<string, string[]> = {
    "our own": ["elapsed_s,mass_g", "0,100", "30,100.25", "60,100.5"],
    "minutes and mg": ["t [min];Weight (mg)", "0;100000", "0,5;100250", "1,0;100500"],
    "a byte order mark": ["\uFEFFTime (s),Mass (g)", "0,100", "30,100.25", "60,100.5"],
    "milliseconds and tabs": ["elapsed_ms\tnet weight", "0\t100", "30000\t100.25", "60000\t100.5"],
    "quoted decimal commas": ['"Time","Mass"', '"0","100,0"', '"30","100,25"', '"60","100,50"'],
    "time stamps": [
      "timestamp,mass_g",
      "2026-11-22 23:59:30,100",
      "2026-11-23 00:00:00,100.25",
      "2026-11-23T00:00:30Z,100.5",
    ],
    "German dates": [
      "Date;Gewicht",
      "22.11.2026 14:05:30;100",
      "22.11.2026 14:06:00;100,25",
      "22.11.2026 14:06:30,0;100,5",
    ],
    "a time of day over midnight": ["Time;Mass (g)", "23:59:45;100", "00:00:15;100.25", "00:00:45;100.5"],
    "seconds since 1970": ["timestamp,mass_g", "1795356000,100", "1795356030,100.25", "1795356060,100.5"],
    "units in the cells": ["Time (s),Weight", "0,100.0 g", "30,+ 100.25 g", "60,  100.5 g"],
    "a date and a time of day": [
      "Date,Time,Mass",
      "22.11.2026,23:59:30,100",
      "23.11.2026,00:00:00,100.25",
      "23.11.2026,00:00:30,100.5",
    ],
    durations: ["Elapsed,Mass (g)", "0:00,100", "00:00:30,100.25", "0:01,100.5"],
    "days of a spreadsheet": [
      "Time (days);Mass (g)",
      "46348,5;100",
      "46348,500347222222;100,25",
      "46348,500694444444;100,5",
    ],
    "a column of units": ["Time (s);Gewicht;Einheit", "0;100000;mg", "30;100250;mg", "60;100500;mg"],
    "no zero before the point, a sign that stands apart": ["t (s),mass_g", "0,+ 100", "30.,100.25", "60,+  100.50"],
    "two columns of time": ["Date/Time,elapsed_s,mass_g", "2026-11-22 14:05,0,100", "x,30,100.25", "x,60,100.5"],
    "no header": ["0,100", "30,100.25", "60,100.5"],
    "lines before the header": ["AB220 no. 17", "", "Time (s),Weight (g)", "0,100", "30,100.25", "60,100.5"],
    "blank rows, a header again, other columns": [
      "n,Time (s),Weight (g)",
      "1,0,100",
      "",
      ",,",
      "2,30,100.25",
      "n,Time (s),Weight (g)",
      "3,60,100.5",
    ],
  };
  it.each(Object.keys(files))("are known: %s (ANA-004)", (name) => {
    const { timeS, massG } = read(files[name] ?? []);
    expect(massG.map((mass) => Number(mass.toFixed(9)))).toEqual(PLAIN.massG);
    // An axis of numbers stays as it is, one of time stamps begins at its first.
    expect(timeS.map((time) => Number(time.toFixed(6)))).toEqual(PLAIN.timeS);
  });

  it("keep the day of a date, also over days without samples (ANA-004)", () => {
    const days = ["Datum;Uhrzeit;Gewicht", "2026-11-22;14:00:00;1", "2026-11-24;14:00:30;2"];
    const { timeS, notes } = read(days);
    expect(timeS).toEqual([0, 2 * 86400 + 30]);
    expect(notes).toContain("2 columns of time: Datum and Uhrzeit are read together");
    expect(read(["Date,Time,g", "x,10,1", "x,20,2"], { mass: "g" }).notes).toContain("Time is read, Date is not");
    expect(refusal(["Date,Time,Mass", "11/22/2026,14:00,1"])).toContain(
      "run.csv:2: the date 11/22/2026 beside a time of day",
    );
  });

  it("are durations under a header that says elapsed, beyond a day too (ANA-004)", () => {
    expect(read(["elapsed,mass_g", "23:59,1", "24:00:30,1", "100:00,2"]).timeS).toEqual([86340, 86430, 360000]);
    expect(refusal(["time,mass_g", "23:59,1", "24:00,1"])).toContain("run.csv:3: the time 24:00 cannot be read");
    expect(read(["t,mass_g", "0,.1", "1,-,.2"].slice(0, 2)).massG).toEqual([0.1]);
  });

  it("are told about where they had to be guessed (ANA-004)", () => {
    expect(read(files["two columns of time"] ?? []).notes).toContain(
      "2 columns of time: elapsed_s is read, Date/Time is not",
    );
    expect(read(files["no header"] ?? []).notes).toContain("no header: column 1 is taken as time, column 2 as mass");
    expect(read(["t,mass", "0,1", "1,2"]).notes).toContain("no unit of time is told: seconds are taken");
    const ugly = read(files["blank rows, a header again, other columns"] ?? []);
    expect(ugly.notes).toContain("lines 3 and 4 are blank; left out");
    expect(ugly.notes).toContain("line 6 is the header again; left out");
    expect([0, 1, 2].map(ugly.series.lineOf)).toEqual([2, 5, 7]);
  });

  it("are taken as told (ANA-004)", () => {
    const lines = ["stamp;A;B", "0;1;7", "1;2;8"];
    const told = { time: "stamp", mass: "3", timeUnit: "min", massUnit: "mg" };
    expect(read(lines, told)).toMatchObject({ timeS: [0, 60], massG: [0.007, 0.008] });
    expect(refusal(lines, { ...told, time: "stanp" })).toBe(
      "run.csv:1: --time-column stanp: the columns are stamp, A, B; did you mean stamp?",
    );
    expect(refusal(lines, {})).toContain(
      "run.csv:1: no column of time is known; tell --time-column, one of stamp, A, B",
    );
    expect(refusal(["Time (s),Weight (g),Net (g)", "0,1,2"])).toContain(
      "tell --mass-column, one of Weight (g), Net (g)",
    );
  });
});

describe("a log that cannot be read", () => {
  const HEADER = "elapsed_s,mass_g";
  const refused: [string, string[], string][] = [
    ["nothing", [], "run.csv: it is empty"],
    ["a header alone", [HEADER], "run.csv:1: it has a header and no row"],
    ["time that goes back", [HEADER, "0,1", "30,1", "29.5,1"], "run.csv:4: time goes back from 30 s to 29.5 s"],
    ["an overload", [HEADER, "0,1", "30,OL", "60,2"], "run.csv:3: the mass OL is no number"],
    ["a mass that is missing", [HEADER, "0,1", "30,", "60,2"], "run.csv:3: the mass is missing"],
    ["a time that is missing", [HEADER, "0,1", ",2", "60,2"], "run.csv:3: the time is missing"],
    [
      "decimal commas in columns of commas",
      [HEADER, "0,0,100,5"],
      "run.csv:2: 4 columns where there are 2 above; with a decimal comma",
    ],
    ["thousands", ["elapsed_s;mass_g", "0;1.234,5"], "run.csv:2: the mass 1.234,5 is no number"],
    ["both decimal marks", ["elapsed_s;mass_g", "0;1.25", "30;1,5"], "run.csv:3: the mass 1,5 is no number"],
    ["hexadecimal", [HEADER, "0,0x10"], "run.csv:2: the mass 0x10 is no number"],
    ["another unit", ["t (s),Weight", "0,1 g", "30,1001 mg"], "run.csv:3: the mass 1001 mg has another unit"],
    [
      "a date that there is not",
      ["timestamp,mass_g", "2026-02-30 14:00:00,1"],
      "run.csv:2: the time 2026-02-30 14:00:00 cannot be read",
    ],
    [
      "a clock that was set back",
      ["timestamp,mass_g", "2026-10-25 02:59:30,1", "2026-10-25 02:00:00,1"],
      "run.csv:3: time goes back",
    ],
    ["a mass that no number holds", [HEADER, "0,1", "30,1e400"], "run.csv:3: the mass 1e400 is beyond 1000 kg"],
    ["a mass beyond 1000 kg", ["t (s),m (kg)", "0,1", "30,-1000.5"], "run.csv:3: the mass -1000.5 is beyond 1000 kg"],
    ["a time that no number holds", [HEADER, "0,1", "1e400,1"], "run.csv:3: its time is more than 10 years"],
    ["an absurd time", [HEADER, "0,1", "30,1", "1e13,1"], "run.csv:4: its time is more than 10 years"],
    [
      "another unit in its column",
      ["t (s),m,unit", "0,1,g", "30,1001,mg"],
      "run.csv:3: the unit mg is another than the rows",
    ],
    [
      "a unit against the header",
      ["t (s),mass_g,Unit", "0,1,mg"],
      "run.csv:2: the unit mg is another than its column's",
    ],
    ["a unit that is none", ["t (s),mass,Unit", "0,1,lb"], "run.csv:2: the unit lb is none of mass"],
    [
      "a month that may be a day",
      ["timestamp,mass_g", "11/22/2026 14:05,1"],
      "run.csv:2: the time 11/22/2026 14:05 cannot be read; M/D/Y or D/M/Y, nobody knows which",
    ],
    [
      "a spreadsheet's day serial",
      ["timestamp,mass_g", "46348.5868,1"],
      "a spreadsheet's day serial (days since 1899-12-30); tell --time-unit day",
    ],
    ["a spreadsheet's file", ["PK\u0003\u0004\0\0"], "run.csv: it is a spreadsheet or an archive; save it as CSV"],
    ["binary data", [HEADER, "0,1", "\u0001\0\u0002"], "it holds binary data"],
    ["words", ["Lorem ipsum", "dolor sit"], "run.csv:1: Lorem ipsum is no header such as elapsed_s,mass_g"],
  ];
  it.each(refused)("is refused by its line: %s (ANA-005)", (_, lines, message) => {
    expect(refusal(lines)).toContain(message);
  });
});

describe("a last line without a line end", () => {
  const ended = (...lines: string[]): MassSeries => readWeighing(lines.join("\n"), "run.csv");
  const HEADER = "elapsed_s,mass_g";

  it("is left out where it is cut off, and told where nobody can say (ANA-016)", () => {
    const cut = ended(HEADER, "0,100.001", "30,100.251", "60,100.5");
    expect([...cut.massG]).toEqual([100.001, 100.251]);
    expect(cut.notes.join()).toContain("line 4 is cut off (no line end");
    expect([...ended(HEADER, "0,100.001", "30,100.251", "6").timeS]).toEqual([0, 30]);
    const whole = ended(HEADER, "0,100.001", "30,100.251", "60,100.500");
    expect([...whole.massG]).toEqual([100.001, 100.251, 100.5]);
    expect(whole.notes).toEqual([]);
    // A file that leaves out zeros does not say how long its last number was.
    const doubtful = ended(HEADER, "0,100", "30,100.251", "60,100.5");
    expect(doubtful.massG).toHaveLength(3);
    expect(doubtful.notes.join()).toContain("line 4 is without a line end");
    // What cannot be cut off is no matter of the line end.
    expect(ended("mass_g,elapsed_s,operator", "1.5,0,A. B.", "1.6,30,A.").notes).toEqual([]);
  });
});

describe("a raw file of our own", () => {
  const HEADER = "elapsed_s,mass_g,stable,status,raw";
  const lines = [
    HEADER,
    "0.000,1.5,yes,,S S     1.5000 g",
    "30.000,,,busy,S I",
    "60.000,1.6,no,,S D     1.6000 g",
    "90.000,1.7",
    "120.000,,,resumed,the recording goes on",
    "120.000,1.8,yes,,S S     1.8000 g",
    '150.000,,,unknown,"half a quote',
    "180.000,1.9,yes,,S S     1.9000 g",
  ];

  it("has samples, things that happened, and a row that a loss of power cut off (ANA-006)", () => {
    const found = read(lines);
    expect(found).toMatchObject({ timeS: [0, 60, 120, 180], massG: [1.5, 1.6, 1.8, 1.9] });
    expect(found.notes).toContain("line 5 is cut off before the recording was resumed; left out");
    expect(found.notes).toContain('line 3 is no sample but "busy"');
    expect(found.series.lineOf(3)).toBe(9);
  });

  it("is refused where a row is cut off and nothing was resumed (ANA-006)", () => {
    expect(refusal([...lines.slice(0, 5), ...lines.slice(6)])).toContain("run.csv:5: 2 columns where the header has 5");
  });
});

describe("the reader", () => {
  const text = ["\uFEFFTime (s);Mass (g)", "0;1,5", "", "30;1,25", "45;1e-3", "60;-2,5"].join("\r\n");

  property.prop([fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 80 })], { numRuns: 200 })(
    "reads the same from pieces of any size (ANA-004)",
    (sizes) => {
      const reader = new WeighingReader("run.csv");
      let at = 0;
      for (const size of sizes) reader.push(text.slice(at, (at += size)));
      reader.push(text.slice(at));
      const series = reader.finish();
      expect([...series.timeS]).toEqual([0, 30, 45, 60]);
      expect([...series.massG]).toEqual([1.5, 1.25, 0.001, -2.5]);
      expect([0, 1, 3].map(series.lineOf)).toEqual([2, 4, 6]);
    },
  );

  property.prop([
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
    fc.integer({ min: 0, max: 12 }),
  ])("reads a decimal as the language does (ANA-004)", (value, places) => {
    const written = value.toFixed(places);
    expect(read(["elapsed_s,mass_g", "0.0,0.0", `1.5,${written}`]).massG[1]).toBe(Number(written));
  });

  property.prop([fc.string({ unit: "binary", maxLength: 200 })], { numRuns: 500 })(
    "says what is wrong with anything at all, or reads it (ANA-005)",
    (anything) => {
      try {
        readWeighing(`elapsed_s,mass_g\n0,1\n${anything}`, "run.csv");
      } catch (error) {
        expect(error).toBeInstanceOf(BadInput);
      }
    },
  );
});
