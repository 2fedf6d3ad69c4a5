// Error.captureStackTrace, stackTraceLimit and prepareStackTrace as programs use them.
import { describe, expect, test } from 'vitest';
import { Runtime, type TierName } from '../../engine.ts';

/** What a script gives to `print`; a value that is thrown is printed as `throws …`. */
function run(tier: TierName, source: string, install: (runtime: Runtime) => void = () => {}): string[] {
  const prints: string[] = [];
  const runtime = new Runtime({ tier });
  runtime.defineFunction('print', 1, (args) => {
    prints.push(args.map(String).join(' '));
    return undefined;
  });
  install(runtime);
  const completion = runtime.runScript(source, 't.js');
  if (completion.kind === 'throw') prints.push(`throws ${runtime.describeError(completion.value).stack}`);
  return prints;
}

const rows: readonly [name: string, source: string, prints: readonly string[]][] = [
  [
    'the properties are those that V8 has; none is on instances',
    `const d = (o, k) => { const x = Object.getOwnPropertyDescriptor(o, k); return x && [typeof x.value, x.writable, x.enumerable, x.configurable].join(); };
     print(d(Error, 'captureStackTrace'), Error.captureStackTrace.length, d(Error, 'stackTraceLimit'), Error.stackTraceLimit, d(Error, 'prepareStackTrace'));
     const o = {}; print(Error.captureStackTrace(o), d(o, 'stack'), Object.hasOwn(new Error(), 'stack'));`,
    [
      'function,true,false,true 2 number,true,true,true 10 undefined',
      'undefined string,true,false,true false',
    ],
  ],
  [
    'a class hides its constructor and shows its name',
    `class MyError extends Error { constructor(m) { super(m); this.name = 'MyError'; Error.captureStackTrace(this, MyError); } }
     function fail() { return new MyError('m'); }
     print(fail().stack);`,
    ['MyError: m\n    at fail (t.js:2:31)\n    at t.js:3:12'],
  ],
  [
    'frames up to the innermost call of the function are left out; all of them if it is not called; none for built-ins',
    `const make = (above) => { const o = {}; Error.captureStackTrace(o, above); return o.stack.split('\\n').length - 1; };
     function a(n) { return n > 0 ? a(n - 1) : make(a); }
     function b() { return make(b); } function c() { return [make(c), make(make), make(), make(print), make(() => {})].join(); }
     print(a(3), b(), c());`,
    ['4 1 1,2,3,3,0'],
  ],
  [
    'headers come from data properties, without running code of the program',
    `class N { get message() { print('never'); return 'x'; } }
     const headers = [{}, { name: 'A', message: 'b' }, { name: '', message: 'b' }, { message: 'm' }, new N(), { toString() { print('never'); } }]
       .map((o) => { Error.captureStackTrace(o); return o.stack.split('\\n')[0]; });
     print(headers.join('|'));`,
    ['Error|A: b|b|Error: m|Error|Error'],
  ],
  [
    'the limit is what it says, whatever it is',
    `const count = () => (function r(n) { return n > 0 ? r(n - 1) : new Error('e').stack.split('\\n').length - 1; })(30);
     const counts = [];
     for (const limit of [10, 0, 1, 2.9, 25, Infinity, -1, NaN, '5', undefined, { valueOf() { print('never'); } }]) { Error.stackTraceLimit = limit; counts.push(count()); }
     delete Error.stackTraceLimit; counts.push(count());
     Object.defineProperty(Error, 'stackTraceLimit', { get() { print('never'); return 3; }, configurable: true }); counts.push(count());
     try { null.x; } catch (e) { counts.push(e.stack.split('\\n').length); }
     print(counts.join());`,
    ['10,0,1,2,25,33,0,0,0,0,0,0,0,1'],
  ],
  [
    'prepareStackTrace gets the error and its call sites, once, when stack is first read',
    `let calls = 0;
     Error.prepareStackTrace = function (error, sites) { calls++; return [this === Error, error.message, Array.isArray(sites), sites.length]; };
     const e = (function f() { return new Error('x'); })();
     print(calls, e.stack, calls, e.stack === e.stack, calls);
     const o = { message: 'captured' }; Error.captureStackTrace(o); print(calls, o.stack);
     Error.prepareStackTrace = 'no function'; print(new Error('plain').stack, e.stack[1]);`,
    ['0 true,x,true,2 1 true 1', '2 true,captured,true,1', 'Error: plain\n    at t.js:6:53 x'],
  ],
  [
    'call sites tell of the places',
    `Error.prepareStackTrace = (_, sites) => sites;
     class K { constructor() { this.sites = new Error().stack; } }
     function f() { return new K().sites; }
     const [k, inner, top] = f();
     print(String(k), k.isConstructor(), inner.isConstructor(), k.getFunctionName(), inner.getFunctionName(), top.getFunctionName());
     print(inner.getFileName(), inner.getScriptNameOrSourceURL(), inner.getLineNumber(), inner.getColumnNumber(), inner.getPosition());
     print(top.isToplevel(), inner.isToplevel(), k.isNative(), k.isEval(), k.isAsync(), k.isPromiseAll(), k.getPromiseIndex());
     print(k.getThis(), k.getFunction(), k.getTypeName(), k.getMethodName(), k.getEvalOrigin());
     print(eval('new Error().stack')[0].isEval(), Object.getOwnPropertyNames(Object.getPrototypeOf(k)).length > 15);
     try { k.getThis.call({}); } catch (e) { print(e.constructor.name); }`,
    [
      'K (t.js:2:45) true false K f null',
      't.js t.js 3 28 141',
      'true false false false false false null',
      'undefined undefined null null undefined',
      'true true',
      'TypeError',
    ],
  ],
  [
    'depd and callsites: a function for a moment',
    `function stack() {
       const prepare = Error.prepareStackTrace, limit = Error.stackTraceLimit, o = {};
       Error.prepareStackTrace = (_, sites) => sites; Error.stackTraceLimit = Math.max(10, limit);
       Error.captureStackTrace(o); const sites = o.stack.slice(1);
       Error.prepareStackTrace = prepare; Error.stackTraceLimit = limit;
       return sites;
     }
     function caller() { return stack()[0].getFunctionName(); }
     print(caller(), new Error('m').stack);`,
    ['caller Error: m\n    at t.js:9:22'],
  ],
  [
    'what prepareStackTrace throws arrives, and stacks that it reads are plain',
    `Error.prepareStackTrace = (e) => { print(typeof new Error('inner').stack); throw new RangeError('from prepare'); };
     const e = new Error('e');
     try { e.stack; } catch (t) { print(t.message); }
     try { Error.captureStackTrace({}); } catch (t) { print(t.message); }`,
    ['string', 'from prepare', 'string', 'from prepare'],
  ],
  [
    'what cannot get a stack is a TypeError',
    `for (const o of [1, undefined, Object.freeze({}), new Proxy({}, { defineProperty: () => false })])
       try { Error.captureStackTrace(o); print('defined'); } catch (e) { print(e.constructor.name); }`,
    ['TypeError', 'TypeError', 'TypeError', 'TypeError'],
  ],
  [
    'a captured stack is what an uncaught error shows',
    `function MyError(m) { this.message = m; this.name = 'MyError'; Error.captureStackTrace(this, MyError); } throw new MyError('m');`,
    ['throws MyError: m\n    at t.js:1:112'],
  ],
];

