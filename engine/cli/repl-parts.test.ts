// What the REPL is made of, without a terminal: completion, colours, history, and the rewriting of top-level await.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspect, JSObject, parseReplInput, peekValue, Runtime } from '../engine.ts';
import { completionsOf } from './completion.ts';
import { highlight } from './highlight.ts';
import { History, historyPath } from './history.ts';

describe('input', () => {
  test.each([
    'function f() {',
    'if (x)',
    '[1,',
    'f(',
    '`text',
    '`a${b',
    '/* comment',
    'const a =',
    'a +',
    '({ a: 1',
    'class A { m() {',
    "'a\\",
    'await f(',
    'const x = await (',
    'async () => { await',
    'import { a',
  ])('more lines are to come behind %s', (text) => {
    expect(parseReplInput(text, 'REPL').kind).toBe('incomplete');
  });

  test.each(['let let = 1', "'abc", 'a b', ')', '/re', 'export const a = 1', 'return 1', '1 +* 2'])(
    '%s is an error',
    (text) => {
      expect(parseReplInput(text, 'REPL').kind).toBe('error');
    },
  );

  test.each([
    ['{ a: 1 }', '{ a: 1 }'],
    ['{ let a = 2; a }', '2'],
    ['{ a: 1 };', '1'],
    ['{}', '{}'],
    ['var await = 5; await + 1', '6'],
  ])('%s gives %s', (text, expected) => {
    const input = parseReplInput(text, 'REPL');
    if (input.kind !== 'script') throw new Error(input.kind);
    const completion = new Runtime().runParsedScript(input.script);
    expect(completion.kind === 'normal' && inspect(completion.value)).toBe(expected);
  });

  test('names that a text declares', () => {
    const input = parseReplInput(
      'let a; const { b, c: [d] } = {}; var e; function f() {} class G {}',
      'REPL',
    );
    expect(input.kind === 'script' && [...input.names].sort()).toEqual(['G', 'a', 'b', 'd', 'e', 'f']);
  });
});

/** Evaluates texts one after the other as the REPL does; the value of the last. */
function evaluateAll(...texts: readonly string[]): string {
  const runtime = new Runtime({
    modules: {
      resolve: (specifier) => specifier,
      load: (name) => (name === 'json' ? '{ "j": 1 }' : `export const name = '${name}'; export default 7;`),
    },
  });
  let result = '';
  for (const text of texts) {
    const input = parseReplInput(text, 'REPL');
    if (input.kind !== 'script') throw new Error(`${text}: ${input.kind}`);
    for (const name of input.names) runtime.realm.globalEnv.declarativeRecord.removeBinding(name);
    const completion = runtime.runParsedScript(input.script);
    if (completion.kind !== 'normal') throw new Error(`${text}: ${completion.kind}`);
    runtime.runJobs();
    if (!input.isAsync) {
      result = inspect(completion.value);
      continue;
    }
    const state = runtime.promiseState(completion.value);
    if (state?.state === 'fulfilled' && state.result instanceof JSObject)
      result = inspect(peekValue(state.result, 'value'));
    else result = `${state?.state} ${inspect(state?.result)}`;
  }
  return result;
}

describe('top-level await', () => {
  test.each([
    [['await 1'], '1'],
    [['await Promise.resolve({ a: 1 })'], '{ a: 1 }'],
    [['const x = await 5', 'x + 1'], '6'],
    [['let { a, b: [c], ...r } = await { a: 1, b: [2], d: 3 }', '[a, c, r]'], '[ 1, 2, { d: 3 } ]'],
    [['var v = await 1, w; v', '[v, w]'], '[ 1, undefined ]'],
    [['function f() { return 3 } await f()', 'f()'], '3'],
    [['class K { v = 1 } await 0; new K()', 'K.name'], "'K'"],
    [['for await (const x of [1, 2]) globalThis.last = x', 'last'], '2'],
    [['if (await true) { 1 }'], 'undefined'],
    [['let x = 1', 'const x = await 2', 'x'], '2'],
    [['const p = new Promise((r) => r(4)); await p; p'], 'Promise { 4 }'],
    [['await Promise.reject(9)'], 'rejected 9'],
    [["import d, { name as n } from 'mod'", '[d, n]'], "[ 7, 'mod' ]"],
    [["import * as ns from 'space'; ns.name"], "'space'"],
    [["import data from 'json' with { type: 'json' }; data"], '{ j: 1 }'],
    [["import 'effect'; await 3"], '3'],
    [["(await import('m')).name"], "'m'"],
    [['[await 1, await 2] // comment'], '[ 1, 2 ]'],
    [['async function g() { return await 2 } typeof g'], "'function'"],
  ])('%j', (texts, expected) => {
    expect(evaluateAll(...texts)).toBe(expected);
  });
});

