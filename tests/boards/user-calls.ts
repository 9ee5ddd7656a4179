import { Session } from "node:inspector";
import type { Debugger, Profiler } from "node:inspector";
import { checkoutRoot } from "../../toolchain/checkout";

/** How often a function of src/ or boards/ was called. */
export interface CallCount {
  /** `file:function`. */
  readonly name: string;
  readonly calls: number;
}

/**
 * What the test runner puts around each exported name so that other modules see its current value. It is no call on a board: there a
 * program is one piece.
 */
const EXPORT_GETTER = /^(\(\)\s*=>|function\s*\(\)|get\s*\(\))\s*\{?\s*(try\s*\{\s*)?(return\s+)?\w+\s*;?/;

/**
 * Counts the calls of functions of src/ and boards/ while `work` runs, by V8's precise coverage. An asynchronous function that goes on
 * after an await counts as called once more, which on a board costs nothing: the figure is never too small.
 */
export async function countUserCalls(work: () => Promise<void>): Promise<CallCount[]> {
  const session = new Session();
  session.connect();
  try {
    post(session, "Debugger.enable");
    post(session, "Profiler.enable");
    post(session, "Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    // What was called before is not ours.
    post(session, "Profiler.takePreciseCoverage");
    await work();
    const { result } = post(session, "Profiler.takePreciseCoverage") as Profiler.TakePreciseCoverageReturnType;
    return result.flatMap((script) => callsIn(session, script)).sort((a, b) => b.calls - a.calls);
  } finally {
    session.disconnect();
  }
}

function callsIn(session: Session, script: Profiler.ScriptCoverage): CallCount[] {
  const path = script.url.replace(/^file:\/\//, "").replace(`${checkoutRoot()}/`, "");
  const file = /^((?:src|boards)\/.*)\.ts/.exec(path)?.[1];
  if (file === undefined) return [];
  const { scriptId } = script;
  const { scriptSource } = post(session, "Debugger.getScriptSource", {
    scriptId,
  }) as Debugger.GetScriptSourceReturnType;
  return script.functions.flatMap(({ functionName, ranges }) => {
    const [{ count, startOffset, endOffset } = { count: 0, startOffset: 0, endOffset: 0 }] = ranges;
    const text = scriptSource.slice(startOffset, endOffset);
    if (count === 0 || EXPORT_GETTER.test(text)) return [];
    return [{ name: `${file}:${functionName}`, calls: count }];
  });
}

/** The inspector of the own thread answers before `post` returns. */
function post(session: Session, method: string, parameters: object = {}): unknown {
  let answer: unknown;
  session.post(method, parameters, (error, result) => {
    if (error !== null) throw new Error(`${method}: ${error.message}`);
    answer = result;
  });
  return answer;
}
