var scope = { x: 1, f() { return this === scope; }, get g() { return 2; } }, x = 'outer';
var out = [];
with (scope) { x = 5; out.push(x, f(), g, typeof y, delete scope.x, x, typeof out, (() => x)()); var y = x; x += 1; let inner = () => scope; }
function evals(code) { let local = 1; const r = eval(code); return [r, local, typeof added, (() => eval('local++'))()]; }
function strictEvals(code) { 'use strict'; let local = 2; return [eval(code), eval?.('typeof local'), eval(...['local'])]; }
const tailEval = Function('eval', 'return function () { "use strict"; return eval("1"); }');
function tailStrict() { 'use strict'; return eval('1'); }
class C { #p = 1; m() { return eval('this.#p + (() => new.target === undefined)()'); } static s = eval('1'); constructor() { eval('this.x = 1'); } n() { return eval('super.toString'); } }
class D extends C { constructor() { eval('super()'); } }
function params(a = eval('var q = 1; q'), b = () => q) { var q = 2; return [a, b(), q]; }
out.push(evals('var added = 1; local = 7; added'), evals('function added() {} let z = local; z'), strictEvals('var v = local; v + 1'), tailEval((s) => s)(), tailStrict(), new C().m(), new D().x, params());
out.push(new Function('a', 'b = a', 'return [a, b, typeof out]')(1), (0, eval)('var indirect = 1; typeof x'), delete indirect, Function('return this')() === globalThis);
function nested() { with ({ a: 1 }) { return function () { a = 2; delete a; return typeof a + eval('typeof scope'); }; } }
out.push(nested()());
function catches() { try { throw 1; } catch (e) { eval('var e = 2'); return e; } }
out.push(catches(), typeof unknownName, (function () { return typeof arguments + eval('arguments.length'); })(1));
out.length;
