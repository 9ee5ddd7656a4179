import { noLoopClosures } from "../../../toolchain/dialect/no-loop-closures";
import { cases, ruleTester, wrong } from "./rule-tester";

ruleTester.run("no-loop-closures", noLoopClosures, {
  valid: cases(
    "const k = 1; for (let i = 0; i < 3; i++) { const f = () => k; f(); }",
    "for (let i = 0; i < 3; i++) { const f = (j: number) => j; f(i); }",
    "const f = () => { for (let i = 0; i < 3; i++) { f(); } };",
    "for (const f of [() => 1]) f();",
  ),
  invalid: wrong(
    "capture",
    "for (let i = 0; i < 3; i++) { const f = () => i; f(); }",
    "for (const k of [1]) { [2].map((x) => x + k); }",
    "while (true) { const k = 1; function f() { return k; } f(); }",
    "for (const k of [1]) { for (const j of [2]) { const f = function () { return k; }; f(); } }",
  ),
});
