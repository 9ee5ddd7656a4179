import type { Rule } from "eslint";

/** Every exported name says what it is, in a doc comment of its own. */
export const documentedExports: Rule.RuleModule = {
  meta: {
    type: "suggestion",
    docs: { description: "require a doc comment on every exported declaration" },
    messages: {
      missing:
        "dialect/documented-exports: exported names need a doc comment (/** ... */): what it is, units, ranges, what it refuses.",
    },
    schema: [],
  },
  create(context) {
    const seen = new Set<string>();
    return {
      "ExportNamedDeclaration[declaration]"(node: Rule.Node) {
        if (node.type !== "ExportNamedDeclaration" || node.declaration === null || node.declaration === undefined)
          return;
        const name = "id" in node.declaration ? (node.declaration.id as { name?: string } | null)?.name : undefined;
        const isLaterOverload = name !== undefined && seen.has(name);
        if (name !== undefined) seen.add(name);
        const last = context.sourceCode.getCommentsBefore(node).at(-1);
        const documented = last?.type === "Block" && last.value.startsWith("*");
        if (!documented && !isLaterOverload) context.report({ node, messageId: "missing" });
      },
    };
  },
};
