// The file form of programs: what is written comes back the same, and bytes of any kind come to an end.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseModule, parseScript } from '../syntax/parse.ts';
import { SourceText } from '../syntax/source-text.ts';
import {
  BYTECODE_ERROR_CODES,
  type BytecodeErrorCode,
  decode,
  encode,
  isBytecode,
  KTBC_VERSION,
  sealDigest,
} from './codec.ts';
import { compileModule, compileScript } from './compiler/compile.ts';
import type { CodeUnit } from './unit.ts';

const HEADER_BYTES = 24;

function compiled(text: string, goal: 'script' | 'module' = 'script'): CodeUnit {
  const source = new SourceText('program.js', text);
  if (goal === 'module') {
    const parsed = parseModule(source);
    if (!parsed.ok) throw new Error(parsed.error.message);
    return compileModule(parsed.node);
  }
  const parsed = parseScript(source);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return compileScript(parsed.node);
}

function decoded(bytes: Uint8Array): CodeUnit {
  const result = decode(bytes);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.unit;
}

function errorOf(bytes: Uint8Array): BytecodeErrorCode | null {
  const result = decode(bytes);
  return result.ok ? null : result.error.code;
}

/** All that a unit is, as data that can be compared. */
function plain(unit: CodeUnit): unknown {
  const { functions, source, ...fields } = unit;
  return {
    ...fields,
    pending: null,
    source: [source.name, source.text],
    functions: functions.map((inner) => plain(inner.compiled())),
  };
}

/** Programs of the fuzzer: between them they use every opcode. */
const folder = new URL('../../fuzz/bytecode/seeds/', import.meta.url);
const PROGRAMS = readdirSync(folder)
  .filter((name) => /\.m?js$/.test(name))
  .map((name) => {
    const goal = name.endsWith('.mjs') ? ('module' as const) : ('script' as const);
    return { name, goal, text: readFileSync(new URL(name, folder), 'utf8') };
  });

describe('what is written comes back', () => {
  test.each(PROGRAMS)('$name', ({ text, goal }) => {
    const unit = compiled(text, goal);
    const bytes = encode(unit);
    const again = decoded(bytes);
    expect(plain(again)).toStrictEqual(plain(unit));
    expect(encode(again)).toEqual(bytes);
  });

  test('a file of the other byte order is read, and is the same program', () => {
    const unit = compiled('const f = (x) => x + 1.5; f("\u{1f600}");');
    const big = encode(unit, 'big');
    expect(big).not.toEqual(encode(unit));
    expect(plain(decoded(big))).toStrictEqual(plain(unit));
    expect(encode(decoded(big), 'big')).toEqual(big);
    expect(encode(decoded(big))).toEqual(encode(unit));
  });

  test('bytes that start anywhere in a buffer are read', () => {
    const bytes = encode(compiled('1'));
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    expect(encode(decoded(shifted))).toEqual(bytes);
  });

  test('numbers, bigints, holes and undefined keep what they are', () => {
    const text = `f([-0, NaN, 1e300, 5e-324, -1n, 0n, ${2n ** 200n}n, undefined, null]); tag\`a\\unicode\${1}b\`; -0; 4294967295;`;
    const unit = compiled(text);
    expect(plain(decoded(encode(unit)))).toStrictEqual(plain(unit));
    const template = decoded(encode(unit)).constants.find(
      (constant) => typeof constant === 'object' && constant?.constantKind === 'template',
    );
    expect(template).toMatchObject({ cooked: [undefined, 'b'], raw: ['a\\unicode', 'b'] });
  });

  test('strings of any code units do, in constants, names and the source text', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { maxLength: 20 }), (codeUnits) => {
        const text = String.fromCharCode(...codeUnits);
        const unit = compiled(`o = { [${JSON.stringify(text)}]: ${JSON.stringify(text)} }; /* */`);
        const comment = compiled(`1; //${text.replace(/[\n\r\u2028\u2029]/g, '')}`);
        expect(plain(decoded(encode(unit)))).toStrictEqual(plain(unit));
        expect(plain(decoded(encode(comment)))).toStrictEqual(plain(comment));
      }),
    );
  });

  test('programs put together of parts do', () => {
    const part = fc.constantFrom(
      'var a = (b, ...c) => { let d = b; return () => d + c.length; };',
      'class K extends Object { #x = 1; static { this.y = 2; } get z() { return this.#x; } }',
      'try { throw 1 } catch ({ e = 2 }) { var f = e } finally { f = 3 }',
      'function* g() { for (const x of [1, 2]) yield x; }',
      'async function h() { for await (const x of g()) await x; }',
      'label: for (let i = 0; i < 3; i++) { if (i) continue label; setTimeout(() => i); }',
      'switch (a) { case 1: { let q = 1; } default: }',
      'with ({}) eval("var v = 1");',
      'function m(p) { arguments[0] = 1; return p; }',
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.oneof(
            part,
            part.map((text) => `{ ${text} }`),
          ),
          { maxLength: 6 },
        ),
        (parts) => {
          const unit = compiled(`(function () { ${parts.join('\n')} });\n"end";`);
          const bytes = encode(unit);
          expect(plain(decoded(bytes))).toStrictEqual(plain(unit));
          expect(encode(decoded(bytes))).toEqual(bytes);
        },
      ),
      { numRuns: 60 },
    );
  });
});

// ---- Errors

const whole = encode(compiled('function f(a) { return a + 1; } f(1);'));

/** A copy with some bytes changed; with a digest that fits if `isSealed`. */
function changed(at: number, values: readonly number[], isSealed: boolean): Uint8Array {
  const bytes = whole.slice();
  bytes.set(values, at);
  if (isSealed) sealDigest(bytes);
  return bytes;
}

