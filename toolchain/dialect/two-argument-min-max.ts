import type { Rule, Scope } from "eslint";

/**
 * On the device Math.min and Math.max look at their first two arguments and ignore all others. Arguments are counted where the two are
 * called by their whole name, so that is the only way to use them, and Math itself is only there to be followed by a name.
 */
export const twoArgumentMinMax: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "require that Math.min and Math.max are called by that name, with exactly two arguments" },
    messages: {
      arguments:
        "dialect/two-argument-min-max: on the device Math.{{name}} ignores all but its first two arguments. " +
        "Give exactly two; nest the calls for more: Math.{{name}}(a, Math.{{name}}(b, c)).",
      value:
        "dialect/two-argument-min-max: Math.{{name}} under another name may be called with any number of arguments; on " +
        "the device it ignores all but two. Call it where it stands, or write a function: (a, b) => Math.{{name}}(a, b).",
      namespace:
        "dialect/two-argument-min-max: Math under another name hides calls of Math.min and Math.max with more than two " +
        "arguments. Write Math.name, with the name itself after the point.",
    },
    schema: [],
  },
  create(context) {
    function check(node: Rule.Node): void {
      const member = node.parent as Rule.Node | null;
      const isFollowed = member?.type === "MemberExpression" && member.object === node && !member.computed;
      if (!isFollowed || member.property.type !== "Identifier") {
        context.report({ node, messageId: "namespace" });
      } else if (member.property.name === "min" || member.property.name === "max") {
        checkMinMax(member, member.property.name);
      }
    }
    function checkMinMax(member: Rule.Node, name: string): void {
      const call = member.parent as Rule.Node | null;
      if (call?.type !== "CallExpression" || call.callee !== member) {
        context.report({ node: member, messageId: "value", data: { name } });
        return;
      }
      const hasSpread = call.arguments.some((argument) => argument.type === "SpreadElement");
      if (call.arguments.length !== 2 || hasSpread)
        context.report({ node: call, messageId: "arguments", data: { name } });
    }
    return {
      "Program:exit"() {
        for (const { identifier } of usesOfGlobal("Math", context.sourceCode.scopeManager.globalScope))
          check(identifier as Rule.Node);
      },
    };
  },
};

/** Where a file uses a built-in name that it does not declare itself. */
function usesOfGlobal(name: string, scope: Scope.Scope | null): Scope.Reference[] {
  const builtIn = scope?.set.get(name);
  if (builtIn === undefined) return scope?.through.filter(({ identifier }) => identifier.name === name) ?? [];
  return builtIn.defs.length === 0 ? builtIn.references : [];
}