describe('completion', () => {
  const runtime = new Runtime();
  runtime.runScript(
    `let lexical = { alpha: 1, alps: { deep: 2 }, 'not a name': 3 }; var listed = [1];
     globalThis.ran = 0; const trapped = { get trap() { ran++; return { inner: 1 } } };
     const viaProxy = new Proxy({ real: 1 }, { get() { ran++ }, ownKeys() { ran++; return [] } }); const text = 'abc'; let { late = 1 } = {};`,
    'test.js',
  );
  test.each([
    ['lexical.al', ['lexical.alpha', 'lexical.alps'], 'lexical.al'],
    ['lexical.alps.d', ['lexical.alps.deep'], 'lexical.alps.d'],
    ['f(lexical?.alph', ['lexical?.alpha'], 'lexical?.alph'],
    ['x = lexi', ['lexical'], 'lexi'],
    ['Math.flo', ['Math.floor'], 'Math.flo'],
    ['text.charC', ['text.charCodeAt'], 'text.charC'],
    ['listed.fla', ['listed.flat', 'listed.flatMap'], 'listed.fla'],
    ['globalThis.JSON.pa', ['globalThis.JSON.parse'], 'globalThis.JSON.pa'],
    ['debug', ['debugger'], 'debug'],
    ['viaProxy.re', ['viaProxy.real'], 'viaProxy.re'],
    ['trapped.trap.', [], 'trapped.trap.'],
    ['nothing.here.', [], 'nothing.here.'],
    ['f().al', [], ''],
    ["'lexical.al", [], ''],
    ['// lexical.al', [], ''],
    ['', [], ''],
  ])('%j', (text, completions, word) => {
    expect(completionsOf(runtime.realm, text)).toEqual([completions, word]);
  });

  test('runs no code of the program', () => {
    expect(runtime.getProperty(runtime.realm.globalObject, 'ran')).toEqual({ kind: 'normal', value: 0 });
  });
});

describe('colours', () => {
  const plain = (text: string): string => text.replaceAll('\u001b', 'E');
  test.each([
    ['let a = 1', 'E[35mletE[39m a = E[33m1E[39m'],
    ["f('s', /r/g)", "f(E[32m's'E[39m, E[31m/r/gE[39m)"],
    ['a / b / c', 'a / b / c'],
    ['x // c', 'x E[90m// cE[39m'],
    ["'open", "'open"],
    ['this.#p', 'E[33mthisE[39m.E[36m#pE[39m'],
    ['a.if', 'a.if'],
    ['', ''],
  ])('%s', (source, expected) => {
    expect(plain(highlight(source))).toBe(expected);
  });

  test('a line inside a template of earlier lines', () => {
    expect(plain(highlight('more` + 1', 'x = `open\n'))).toBe('E[32mmore`E[39m + E[33m1E[39m');
  });

  test('the text is kept', () => {
    const source = `const f = async (a) => \`x\${a}y\` /* c */ + /[/]/.source + 'é😀' + 0x1fn`;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences begin with ESC
    expect(highlight(source).replace(/\u001b\[\d+m/g, '')).toBe(source);
  });
});

describe('history', () => {
  test('is kept in the state folder', () => {
    expect(historyPath({ XDG_STATE_HOME: '/state' })).toBe(join('/state', 'kataan', 'history'));
    expect(historyPath({ XDG_STATE_HOME: 'relative', HOME: '/h' })).toBe(
      join('/h', '.local', 'state', 'kataan', 'history'),
    );
    expect(historyPath({ HOME: '/h' })).toBe(join('/h', '.local', 'state', 'kataan', 'history'));
  });

  test('gives back what was added, the latest first, and only to its owner', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kataan-history-'));
    const path = join(folder, 'deep', 'history');
    const history = new History(path);
    expect(history.load()).toEqual([]);
    for (const line of ['one', '  ', 'two', '']) history.add(line);
    expect(new History(path).load()).toEqual(['two', 'one']);
    expect(statSync(path).mode & 0o77).toBe(0);
    rmSync(folder, { recursive: true });
  });

  test('does not grow without bound', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kataan-history-'));
    const path = join(folder, 'history');
    writeFileSync(path, Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join(''));
    expect(new History(path).load()).toHaveLength(1000);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(1001);
    rmSync(folder, { recursive: true });
  });

  test('survives a place that cannot be written to', () => {
    for (const place of ['/dev/null', '/proc']) {
      const history = new History(join(place, 'kataan', 'history'));
      history.add('line');
      expect(history.load()).toEqual([]);
    }
  });
});
