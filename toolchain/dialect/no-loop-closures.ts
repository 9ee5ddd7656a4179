import type { Rule, Scope } from "eslint";

const LOOPS = ["ForStatement", "ForOfStatement", "ForInStatement", "WhileStatement", "DoWhileStatement"];

/** The device's compiler refuses (and once miscompiled) a function that uses a variable declared in a loop around it. */
export const noLoopClosures: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "forbid functions that capture a variable declared in a loop" },
    messages: {
      capture:
        "dialect/no-loop-closures: this function captures '{{name}}', which a loop declares; the device cannot do that. " +
        "Move the body of the loop into a function of its own.",
    },
    schema: [],
  },
  create(context) {
    return {
      ":function"(node: Rule.Node) {
        const loops = loopsAround(node);
        if (loops.length === 0) return;
        const names = new Set<string>();
        for (const reference of context.sourceCode.getScope(node).through) {
          const variable = reference.resolved;
          if (variable !== null && loops.some((loop) => isDeclaredIn(variable, loop, node))) names.add(variable.name);
        }
        for (const name of names) context.report({ node, messageId: "capture", data: { name } });
      },
    };
  },
};

function loopsAround(node: Rule.Node): Rule.Node[] {
  const loops: Rule.Node[] = [];
  for (let at = node.parent as Rule.Node | null; at !== null; at = at.parent as Rule.Node | null) {
    if (LOOPS.includes(at.type)) loops.push(at);
  }
  return loops;
}

function isDeclaredIn(variable: Scope.Variable, loop: Rule.Node, closure: Rule.Node): boolean {
  return variable.identifiers.some((name) => isWithin(name, loop) && !isWithin(name, closure));
}

function isWithin(inner: { range?: [number, number] }, outer: { range?: [number, number] }): boolean {
  if (inner.range === undefined || outer.range === undefined) return false;
  return inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}
