// Compiling, loading and running programs ahead of time, through the facade.
import { describe, expect, test } from 'vitest';
import { compileProgram, inspect, inspectBytecode, loadBytecode, Runtime, sealBytecode } from './engine.ts';

function bytesOf(source: string, goal: 'script' | 'module' = 'script', name = 'program.js'): Uint8Array {
  const compiled = compileProgram(source, name, goal);
  if (!compiled.ok) throw new Error(compiled.error.message);
  return compiled.program.toBytes();
}

function loaded(bytes: Uint8Array) {
  const result = loadBytecode(bytes);
  if (!result.ok) throw new Error(result.error.message);
  return result.program;
}

describe('scripts', () => {
  test('a program runs from its bytes, in as many runtimes as one likes', () => {
    const program = loaded(bytesOf('globalThis.n = (globalThis.n ?? 0) + 1; [n, `${() => 1}`]'));
    expect(program.goal).toBe('script');
    expect(program.name).toBe('program.js');
    for (let i = 0; i < 2; i++) {
      const runtime = new Runtime();
      for (let times = 1; times < 3; times++) {
        const end = runtime.runProgram(program);
        expect(end.kind === 'normal' && inspect(end.value)).toBe(`[ ${times}, '() => 1' ]`);
      }
    }
  });

  test('it charges the fuel that the source charges', () => {
    const source = 'let n = 0; for (let i = 0; i < 100; i++) n += [1, 2].map((x) => x)[0]; n';
    const a = new Runtime({ limits: { fuel: 1e6 } });
    const b = new Runtime({ limits: { fuel: 1e6 } });
    a.runScript(source, 'program.js');
    b.runProgram(loaded(bytesOf(source)));
    expect(b.agent.remainingFuel).toBe(a.agent.remainingFuel);
  });

  test('errors name the source and the place, and messages the callee', () => {
    const end = new Runtime().runProgram(loaded(bytesOf('function f() {\n  ({}).missing();\n}\nf();')));
    expect(end.kind).toBe('throw');
    const { message, stack } = new Runtime().describeError(end.kind === 'throw' ? end.value : undefined);
    expect(message).toBe('({}).missing is not a function');
    expect(stack).toContain('at f (program.js:2:8)');
    expect(stack).toContain('at program.js:4:1');
  });

  test('limits hold', () => {
    const program = loaded(bytesOf('for (;;);'));
    const end = new Runtime({ limits: { fuel: 1000 } }).runProgram(program);
    expect(end).toEqual({ kind: 'limit', limit: 'fuel' });
  });

  test('a tier that does not run bytecode says so', () => {
    const runtime = new Runtime({ tier: 'tree-walker' });
    expect(() => runtime.runProgram(loaded(bytesOf('1')))).toThrow(TypeError);
  });
});

describe('modules', () => {
  const files: Readonly<Record<string, string>> = {
    'lib.mjs': 'export let n = 1; export const bump = () => ++n; export default class Lib {}',
  };
  const host = {
    resolve: (specifier: string) => specifier.replace('./', ''),
    load: (name: string) => files[name] ?? '',
  };

  test('imports, exports, import.meta and top-level await work from bytes', () => {
    const source = `
      import Lib, { n, bump } from './lib.mjs';
      import * as ns from './lib.mjs';
      export { n as renamed, ns };
      export * from './lib.mjs';
      bump();
      globalThis.seen = [n, Lib.name, Object.keys(ns), import.meta.url, await 5];`;
    const program = loaded(bytesOf(source, 'module', 'main.mjs'));
    expect(program.goal).toBe('module');
    const runtime = new Runtime({ modules: host });
    const started = runtime.runProgram(program, 'elsewhere.mjs');
    runtime.runJobs();
    expect(started.kind === 'normal' && runtime.promiseState(started.value)).toEqual({
      state: 'fulfilled',
      result: undefined,
    });
    const seen = runtime.getProperty(runtime.realm.globalObject, 'seen');
    expect(seen.kind === 'normal' && inspect(seen.value)).toBe(
      "[ 2, 'Lib', [ 'bump', 'default', 'n' ], 'elsewhere.mjs', 5 ]",
    );
  });

  test('a module without await runs at once; one whose link fails rejects', () => {
    const runtime = new Runtime({ modules: host });
    const good = runtime.runProgram(loaded(bytesOf('globalThis.ran = true', 'module', 'a.mjs')));
    const bad = runtime.runProgram(loaded(bytesOf("import { missing } from './lib.mjs'", 'module', 'b.mjs')));
    runtime.runJobs();
    expect(good.kind === 'normal' && runtime.promiseState(good.value)?.state).toBe('fulfilled');
    expect(bad.kind === 'normal' && runtime.promiseState(bad.value)?.state).toBe('rejected');
  });
});

describe('what does not compile or load', () => {
  test('an early error is data', () => {
    const result = compileProgram('let let = 1', 'bad.js', 'script');
    expect(result).toMatchObject({ ok: false, error: { errorType: 'SyntaxError', line: 1 } });
  });

  test('a program that nests too deeply for the compiler is an error, too', () => {
    const result = compileProgram(`${'a ** '.repeat(1_300)}1`, 'deep.js', 'script');
    expect(result).toMatchObject({ ok: false, error: { errorType: 'RangeError' } });
  });

  test('code that the verifier refuses is not run, but can be looked at', () => {
    const compiled = compileProgram('f(1)', 'program.js', 'script');
    if (!compiled.ok) throw new Error(compiled.error.message);
    // The last operand of Return becomes the environment.
    const { code, environmentRegister } = compiled.program.unit;
    code[code.length - 1] = environmentRegister;
    const bytes = compiled.program.toBytes();
    const result = loadBytecode(bytes);
    expect(result).toMatchObject({ ok: false, error: { code: 'unverified' } });
    expect(!result.ok && result.error.message).toMatch(/^the code is refused: type: Return: .*environment/);
    const shown = inspectBytecode(bytes);
    expect(shown.ok && shown.text).toContain('src=env');
  });

  test('other bytes are refused with the code of what is wrong', () => {
    const bytes = bytesOf('1');
    bytes[bytes.length - 1] ^= 1;
    expect(loadBytecode(bytes)).toMatchObject({ ok: false, error: { code: 'digest' } });
    expect(inspectBytecode(bytes)).toMatchObject({ ok: false, error: { code: 'digest' } });
    sealBytecode(bytes);
    expect(loadBytecode(bytes)).toMatchObject({ ok: false, error: { code: 'malformed' } });
  });
});

test('the bytecode of a program is shown as text and as data', () => {
  const compiled = compileProgram('f(1, "two")', 'program.js', 'script');
  if (!compiled.ok) throw new Error(compiled.error.message);
  expect(compiled.program.disassemble()).toMatch(/^script: .*\n.* {2}DeclareGlobals /);
  expect(compiled.program.disassembleToData().callees).toEqual([{ pc: expect.any(Number), text: 'f' }]);
});
