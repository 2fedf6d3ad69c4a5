// Differed in its stack: the tiers gave frames different positions, or left different frames out.
// Found by: npm run differential -- --generate 20000 --seed 1, --seed 2
// Replay: npm run differential -- corpora/regressions/stack-positions.js
// expect: pattern: 1 is not iterable at pattern (22:45)
// expect: patternOfProperty: undefined is not iterable at patternOfProperty (23:36)
// expect: patternOfParameter: undefined is not iterable at 24:37, patternOfParameter (24:27)
// expect: step: 2 is not iterable at step (25:22)
// expect: optionalCall: o.x is not a function at optionalCall (26:47)
// expect: chainedCall: m at m (27:43), chainedCall (27:66)
// expect: tailCall: Cannot convert undefined to a BigInt at f (28:41), tailCall (28:54)
// expect: assignment: Cannot assign to read only property '0' of object at assignment (29:29)
// expect: privateAssignment: cannot write private member #s to an object whose class did not declare it at f (30:70), privateAssignment (30:87)
// expect: element: Cannot assign to read only property 'a' of object at element (31:19)
// expect: elementOf: undefined is not a function at elementOf (32:63)
// expect: rest: b at get b (33:56), rest (33:18)
// expect: closing: 1 is not an object at closing (34:31)
// expect: field: x at 35:42, 35:28, K (35:13), field (35:113)
// expect: staticField: Cannot read properties of undefined (reading 'z') at 36:45, staticField (36:19)

'use strict';
const cases = {
  pattern() { const [[]] = ['', 1]; return [[]] = [1]; },
  patternOfProperty() { const { y: [] } = 0; },
  patternOfParameter() { (function ([]) {})(); },
  step() { const [a, [b]] = [1, 2]; },
  optionalCall() { const o = {}; o.x ||= 1; o.x?.(); },
  chainedCall() { const o = { m() { throw new Error('m'); } }; o.m().x?.y; },
  tailCall() { const f = () => { return BigInt(); }; f(); },
  assignment() { ({ ['']: 0[0] } = ''); },
  privateAssignment() { class K { static #s; static f() { ({ a: ({}).#s } = 0); } } K.f(); },
  element() { [''.a = 1] = ''; },
  elementOf() { const it = { [Symbol.iterator]: () => ({}) }; [[][0]] = it; },
  rest() { const { a, ...b } = { a: 1, get b() { throw new Error('b'); } }; },
  closing() { for (const x of { [Symbol.iterator]: () => ({ next: () => ({}), return: () => 1 }) }) { x; break; } },
  field() { class K { x = (() => { throw new Error('x'); })(); constructor() { try { this.y = 1; } catch {} } } new K(); },
  staticField() { class K { static x = [].y.z; } },
};
for (const name in cases) {
  try {
    console.log(name, cases[name]());
  } catch (e) {
    const frames = e.stack.split('\n    at ').slice(1).map((frame) => frame.replace(/[^( ]*:(\d+:\d+)/, '$1'));
    console.log(`${name}: ${e.message} at ${frames.slice(0, -1).join(', ')}`);
  }
}