describe.each(['tree-walker', 'bytecode-vm'] as const)('%s', (tier) => {
  test.each(rows)('%s', (_name, source, prints) => expect(run(tier, source)).toEqual(prints));

  test('frames of the host are never seen', () => {
    const source = `print(viaHost(() => [1].map(() => new Error('e').stack)[0])); [3, 1].sort(() => { throw new Error('f'); })`;
    const prints = run(tier, source, (runtime) => {
      runtime.defineFunction('viaHost', 1, ([f]) => {
        const completion = runtime.call(f, undefined, []);
        return completion.kind === 'normal' ? completion.value : 'ended';
      });
    });
    expect(prints).toEqual([
      'Error: e\n    at t.js:1:35\n    at t.js:1:25\n    at t.js:1:7',
      'throws Error: f\n    at t.js:1:89\n    at t.js:1:70',
    ]);
  });

  test('long traces are charged', () => {
    const runtime = new Runtime({ tier, limits: { bytes: 20_000_000 } });
    const source = `Error.stackTraceLimit = Infinity; const all = []; (function r(n) { if (n > 0) r(n - 1); else for (;;) all.push(new Error()); })(150)`;
    expect(runtime.runScript(source, 'x')).toEqual({ kind: 'limit', limit: 'bytes' });
  });
});
