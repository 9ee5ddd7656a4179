/** One expectation's verdict. */
export interface JunitCase {
  readonly name: string;
  /** What was found wrong, when it failed. */
  readonly failure?: { readonly message: string; readonly text: string } | undefined;
}

/** One scenario on one engine. */
export interface JunitSuite {
  readonly name: string;
  readonly seconds: number;
  /** What else is known of it, for whoever traces verdicts: `requirement` with its number. */
  readonly properties: readonly { readonly name: string; readonly value: string }[];
  readonly cases: readonly JunitCase[];
}

/** The suites as JUnit XML, in the form that build servers read. */
export function junitXml(suites: readonly JunitSuite[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", totals(suites), suites.map(suiteXml), "")}`;
}

function suiteXml(suite: JunitSuite): string {
  const cases = suite.cases.map(({ name, failure }) => {
    const attributes = { classname: suite.name, name };
    if (failure === undefined) return element("testcase", attributes, [], "    ");
    const inner = `      <failure message="${attributeText(failure.message)}">${escaped(failure.text)}</failure>\n`;
    return element("testcase", attributes, [inner], "    ");
  });
  const properties = suite.properties.map((property) => element("property", property, [], "      "));
  // The schema of the form wants properties before cases, and none at all rather than an empty list.
  const inner = properties.length === 0 ? cases : [element("properties", {}, properties, "    "), ...cases];
  return element("testsuite", { name: suite.name, ...totals([suite]) }, inner, "  ");
}

function totals(suites: readonly JunitSuite[]): Record<string, string> {
  const cases = suites.flatMap((suite) => suite.cases);
  const seconds = suites.reduce((sum, suite) => sum + suite.seconds, 0);
  return {
    tests: String(cases.length),
    failures: String(cases.filter(({ failure }) => failure !== undefined).length),
    errors: "0",
    time: seconds.toFixed(3),
  };
}

function element(name: string, attributes: Record<string, string>, inner: readonly string[], indent: string): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${attributeText(value)}"`)
    .join("");
  if (inner.length === 0) return `${indent}<${name}${written}/>\n`;
  return `${indent}<${name}${written}>\n${inner.join("")}${indent}</${name}>\n`;
}

const ENTITIES: Partial<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text for XML 1.0; characters that it does not allow at all become U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/** The same inside an attribute, where a reader would turn line breaks into spaces. */
function attributeText(text: string): string {
  return escaped(text).replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
