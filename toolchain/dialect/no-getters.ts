import type { Rule } from "eslint";

/** The device's compiler has no accessors. */
export const noGetters: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "forbid getters and setters" },
    messages: {
      accessor:
        "dialect/no-getters: the device's compiler has no getters and setters. Write a method or a plain field.",
    },
    schema: [],
  },
  create(context) {
    function report(node: Rule.Node): void {
      context.report({ node, messageId: "accessor" });
    }
    return {
      "MethodDefinition[kind=/^[gs]et$/]": report,
      "Property[kind=/^[gs]et$/]": report,
      AccessorProperty: report,
    };
  },
};
