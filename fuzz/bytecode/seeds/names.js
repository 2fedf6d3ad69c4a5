let top = 1;
const fixed = 2;
var old = 3;
function capture() {
  let n = 0;
  const set = (v) => { n = v; return n++; };
  let late = () => later;
  set(4);
  let later = 5;
  return [n, late(), set(7), top, fixed, old];
}
function errors() {
  const out = [];
  const attempt = (f) => { try { out.push(f()); } catch (e) { out.push(e.name); } };
  attempt(() => undeclared);
  attempt(() => { fixed = 1; });
  attempt(() => { 'use strict'; newGlobal = 1; });
  attempt(() => { 'use strict'; laterGlobal = (globalThis.laterGlobal = 1); });
  attempt(() => { early; let early; });
  attempt(() => { x1 = 1; let x1; });
  attempt(() => { const set = () => { x2 = 1; }; set(); let x2; return x2; });
  attempt(() => { const c = 1; c = 2; });
  attempt(() => { f() = 1; });
  attempt(() => { use(); let seen = 1; function use() { return seen; } });
  return out;
}
top += 1;
old = top;
implicit = 4;
{ function annexB() { return 1; } }
if (true) { function inIf() { return annexB(); } }
var fs = [];
for (let i = 0; i < 3; i++) fs.push(() => i++);
(function named(k) { return k === 0 ? named : named(k - 1); })(2);
[capture(), errors(), delete implicit, typeof annexB, inIf(), fs.map((f) => f() + f())];
