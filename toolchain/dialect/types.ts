import type { Rule } from "eslint";
import ts from "typescript";

/** What typescript-eslint's parser offers to a rule that needs types. */
interface TypeServices {
  readonly program: ts.Program | null;
  getTypeAtLocation(node: Rule.Node): ts.Type;
}

/** The TypeScript type of an expression; of a type parameter, what it extends. Throws when the linter runs without types: then the rule could see nothing. */
export function typeOf(context: Rule.RuleContext, node: Rule.Node): ts.Type {
  const services = context.sourceCode.parserServices as unknown as Partial<TypeServices>;
  if (services.program === undefined || services.program === null || services.getTypeAtLocation === undefined) {
    throw new Error(`the rule ${context.id} needs types: lint with parserOptions.projectService`);
  }
  const type = services.getTypeAtLocation(node);
  return services.program.getTypeChecker().getBaseConstraintOfType(type) ?? type;
}

/** The type checker that the types of {@link typeOf} come from. */
export function checkerOf(context: Rule.RuleContext): ts.TypeChecker {
  const { program } = context.sourceCode.parserServices as unknown as TypeServices;
  if (program === null) throw new Error(`the rule ${context.id} needs types`);
  return program.getTypeChecker();
}

/** True when any part of the type (a union has several) has one of the flags. */
export function hasFlag(type: ts.Type, flags: ts.TypeFlags): boolean {
  return type.isUnion() ? type.types.some((part) => hasFlag(part, flags)) : (type.flags & flags) !== 0;
}

/** True when a value of this type can be a string. */
export function mayBeString(type: ts.Type): boolean {
  return hasFlag(type, ts.TypeFlags.StringLike);
}

/**
 * True when a value of this type can be a number: numbers and enums, and what a number fits into, such as `any`, `unknown`, `{}` and a
 * type parameter that is not kept to anything else. What a number has not the fields for, such as an instance of a class, is none.
 */
export function mayBeNumber(checker: ts.TypeChecker, type: ts.Type): boolean {
  const bound = checker.getBaseConstraintOfType(type) ?? type;
  if (bound.isUnion()) return bound.types.some((part) => mayBeNumber(checker, part));
  if (hasFlag(bound, ts.TypeFlags.NumberLike | ts.TypeFlags.Instantiable)) return true;
  // A number with a mark of its own (number & { unit: "ms" }) is a number, though a plain one does not fit.
  if (bound.isIntersection() && bound.types.some((part) => hasFlag(part, ts.TypeFlags.NumberLike))) return true;
  return checker.isTypeAssignableTo(checker.getNumberType(), bound);
}
