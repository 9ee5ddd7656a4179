import type { Rule } from "eslint";

/** On the device Math.min and Math.max look at their first two arguments and ignore all others. */
export const twoArgumentMinMax: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "require exactly two arguments for Math.min and Math.max" },
    messages: {
      arguments:
        "dialect/two-argument-min-max: on the device Math.{{name}} ignores all but its first two arguments. " +
        "Give exactly two; nest the calls for more: Math.{{name}}(a, Math.{{name}}(b, c)).",
    },
    schema: [],
  },
  create(context) {
    return {
      CallExpression(node) {
        const { callee } = node;
        if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return;
        if (callee.object.name !== "Math" || callee.property.type !== "Identifier") return;
        const { name } = callee.property;
        if (name !== "min" && name !== "max") return;
        const plain = node.arguments.every((argument) => argument.type !== "SpreadElement");
        if (node.arguments.length !== 2 || !plain) context.report({ node, messageId: "arguments", data: { name } });
      },
    };
  },
};
