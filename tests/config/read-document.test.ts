import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { BadInput } from "../../config/bad-input";
import { MAX_CHARACTERS, MAX_DEPTH, readDocument } from "../../config/read-document";
import { refusal } from "./refusals";

function said(text: string): string {
  return refusal(() => readDocument(text, "f.yaml"));
}

const SOUND = `# a comment
title: x # another
pump: { name: a, low: 2 mL }
events:
  - { at: 1 h, do: stop }

  - at: 2 h
    do: start
text: |
  one
  *two
"quoted": "&three"
`;

describe("what is read", () => {
  const document = readDocument(SOUND, "f.yaml");

  test("values are plain", () => {
    expect(document.value).toEqual({
      title: "x",
      pump: { name: "a", low: "2 mL" },
      events: [
        { at: "1 h", do: "stop" },
        { at: "2 h", do: "start" },
      ],
      text: "one\n*two\n",
      quoted: "&three",
    });
  });

  test.each([
    [[], 2],
    [["title"], 2],
    [["pump", "low"], 3],
    [["events"], 4],
    [["events", 0], 5],
    [["events", 1], 7],
    [["events", 1, "do"], 8],
    [["quoted"], 12],
    [["events", 1, "until"], 7],
    [["events", 9, "do"], 4],
    [["nothing", "here"], 2],
  ])("the line of %j is %i", (path, line) => expect(document.lineOf(path)).toBe(line));

  test("JSON, Windows line ends, a byte order mark and a lone --- are all right", () => {
    expect(readDocument('\ufeff{\r\n "a": [1, true, null]\r\n}\r\n', "f").value).toEqual({ a: [1, true, null] });
    expect(readDocument("a: 1\r\nb: 2\r\n", "f").lineOf(["b"])).toBe(2);
    expect(readDocument("---\na: 1\n...\n", "f").value).toEqual({ a: 1 });
  });

  test("yes, 08:00 and 012 are what YAML 1.2 says", () => {
    expect(readDocument("a: yes\nb: 08:00\nc: 012\n", "f").value).toEqual({ a: "yes", b: "08:00", c: 12 });
  });

  test("nesting is read to its bound and no deeper, in either style", () => {
    expect(readDocument("[".repeat(MAX_DEPTH) + "]".repeat(MAX_DEPTH), "f").value).toBeDefined();
    expect(said("[".repeat(MAX_DEPTH + 1) + "]".repeat(MAX_DEPTH + 1))).toBe(
      "f.yaml:1: nested too deep: more than 32 levels",
    );
    const block = (depth: number): string =>
      Array.from({ length: depth }, (_, i) => `${" ".repeat(i)}a:`).join("\n") + " 1";
    expect(readDocument(block(MAX_DEPTH), "f").value).toBeDefined();
    expect(said(block(MAX_DEPTH + 1))).toBe("f.yaml:32: nested too deep: more than 32 levels");
  });
});

describe("what is refused, and in which line", () => {
  test.each([
    ["", "f.yaml: the file is empty"],
    ["# only\n# comments\n", "f.yaml: the file is empty"],
    ["---\n", "f.yaml: the file is empty"],
    ["a: 1\nb: 2\na: 3\n", "f.yaml:3: a is given twice, first in line 1"],
    ['{"a": 1,\n "a": 2}', "f.yaml:2: a is given twice, first in line 1"],
    ["a: 1\n---\nb: 2\n", "f.yaml:2: a second document begins here; a file holds one"],
    ["a: 1\nb: &x 2\nc: *x\n", "f.yaml:2: anchors (&name) are not read: write the value out"],
    ["a: *x\n", "f.yaml:1: aliases (*name) are not read: write the value out; a text that begins with * needs quotes"],
    ["a: 1\nb: !!binary eA==\n", "f.yaml:2: tags (!name) are not read; a text that begins with ! needs quotes"],
    ["a: 1\n__proto__: { b: 1 }\n", "f.yaml:2: a key must be a plain word, not __proto__"],
    ["a: { constructor: 1 }\n", "f.yaml:1: a key must be a plain word, not constructor"],
    ["a: 1\n[b]: 1\n", "f.yaml:2: a key must be a plain word"],
    ["a: 1\nb: \0\n", "f.yaml:2: not a text file in UTF-8: it holds the character U+0000"],
    ["a: \ufffd\n", "f.yaml:1: not a text file in UTF-8: it holds the character U+FFFD"],
    ["a: 1\n\tb: 2\n", "f.yaml:2: not valid YAML: Tabs are not allowed as indentation (indent with spaces, not tabs)"],
  ])("%j", (text, message) => expect(said(text)).toBe(message));

  test.each([
    ["a: [1, 2\nb: 3\n", 2],
    ["a: 1\nb: c: d\n", 2],
    ['{"a": 1,\n}}', 2],
    ["a: 1\nb: 'x\n", 3],
  ])("%j is not valid YAML: one line, with the line of the first error", (text, line) => {
    expect(said(text)).toMatch(new RegExp(`^f\\.yaml:${line}: not valid YAML: [^\\n]{10,250}$`));
  });

  test("%YAML directives, which would bring back the rules of YAML 1.1", () => {
    expect(said("%YAML 1.1\n---\na: yes\n")).toMatch(/^f\.yaml:1: directives/);
  });
});

