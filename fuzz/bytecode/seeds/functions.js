function defaults(a, b = a + 1, { c = 3, ...r } = {}, [d] = [4], ...rest) { var a; return [a, b, c, d, r, rest, arguments.length]; }
function sloppyArguments(a, b) { arguments[0] = 'changed'; b = 'set'; return [a, arguments[1], arguments.callee === sloppyArguments]; }
function strictArguments(a) { 'use strict'; arguments[0] = 1; return [a, this]; }
function thisOf() { return typeof this; }
function capturedThis() { return (() => [this === globalThis, new.target])(); }
function Made() { if (!new.target) return new Made(); const f = () => new.target; this.f = f() === Made; }
function shadowed(f = () => x, x) { var x = 2; return typeof f; }
function duplicated(a, a) { return a; }
const tail = (function () { 'use strict'; return function loop(n) { return n === 0 ? 'done' : (0, loop)(n - 1); }; })();
const spreadTail = (function () { 'use strict'; return (...xs) => (xs.length < 4 ? spreadTail(...xs, 1) : xs[0] ? tag`x` : null); })();
function tag() { return 'tagged'; }
const boundary = function () { 'use strict'; return true && thisOf.call(1); };
[defaults(1), defaults(1, 2, { c: 5, e: 6 }, [7], 8, 9), sloppyArguments(1, 2), strictArguments(0), thisOf.call('s'), capturedThis(), Made().f, shadowed(), duplicated(1, 2), tail(50), spreadTail(), boundary(), (function fe() { return fe.name; })(), ((a) => (b) => a + b)(1)(2), new (class { constructor(...xs) { this.n = xs.length; } })(...[1, 2]).n];
