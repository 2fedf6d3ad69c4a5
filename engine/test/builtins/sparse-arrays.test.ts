// Array algorithms on array-likes that are mostly holes: they end soon, and give what going through every index would.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Runtime } from '../../engine.ts';

/** What a script gives within a budget that going through every index would exceed. */
function run(source: string): unknown {
  const completion = new Runtime({ limits: { fuel: 200_000 } }).runScript(source, 'sparse.js');
  return completion.kind === 'normal' ? completion.value : completion.kind;
}

const setUp = `
  const big = 2 ** 53 - 1;
  const o = () => ({ length: big, 5: 'a', 1e9: 'b', [2 ** 40]: 'c', [big - 1]: 'z' });
  const a = () => { const list = []; list[7] = 'p'; list[1e6] = 'q'; list[4e9] = 'r'; return list; };
  const A = Array.prototype;
  const show = (x) => Object.keys(x).filter((k) => k !== 'length').map((k) => k + x[k]).join() + ':' + x.length;`;

describe('mostly holes', () => {
  test.each([
    ["A.indexOf.call(o(), 'z')", 2 ** 53 - 2],
    ["A.lastIndexOf.call(o(), 'a')", 5],
    ["A.includes.call(o(), 'c')", true],
    ["A.includes.call(o(), 'q')", false],
    ["A.filter.call(o(), () => true).join('')", 'abcz'],
    ['A.reduceRight.call(o(), (x, y) => x + y)', 'zcba'],
    ["A.reduce.call(o(), (x, y) => x + y, '')", 'abcz'],
    ["let s = ''; A.forEach.call(o(), (x, k) => { s += x + k % 7; }); s", 'a5b6c2z2'],
    ["A.some.call(o(), (x) => x === 'z')", true],
    ["A.every.call(o(), (x) => x !== 'z')", false],
    ["A.flat.call(o()).join('')", 'abcz'],
    [
      'const x = o(); A.reverse.call(x); show(x)',
      '0z,9007199254740985a,9007198254740990b,9006099743113214c:9007199254740991',
    ],
    [
      'const x = o(); A.shift.call(x); show(x)',
      '4a,999999999b,1099511627775c,9007199254740989z:9007199254740990',
    ],
    [
      "const x = o(); A.splice.call(x, 2, 3, 'n'); show(x)",
      '2n,3a,999999998b,1099511627774c,9007199254740988z:9007199254740989',
    ],
    [
      "const x = o(); x.length -= 2; A.unshift.call(x, 'n'); show(x)",
      '0n,6a,1000000001b,9007199254740990z,1099511627777c:9007199254740990',
    ],
    ['const x = a(); x.sort(); show(x)', '0p,1q,2r:4000000001'],
    ["a().indexOf('r')", 4e9],
    ['show(a().map((x) => x + x))', '7pp,1000000qq,4000000000rr:4000000001'],
    ["show(a().concat(['n']))", '7p,1000000q,4000000000r,4000000001n:4000000002'],
    ["a().join('')", 'pqr'],
    ['show(a().copyWithin(0, 3999999999))', '1r,7p,1000000q,4000000000r:4000000001'],
    ['show(a().slice(-2))', '1r:2'],
    // An index that a callback adds is seen if it comes later, as is one that it removes.
    [
      "const x = a(); let s = ''; x.forEach((v, k) => { s += v; if (k === 7) { x[3e9] = 'new'; delete x[1e6]; } }); s",
      'pnewr',
    ],
    // Inherited elements count.
    [
      "Object.prototype[2e9] = 'i'; const s = a().reduce((x, y) => x + y); delete Object.prototype[2e9]; s",
      'pqir',
    ],
  ])('%s', (source, expected) => {
    expect(run(`${setUp} ${source}`)).toBe(expected);
  });

  test('proxies see every index, and no more than before', () => {
    const source = (call: string): string => `
      const log = [];
      const p = new Proxy({ length: 40 }, {
        has(t, k) { log.push('has' + k); return k in t; },
        get(t, k) { log.push('get' + String(k)); return t[k]; },
        deleteProperty(t, k) { log.push('delete' + k); return delete t[k]; },
      });
      ${call}; log.filter((entry) => /^has/.test(entry)).length + ',' + log.filter((entry) => /^delete/.test(entry)).length`;
    expect(run(source('Array.prototype.includes.call(p, 1)'))).toBe('0,0');
    expect(run(source('Array.prototype.join.call(p)'))).toBe('0,0');
    expect(run(source('Array.prototype.indexOf.call(p, 1)'))).toBe('40,0');
    expect(run(source('Array.prototype.splice.call(p, 0, 10)'))).toBe('40,40');
  });

  test('a sparse array gives what a dense one with the same holes gives', () => {
    const operations = [
      'x.indexOf(v)',
      'x.lastIndexOf(v)',
      'x.includes(v)',
      'x.includes(undefined)',
      'x.join("-")',
      'x.reverse()',
      'x.sort()',
      'x.shift()',
      'x.unshift(v, v)',
      'x.splice(m, n)',
      'x.splice(m, n, v, v, v)',
      'x.copyWithin(m, n)',
      'x.copyWithin(n, m, m + 90)',
      'x.slice(m, -n)',
      'x.concat(x)',
      'x.flat()',
      'x.map((y) => y + 1)',
      'x.filter((y) => y > 1)',
      'x.reduce((y, z) => y + z, 0)',
      'x.reduceRight((y, z) => y * 3 + z, 0)',
    ];
    const runtime = new Runtime();
    const check = runtime.runScript(
      `(indices, length, operation, v, m, n) => {
        const fill = (x) => { for (const k of indices) x[k] = k % 5; return x; };
        const dense = fill(Array.from({ length }).fill(0)); for (let k = 0; k < length; k++) if (!indices.includes(k)) delete dense[k];
        const sparse = []; Object.defineProperty(sparse, 0, { value: 1, configurable: true, enumerable: false, writable: true });
        delete sparse[0]; fill(sparse); sparse.length = length;
        const f = new Function('x', 'v', 'm', 'n', 'const r = ' + operation + '; return JSON.stringify([r, x, Object.keys(x).join(), x.length, Array.isArray(r) ? Object.keys(r).join() : 0])');
        const a = f(dense, v, m, n), b = f(sparse, v, m, n);
        return a === b ? '' : operation + ' ' + a + ' ' + b;
      }`,
      'check.js',
    );
    if (check.kind !== 'normal') throw new Error(check.kind);
    const list = (values: readonly number[]): unknown => {
      const made = runtime.runScript(`[${values.join()}]`, 'list.js');
      return made.kind === 'normal' ? made.value : null;
    };
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(199), { maxLength: 12 }),
        fc.constantFrom(...operations),
        fc.nat(5),
        fc.nat(199),
        fc.nat(199),
        (indices, operation, v, m, n) => {
          const args = [list(indices), 200, operation, v, m, n];
          const end = runtime.call(check.value, undefined, args as never);
          expect(end).toEqual({ kind: 'normal', value: '' });
        },
      ),
      { numRuns: 400 },
    );
  });
});
