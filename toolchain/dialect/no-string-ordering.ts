import type { Rule } from "eslint";
import ts from "typescript";
import { checkerOf, mayBeString, typeOf } from "./types";

const ORDERINGS = ["<", ">", "<=", ">="];

/** On the device `<` and `>` on strings are always false, so an array of strings sorts to itself. */
export const noStringOrdering: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "forbid ordering of strings" },
    messages: {
      comparison:
        "dialect/no-string-ordering: on the device {{operator}} on strings is always false. " +
        "Compare numbers, or test equality with ===.",
      sort:
        "dialect/no-string-ordering: on the device sort() leaves strings as they are. " +
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
      "CallExpression[callee.property.name='sort'][arguments.length=0]"(node: Rule.Node) {
        if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return;
        const type = typeOf(context, node.callee.object as Rule.Node);
        const element = checkerOf(context).getIndexTypeOfType(type, ts.IndexKind.Number);
        if (element !== undefined && mayBeString(element)) context.report({ node, messageId: "sort" });
      },
    };
  },
};
