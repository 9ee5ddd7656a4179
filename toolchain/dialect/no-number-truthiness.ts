import type { Rule } from "eslint";
import ts from "typescript";
import { checkerOf, hasFlag, mayBeNumber, typeOf } from "./types";

const PREDICATE_TAKERS = ["every", "filter", "find", "findIndex", "some"];

/** On the device a number that is not an int32, such as 0.5 or 3e9, counts as false. */
export const noNumberTruthiness: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "forbid conditions that are or may be numbers" },
    messages: {
      condition:
        "dialect/no-number-truthiness: on the device 0.5 and 3e9 are false, so what is or may be a number (any, unknown " +
        "and a type parameter may) is no condition. Write x !== 0; for a value that may be missing, x !== undefined.",
    },
    schema: [],
  },
  create(context) {
    const isNumber = (type: ts.Type): boolean => mayBeNumber(checkerOf(context), type);
    function checkOne(node: Rule.Node): void {
      if (isNumber(typeOf(context, node))) context.report({ node, messageId: "condition" });
    }
    // The left side of && and || is judged where it stands; the right side only where the whole is a condition.
    function checkCondition(node: Rule.Node | null | undefined): void {
      if (node === null || node === undefined) return;
      if (node.type === "LogicalExpression" && node.operator !== "??") checkCondition(node.right as Rule.Node);
      else checkOne(node);
    }
    function checkPredicate(predicate: Rule.Node): void {
      const type = typeOf(context, predicate);
      const answers = type.getCallSignatures().map((call) => checkerOf(context).getReturnTypeOfSignature(call));
      if (hasFlag(type, ts.TypeFlags.Any) || answers.some(isNumber))
        context.report({ node: predicate, messageId: "condition" });
    }
    return {
      "IfStatement, WhileStatement, DoWhileStatement, ForStatement, ConditionalExpression"(node: Rule.Node) {
        if ("test" in node) checkCondition(node.test as Rule.Node | null);
      },
      'UnaryExpression[operator="!"]'(node: Rule.Node) {
        if (node.type === "UnaryExpression") checkCondition(node.argument as Rule.Node);
      },
      'LogicalExpression[operator!="??"]'(node: Rule.Node) {
        if (node.type === "LogicalExpression") checkCondition(node.left as Rule.Node);
      },
      CallExpression(node) {
        const { callee } = node;
        const [predicate] = node.arguments;
        if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
        if (predicate === undefined || !PREDICATE_TAKERS.includes(callee.property.name)) return;
        checkPredicate(predicate as Rule.Node);
      },
    };
  },
};
