import type { Rule } from "eslint";

const INT32_TAG = /@int32\b/;

/** `%` is an int32 operation on the device, so it is only for a function whose doc comment carries `@int32`. */
export const noRemainder: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "forbid % outside a function documented as @int32" },
    messages: {
      remainder:
        "dialect/no-remainder: on the device % cuts both sides to int32 (7.5 % 2 is 1). " +
        "Write x - wholeQuotient(x, y) * y, or tag the function's doc comment with @int32 when both are int32.",
    },
    schema: [],
  },
  create(context) {
    function check(node: Rule.Node): void {
      if (!isInInt32Function(context, node)) context.report({ node, messageId: "remainder" });
    }
    return {
      'BinaryExpression[operator="%"]': check,
      'AssignmentExpression[operator="%="]': check,
    };
  },
};

function isInInt32Function(context: Rule.RuleContext, node: Rule.Node): boolean {
  for (let at: Rule.Node | null = node; at !== null; at = at.parent as Rule.Node | null) {
    if (at.type !== "FunctionDeclaration" && at.type !== "MethodDefinition") continue;
    const holder = at.parent.type === "ExportNamedDeclaration" ? at.parent : at;
    const comments = context.sourceCode.getCommentsBefore(holder);
    return comments.some((comment) => comment.type === "Block" && INT32_TAG.test(comment.value));
  }
  return false;
}
