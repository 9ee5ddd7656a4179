import type { Rule } from "eslint";
import ts from "typescript";
import { typeOf } from "./types";

/** On the device an enum has no table from value to name. */
export const noEnumReverseLookup: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "forbid looking up the name of an enum's value" },
    messages: {
      lookup: "dialect/no-enum-reverse-lookup: on the device an enum has no names. Write a function with a switch.",
    },
    schema: [],
  },
  create(context) {
    return {
      "MemberExpression[computed=true]"(node: Rule.Node) {
        if (node.type !== "MemberExpression") return;
        const symbol = typeOf(context, node.object as Rule.Node).getSymbol();
        if (symbol === undefined || (symbol.flags & ts.SymbolFlags.Enum) === 0) return;
        context.report({ node, messageId: "lookup" });
      },
    };
  },
};
