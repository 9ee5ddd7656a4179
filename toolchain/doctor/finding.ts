/** What was found when one thing was looked at. */
export interface Finding {
  /** The thing, in a few words. */
  readonly what: string;
  /** `missing`: what is wanted cannot be done without it. */
  readonly verdict: "ok" | "warning" | "missing";
  /** What is there, or is not. */
  readonly found: string;
  /** What to type or to do; absent when nothing is to be done. */
  readonly fix?: string;
}

/** Something that is in order. */
export function fine(what: string, found: string): Finding {
  return { what, verdict: "ok", found };
}

/** Something that must be mended first. */
export function missing(what: string, found: string, fix: string): Finding {
  return { what, verdict: "missing", found, fix };
}

/** Something that does no harm yet, or that cannot be mended here. */
export function warning(what: string, found: string, fix?: string): Finding {
  return { what, verdict: "warning", found, ...(fix === undefined ? {} : { fix }) };
}