/** By code: bytes that have that error, and where it shows. */
const REFUSED: readonly (readonly [BytecodeErrorCode, name: string, bytes: Uint8Array, offset: number])[] = [
  ['not-bytecode', 'a source text', Uint8Array.from('print(1)', (c) => c.charCodeAt(0)), 0],
  ['not-bytecode', 'nothing', new Uint8Array(0), 0],
  ['not-bytecode', 'half of the magic', whole.slice(0, 3), 0],
  ['truncated', 'a header that is cut off', whole.slice(0, 10), 10],
  ['truncated', 'a file that is cut off', whole.slice(0, 100), 100],
  ['truncated', 'a file that lacks its last byte', whole.slice(0, -1), whole.length - 1],
  ['trailing', 'a file with more behind it', Uint8Array.of(...whole, 0), whole.length],
  ['version', 'a file of a later version', changed(4, [KTBC_VERSION + 1], true), 4],
  ['byte-order', 'a file of no byte order', changed(5, [3], true), 5],
  ['digest', 'a file with a changed byte', changed(60, [whole[60] ^ 1], false), 16],
  ['digest', 'a file with a changed digest', changed(16, [whole[16] ^ 1], false), 16],
  ['digest', 'a file with a changed header', changed(8, [whole[8] ^ 1], false), 16],
  ['opcodes', 'a file for other opcodes', changed(8, [whole[8] ^ 1], true), 8],
  ['malformed', 'a file with an unknown flag', changed(6, [2], true), 6],
  ['malformed', 'a script that says it is a module', changed(6, [1], true), -1],
  ['malformed', 'a name that is longer than the file', changed(24, [0xfe, 0xff, 0xff, 0xff], true), 24],
  ['malformed', 'content that is all ones', changed(40, new Array(200).fill(0xff), true), -1],
];

describe('errors', () => {
  test.each(REFUSED)('%s: %s', (code, _name, bytes, offset) => {
    const result = decode(bytes);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.error.code).toBe(code);
    if (offset !== -1) expect(result.error.offset).toBe(offset);
    expect(result.error.message).not.toBe('');
    expect(result.error.hint).not.toBe('');
  });

  test('every code has a case; that of the verifier is tested where it is loaded', () => {
    const tested = new Set<string>([...REFUSED.map(([code]) => code), 'unverified']);
    expect([...tested].sort()).toEqual([...BYTECODE_ERROR_CODES].sort());
  });

  test('the magic tells bytecode from everything else', () => {
    expect(isBytecode(whole)).toBe(true);
    expect(isBytecode(whole.subarray(0, 3))).toBe(false);
    expect(isBytecode(Uint8Array.from('KTBX', (c) => c.charCodeAt(0)))).toBe(false);
  });
});

// ---- Bytes of any kind

/** A header with content behind it, of the right length and digest. */
function withHeader(content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + content.length);
  bytes.set(whole.subarray(0, HEADER_BYTES));
  bytes.set(content, HEADER_BYTES);
  new DataView(bytes.buffer).setUint32(12, content.length, true);
  sealDigest(bytes);
  return bytes;
}

describe('the reader is total', () => {
  test('over bytes of any kind', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(errorOf(bytes)).not.toBeNull();
        expect(BYTECODE_ERROR_CODES).toContain(errorOf(withHeader(bytes)));
      }),
      { numRuns: 500 },
    );
  });

  test('over words of any kind, small ones above all', () => {
    const word = fc.oneof(fc.nat(8), fc.nat(64), fc.integer());
    fc.assert(
      fc.property(fc.array(word, { maxLength: 120 }), (words) => {
        const content = new Uint8Array(Int32Array.from(words).buffer);
        const result = decode(withHeader(content));
        // What is read can be written.
        if (result.ok) expect(encode(result.unit).length).toBeGreaterThan(HEADER_BYTES);
      }),
      { numRuns: 500 },
    );
  });

  test('over programs with a word changed', () => {
    const content = whole.slice(HEADER_BYTES);
    const words = content.length >> 2;
    fc.assert(
      fc.property(fc.nat(words - 1), fc.oneof(fc.nat(40), fc.integer()), (at, value) => {
        const bytes = content.slice();
        new DataView(bytes.buffer).setInt32(at * 4, value, true);
        const result = decode(withHeader(bytes));
        if (result.ok) expect(encode(result.unit).length).toBeGreaterThan(HEADER_BYTES);
        else expect(result.error.code).toBe('malformed');
      }),
      { numRuns: 1000 },
    );
  });

  test('and does not take the word of a length: every word set to the greatest', () => {
    const content = whole.slice(HEADER_BYTES);
    const before = process.memoryUsage().arrayBuffers;
    for (let at = 0; at < content.length; at += 4) {
      for (const value of [0x7fffffff, -1, 1 << 28]) {
        const bytes = content.slice();
        new DataView(bytes.buffer).setInt32(at, value, true);
        decode(withHeader(bytes));
      }
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000_000);
  });

  test('parameters cannot outnumber the characters of the source', () => {
    const unit = compiled('function f(a, b) {}');
    unit.functions[0].compiled().parameterCount = 60_000;
    expect(errorOf(encode(unit))).toBe('malformed');
  });

  test('functions nested too deeply are no program', () => {
    const root = compiled('function f() {}');
    const inner = root.functions[0].compiled();
    let outer = root;
    for (let i = 0; i < 1_100; i++) {
      const copy = Object.assign(Object.create(Object.getPrototypeOf(inner)) as CodeUnit, inner);
      outer.functions = [copy];
      outer = copy;
    }
    expect(errorOf(encode(root))).toBe('malformed');
  });
});
