/** A piece of syntax that is refused, as ESLint's `no-restricted-syntax` wants it. */
export interface SyntaxBan {
  /** Which nodes, in ESLint's selector language. */
  readonly selector: string;
  /** Why not, and what to write instead. */
  readonly message: string;
}

/** A global name that is refused, as ESLint's `no-restricted-globals` wants it. */
export interface NameBan {
  readonly name: string;
  /** Why not, and what to write instead. */
  readonly message: string;
}

function ban(selector: string, message: string): SyntaxBan {
  return { selector, message: `device dialect: ${message}` };
}

/** What the device's compiler refuses, or does otherwise than JavaScript, wherever it stands in src/ or boards/. */
export const DEVICE_SYNTAX: readonly SyntaxBan[] = [
  ban("VariableDeclaration[kind='var']", "no var. Write const or let."),
  ban("PropertyDefinition[static=true] > *.value", "no static initialisers. Write a constant beside the class."),
  ban("StaticBlock", "no static blocks. Write a constant beside the class."),
  ban(
    "MemberExpression[object.type='Super']",
    "no super.method(). Give the shared work a method or function of its own name.",
  ),
  ban(":function ClassDeclaration", "no class inside a function. Move it to the top of the file."),
  ban("ClassExpression", "no class expressions. Declare the class at the top of the file."),
  ban("TSModuleDeclaration[declare!=true]", "no namespaces. Write a module."),
  ban("TSDeclareFunction[declare!=true]", "no overloads. Give each form its own name."),
  ban("MethodDefinition > TSEmptyBodyFunctionExpression", "no overloads. Give each form its own name."),
  ban(
    "ObjectPattern > Property[value.type='AssignmentPattern']",
    "no defaults in a destructuring. Test for undefined.",
  ),
  ban("ArrayPattern > AssignmentPattern", "no defaults in a destructuring. Test for undefined."),
  ban("AssignmentExpression[left.type='ArrayPattern']", "no swap by destructuring. Use a third variable."),
  ban("DoWhileStatement", "no do..while. Write while."),
  ban("LabeledStatement", "no labels. Move the loop into a function and return."),
  ban(":function[generator=true]", "no generators. Write a class with a method next()."),
  ban("TSNonNullExpression", "no `!` after a value. Test for undefined."),
  ban("TSSatisfiesExpression", "no satisfies. Annotate the type."),
  ban("AssignmentExpression[operator=/^(\\?\\?|\\|\\||&&)=$/]", "no ??=, ||=, &&=. Write an if."),
  ban("BinaryExpression[operator='in']", "no `in`. Compare a field with undefined."),
  ban("UnaryExpression[operator='void']", "no void. Leave it out."),
  ban("PrivateIdentifier", "no #private names. Write private."),
  ban("Literal[regex]", "no regular expressions. Scan the characters."),
  ban("Literal[bigint]", "no BigInt. Use integers below 2^53."),
  ban("ExportDefaultDeclaration", "no default export. Export a name."),
  ban("NewExpression[callee.name='Promise']", "no new Promise. Resume a fiber."),
  ban("MemberExpression[object.name='Promise']", "no Promise methods. Await one thing after the other."),
  ban(
    "CallExpression[callee.object.name='console'][arguments.length>2]",
    "console takes at most two values here: more crash the compiler.",
  ),
];

/** What else the core does without: it is synchronous, exact and the same on every run. */
export const CORE_SYNTAX: readonly SyntaxBan[] = [
  ban(":function[async=true]", "the core is synchronous: answers come back as events."),
  ban("AwaitExpression", "the core is synchronous: answers come back as events."),
  ban("Literal[raw=/^[0-9_]*\\.[0-9]/]", "no fractions in the core. Use a smaller unit."),
  ban("Literal[raw=/^[0-9_.]+e-/i]", "no fractions in the core. Use a smaller unit."),
  ban("MemberExpression[object.name='Math'][property.name='random']", "no randomness in the core."),
];

const UNKNOWN_ON_DEVICE = "the device does not have it";

/** Global names that the device does not have, or that the core must not use. */
export const DEVICE_GLOBALS: readonly NameBan[] = [
  ...["Map", "Set", "WeakMap", "WeakSet"].map((name) => globalBan(name, `${UNKNOWN_ON_DEVICE}. Use an array.`)),
  ...["Number", "isFinite", "BigInt", "Symbol", "RegExp", "Proxy", "Reflect", "structuredClone", "Intl"].map((name) =>
    globalBan(name, `${UNKNOWN_ON_DEVICE}.`),
  ),
  ...["Uint8Array", "Int32Array", "Float64Array", "ArrayBuffer", "DataView"].map((name) =>
    globalBan(name, `${UNKNOWN_ON_DEVICE}. Use an array of numbers, in boards a Buffer.`),
  ),
  globalBan("globalThis", "names through it escape the other rules. Write the name alone."),
  globalBan("Date", "time is given from outside, as milliseconds."),
  globalBan("Infinity", "use NEVER_MS or another integer."),
  globalBan("NaN", "use an integer that means: none."),
];

function globalBan(name: string, message: string): NameBan {
  return { name, message: `device dialect: ${name}: ${message}` };
}