describe("bombs and noise are refused before they can explode", () => {
  test("10 MB of anything is not even looked at", () => {
    expect(said("[".repeat(10 * MAX_CHARACTERS))).toBe(
      `f.yaml: too long: 10485760 characters; at most 1048576 are read`,
    );
  });

  // Each of these takes the YAML library minutes, or takes the whole process down, when it is let through.
  test.each(["[", "{", "- ", "? ", "a: ", "[a: ", "{a,"])("a megabyte of %j", (piece) => {
    expect(said(piece.repeat(MAX_CHARACTERS / piece.length))).toBe("f.yaml:1: nested too deep: more than 32 levels");
  });

  test.each([":\n", "]", ",", '"a" ', "%a\n", "---\n", "}{", "- a\n", '"\n', "\t", "|\n", "&a ", "! ", "a\n", "#\n"])(
    "a megabyte of %j ends without harm",
    (piece) => {
      const text = piece.repeat(Math.floor(MAX_CHARACTERS / piece.length));
      try {
        readDocument(text, "f.yaml");
      } catch (error) {
        expect(error).toBeInstanceOf(BadInput);
      }
    },
  );

  test("keys in any number are compared in linear time, and their number is bounded", () => {
    const keys = Array.from({ length: 25000 }, (_, i) => `k${i}: 1\n`).join("");
    expect(said(`${keys}k7: 2\n`)).toBe("f.yaml:25001: k7 is given twice, first in line 8");
    expect(said(keys + keys)).toMatch(/^f\.yaml:\d+: too much in one file: more than 200000 tokens$/);
  });

  test("a billion laughs are refused at the first anchor", () => {
    const lines = ["a: &a [x, x, x, x, x, x, x, x, x]"];
    for (const [now, last] of ["ba", "cb", "dc", "ed", "fe"])
      lines.push(`${now}: &${now} [*${last}, *${last}, *${last}]`);
    expect(said(lines.join("\n"))).toMatch(/^f\.yaml:1: anchors/);
  });
});

describe("whatever the bytes, BadInput in one line is the worst that happens (SIM-003)", () => {
  const survives = (text: string): void => {
    try {
      readDocument(text, "f.yaml");
    } catch (error) {
      expect(error).toBeInstanceOf(BadInput);
      expect((error as BadInput).message).toMatch(/^[^\p{Cc}]+$/u);
      expect((error as BadInput).line).toBeGreaterThanOrEqual(0);
      expect((error as BadInput).line).toBeLessThanOrEqual(text.split("\n").length);
    }
  };

  test.prop([fc.uint8Array({ maxLength: 400 })])("random bytes", (bytes) => survives(new TextDecoder().decode(bytes)));

  test.prop([
    fc.array(fc.constantFrom(..."ab1:-?,[]{}\"'&*!|>%#@` \n\t".split(""), "\n  ", "- ", ": "), { maxLength: 120 }),
  ])("random marks of YAML", (pieces) => survives(pieces.join("")));

  test.prop([fc.nat({ max: SOUND.length }), fc.nat({ max: 8 }), fc.string({ maxLength: 4, unit: "binary-ascii" })])(
    "a sound file with one piece changed",
    (at, cut, put) => survives(SOUND.slice(0, at) + put + SOUND.slice(at + cut)),
  );
});
