import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { runInThisContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { Runtime } from '../engine.ts';
import { durationText, installConsole, installPrint, installScriptArgs } from './console.ts';

interface Written {
  readonly out: string;
  readonly err: string;
}

function runOurs(source: string): Written {
  const runtime = new Runtime();
  let out = '';
  let err = '';
  const sinks = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  installConsole(runtime, sinks, { now: () => 0 });
  installPrint(runtime, sinks.out);
  installScriptArgs(runtime, ['one', 'two']);
  const completion = runtime.runScript(source, 'test.js');
  if (completion.kind === 'throw') throw new Error(runtime.describeError(completion.value).stack);
  expect(completion.kind).toBe('normal');
  return { out, err };
}

function runNodes(source: string): Written {
  const written = { out: '', err: '' };
  const into = (name: 'out' | 'err'): Writable =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += String(chunk);
        done();
      },
    });
  const console = new Console({ stdout: into('out'), stderr: into('err'), colorMode: false });
  runInThisContext(`(function (console) { ${source}\n})`)(console);
  return written;
}

/** Programs whose console output is the same in Node. */
const PROGRAMS: readonly string[] = [
  'console.log()',
  "console.log('a', 1, null, undefined, true, 5n, Symbol('s'), -0)",
  "console.log({ a: 'x' }, ['y'], 'z')",
  "console.log('%s is %d years and %i', 'Bob', 42.5, 42.9)",
  "console.log('%s %s %s %s %s', 1n, Symbol('q'), undefined, null, -0)",
  "console.log('%s', { a: { b: { c: 1 } } }, [[1, [2, [3]]]])",
  "console.log('%s', [1, { a: 1 }], function f() {})",
  "console.log('%s', class Q {})",
  "console.log('%s', { toString() { return 'own' } })",
  "console.log('%s', new (class T { toString() { return 'T!' } })())",
  "console.log('%s', new (class U {})())",
  "console.log('%s', Object.create(null))",
  "console.log('%s', new Date(0))",
  "console.log('%s', new Map([[1, { a: {} }]]))",
  "console.log('%d %d %d %d', '0x10', 7n, {}, [5])",
  "console.log('%d %i %f', Symbol('x'), Symbol('x'), Symbol('x'))",
  "console.log('%i %i %i', '12px', 3n, {})",
  "console.log('%f %f', '1.5e3x', 'abc')",
  "console.log('%j %j %j', { a: [1] }, 'text', undefined)",
  "const a = {}; a.a = a; console.log('%j', a)",
  "console.log('%j', { toJSON() { return 'custom' } })",
  "console.log('%o', { f() {}, n: { m: { o: { p: { q: 1 } } } } })",
  "console.log('%O', { f() {}, n: { m: { o: { p: 1 } } } })",
  "console.log('%o %O', [1, 2, 3], new Set(['v']))",
  "console.log('%c styled', 'color: red')",
  "console.log('100%', 'done', '%s')",
  "console.log('%% %s %%', 'x')",
  "console.log('%%')",
  "console.log('%s')",
  "console.log('%s %s', 'only one')",
  "console.log('%x %', 1)",
  "console.log('a', 'b', { c: 1 }, 'd')",
  "console.log(5, '%s', 'x')",
  "console.info('i'); console.debug('d'); console.error('e'); console.warn('w')",
  'console.dir({ a: { b: { c: { d: 1 } } } }); console.dir({ a: { b: 1 } }, { depth: 0 }); console.dir({ a: { b: { c: { d: {} } } } }, { depth: null })',
  "console.dir('text'); console.dir([1], { showHidden: true })",
  "console.group('G'); console.log('a\\nb'); console.group(); console.error('e'); console.groupEnd(); console.info({ x: 1 }); console.groupEnd(); console.groupEnd(); console.log('z')",
  "console.groupCollapsed('C', { a: 1 }); console.log('in'); console.groupEnd()",
  "console.count(); console.count('x'); console.count(); console.countReset(); console.count(); console.count(undefined)",
  "console.assert(true, 'no'); console.assert(false); console.assert(0, 'a %s', 'b'); console.assert('', 'only')",
  "console.table([{ a: 1, b: 'x' }, { a: 2, c: { d: 1 } }])",
  'console.table([[1, 2], [3]])',
  "console.table(new Map([['a', 1], [{ k: 1 }, [1, 2]]]))",
  "console.table(new Set([1, 'two']))",
  "console.table([1, 'a', null, { x: 1 }])",
  'console.table({ x: { v: 1 }, y: { v: 2 } })',
  "console.table([{ a: 1, b: 2 }, { b: 3 }], ['b'])",
  "console.table([{ a: 1 }], ['a', 'none'])",
  "console.table([]); console.table({}); console.table(5); console.table('s'); console.table(null)",
  "console.table([{ name: '漢字', v: [1, 2, 3, 4, 5], o: { a: 1, b: 2, c: 3 } }])",
];

describe('console prints as Node does', () => {
  test.each(PROGRAMS.map((source) => [source]))('%s', (source) => {
    expect(runOurs(source)).toEqual(runNodes(source));
  });
});

describe('console', () => {
  test('assert prints what it is given beside a string', () => {
    expect(runOurs('console.assert(false, { a: 1 }, 2)').err).toBe('Assertion failed: { a: 1 } 2\n');
  });

  test('trace prints the frames of the program', () => {
    const { err } = runOurs("function f() { console.trace('at %s', 'f') }\nf()");
    expect(err).toMatch(/^Trace: at f\n {4}at f \(test\.js:1:\d+\)\n {4}at test\.js:2:\d+\n$/);
  });

  test('timers and counters say when a label is unknown', () => {
    const { out, err } = runOurs(
      "console.time(); console.timeLog('default', 1); console.timeEnd(); console.timeEnd(); console.countReset('c'); console.time('t'); console.time('t')",
    );
    expect(out).toBe('default: 0ms 1\ndefault: 0ms\n');
    expect(err).toBe(
      "Warning: No such label 'default' for console.timeEnd()\nWarning: Count for 'c' does not exist\nWarning: Label 't' already exists for console.time()\n",
    );
  });

  test('throws on what a conversion throws', () => {
    const runtime = new Runtime();
    installConsole(runtime, { out: () => {}, err: () => {} }, { now: () => 0 });
    const completion = runtime.runScript(
      "console.log('%s', { toString() { throw new RangeError('r') } })",
      't.js',
    );
    expect(completion.kind).toBe('throw');
  });

  test('charges fuel for output', () => {
    const runtime = new Runtime({ limits: { fuel: 1e6 } });
    installConsole(runtime, { out: () => {}, err: () => {} }, { now: () => 0 });
    runtime.runScript("const s = 'x'.repeat(16000)", 't.js');
    const before = runtime.agent.remainingFuel;
    runtime.runScript('console.log(s)', 't.js');
    expect(before - runtime.agent.remainingFuel).toBeGreaterThan(900);
  });
});

test('print and scriptArgs', () => {
  expect(runOurs("print('a', 1, [2, 3]); print(); print(scriptArgs.length, scriptArgs)").out).toBe(
    'a 1 2,3\n\n2 one,two\n',
  );
});

test.each([
  [0, '0ms'],
  [1.23456, '1.235ms'],
  [1500, '1.500s'],
  [62_345, '1:02.345 (m:ss.mmm)'],
  [3_723_000, '1:02:03 (h:mm:ss)'],
])('%d ms read %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
