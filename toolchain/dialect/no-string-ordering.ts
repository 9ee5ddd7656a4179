import type { Rule } from "eslint";
import ts from "typescript";
import { hasFlag, mayBeString, typeOf } from "./types";

const ORDERINGS = ["<", ">", "<=", ">="];

/**
 * On the device `<` and `>` on strings are always false. A sort() without comparator compares by text, so there it leaves every array
 * as it is, of numbers too.
 */
export const noStringOrdering: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "forbid ordering of strings, and sort() without comparator" },
    messages: {
      comparison:
        "dialect/no-string-ordering: on the device {{operator}} on strings is always false. " +
        "Compare numbers, or test equality with ===.",
      sort:
        "dialect/no-string-ordering: sort() without comparator orders by text, and on the device leaves all as it is. " +
        "Sort by a number: sort((a, b) => a.rank - b.rank).",
    },
    schema: [],
  },
  create(context) {
    return {
      BinaryExpression(node) {
        if (!ORDERINGS.includes(node.operator)) return;
        const sides = [node.left as Rule.Node, node.right as Rule.Node];
        if (!sides.some((side) => mayBeString(typeOf(context, side)))) return;
        context.report({ node, messageId: "comparison", data: { operator: node.operator } });
      },
      CallExpression(node) {
        const { callee } = node;
        if (callee.type !== "MemberExpression" || nameOf(callee.property as Rule.Node) !== "sort") return;
        const [comparator] = node.arguments;
        const isMissing =
          comparator === undefined || hasFlag(typeOf(context, comparator as Rule.Node), ts.TypeFlags.Undefined);
        if (isMissing) context.report({ node, messageId: "sort" });
      },
    };
  },
};

/** A member's name, after a point or as text in brackets. */
function nameOf(property: Rule.Node): unknown {
  if (property.type === "Literal") return property.value;
  return property.type === "Identifier" ? property.name : undefined;
}
