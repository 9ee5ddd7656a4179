import type { Rule } from "eslint";

/** The device's compiler has no `this` inside an arrow function. */
export const noThisInArrow: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "forbid this inside an arrow function" },
    messages: {
      arrow:
        "dialect/no-this-in-arrow: the device's compiler has no 'this' in an arrow function. " +
        "Write `const self = this` before it and use self.",
    },
    schema: [],
  },
  create(context) {
    return {
      ThisExpression(node) {
        for (let at = node.parent as Rule.Node | null; at !== null; at = at.parent as Rule.Node | null) {
          if (at.type === "FunctionDeclaration" || at.type === "FunctionExpression") return;
          if (at.type === "ArrowFunctionExpression") return context.report({ node, messageId: "arrow" });
        }
      },
    };
  },
};
