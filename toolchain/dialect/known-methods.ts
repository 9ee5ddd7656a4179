import type { Rule } from "eslint";
import ts from "typescript";
import { checkerOf, hasFlag, mayBeString, typeOf } from "./types";

/**
 * What the device's library has, by receiver (DeviceScript 2.16.4, corelib.d.ts), less what standard JavaScript has not:
 * the core must run on both.
 */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  string:
    "charAt charCodeAt endsWith includes indexOf lastIndexOf length slice split startsWith toLowerCase toUpperCase trim".split(
      " ",
    ),
  array: (
    "at every fill filter find findIndex forEach includes indexOf join lastIndexOf length map " +
    "pop push reduce shift slice some sort unshift"
  ).split(" "),
  number: [],
  Math: "abs cbrt ceil exp floor imul log log10 log2 max min pow random round sign sqrt E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2".split(
    " ",
  ),
  Object: ["assign", "keys", "values"],
  Array: ["isArray"],
  JSON: ["parse", "stringify"],
  String: ["fromCharCode"],
};
const NAMESPACES = ["Math", "Object", "Array", "JSON", "String"];

/** The device knows only some methods of strings, arrays, numbers and the built-in objects. */
export const knownMethods: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "forbid methods of built-in objects that the device does not have" },
    messages: {
      unknown: "dialect/known-methods: the device has no {{receiver}}.{{name}}. It has: {{known}}.",
    },
    schema: [],
  },
  create(context) {
    return {
      MemberExpression(node) {
        if (node.computed || node.property.type !== "Identifier" || node.object.type === "Super") return;
        const receiver = receiverOf(context, node.object as Rule.Node);
        const known = receiver === undefined ? undefined : KNOWN[receiver];
        const { name } = node.property;
        if (receiver === undefined || known === undefined || known.includes(name)) return;
        const words = known.length === 0 ? "none" : known.join(", ");
        context.report({ node: node.property, messageId: "unknown", data: { receiver, name, known: words } });
      },
    };
  },
};

function receiverOf(context: Rule.RuleContext, object: Rule.Node): string | undefined {
  if (object.type === "Identifier" && NAMESPACES.includes(object.name) && isGlobal(context, object)) return object.name;
  const type = checkerOf(context).getNonNullableType(typeOf(context, object));
  if (hasFlag(type, ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return undefined;
  if (mayBeString(type)) return "string";
  if (hasFlag(type, ts.TypeFlags.NumberLike)) return "number";
  return checkerOf(context).isArrayLikeType(type) ? "array" : undefined;
}

function isGlobal(context: Rule.RuleContext, node: Rule.Node & { name: string }): boolean {
  for (let scope = context.sourceCode.getScope(node); scope.upper !== null; scope = scope.upper) {
    if (scope.set.has(node.name)) return false;
  }
  return true;
}
