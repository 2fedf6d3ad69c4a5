import { expect, test } from 'vitest';
import { KIND_ExpressionStatement } from '../../syntax/ast.gen.ts';
import { parseScript } from '../../syntax/parse.ts';
import { SourceText } from '../../syntax/source-text.ts';
import { disassemble } from '../disassemble.ts';
import { verify } from '../verify.ts';
import { compileScript } from './compile.ts';
import { type ConstantValue, constantOf } from './constant-folding.ts';

function parse(text: string) {
  const parsed = parseScript(new SourceText('program.js', text));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.node;
}

/** The value that the expression is folded to, in a list; null if it is not. */
function folded(text: string): [ConstantValue] | null {
  const [statement] = parse(`(${text});`).body;
  if (statement.kind !== KIND_ExpressionStatement) throw new Error('no expression');
  const constant = constantOf(statement.expression);
  return constant === null ? null : [constant.value];
}

const foldedRows: readonly [text: string, value: ConstantValue][] = [
  ['1 + 2 * 3', 7],
  ["'a' + 1 + null + true", 'a1nulltrue'],
  ['-0', -0],
  ['0 / 0', Number.NaN],
  ['-(2 ** 31) >>> 0', 2 ** 31],
  ['2n ** 10n - 1n', 1023n],
  ['1n << 63n', 2n ** 63n],
  ["'b' > 'a' && 1 < 2", true],
  ["'10' == 10 && 1n == '1'", true],
  ['typeof 1n', 'bigint'],
  ['typeof null', 'object'],
  ['void 0', undefined],
  ["!''", true],
  ['null ?? (0 || 5)', 5],
  ['0 && f()', 0],
  ['1 || f() || g()', 1],
  ['true ? 1 : f()', 1],
  ['`${1}-${2n}-${null}`', '1-2-null'],
  ['``', ''],
  ['(1, 2)', 2],
  [`'${'x'.repeat(200)}' + '${'y'.repeat(55)}'`, 'x'.repeat(200) + 'y'.repeat(55)],
  [`+'${'1'.repeat(64)}'`, Number('1'.repeat(64))],
];
for (const [text, value] of foldedRows)
  test(`${text.slice(0, 40)} is known while compiling`, () => expect(folded(text)).toEqual([value]));

const keptRows: readonly [why: string, text: string][] = [
  ['a variable', 'x + 1'],
  ['a call', '(f(), 1)'],
  ['a mix of BigInt and Number', '1n + 1'],
  ['a division by 0n', '1n / 0n'],
  ['a negative exponent', '2n ** -1n'],
  ['an unsigned shift of BigInts', '1n >>> 0n'],
  ['a BigInt made a Number', '+1n'],
  ['a part that throws', 'typeof (1n * 1)'],
  ['a long shift', '0n << 65n'],
  ['a shift the other way', '1n >> -65n'],
  ['a huge shift', '1n << 1000000000n'],
  ['a BigInt beyond 64 bits', '2n ** 64n'],
  ['an operand beyond 64 bits', '18446744073709551616n - 18446744073709551616n'],
  ['a long text', `'${'x'.repeat(200)}' + '${'y'.repeat(56)}'`],
  ['a long template', `\`\${'${'x'.repeat(200)}'}${'y'.repeat(56)}\``],
  ['a long text of digits', `+'${'1'.repeat(65)}'`],
  ['a power that hosts may round', '2 ** 0.3'],
  ['an operator on objects', "'a' in 1"],
];
for (const [why, text] of keptRows)
  test(`${why} is left to run: ${text.slice(0, 40)}`, () => expect(folded(text)).toBeNull());

test('long chains fold without nesting', () => {
  expect(folded('1 + '.repeat(20_000).concat('1'))).toEqual([20_001]);
  expect(folded(`${'0 || '.repeat(20_000)}1`)).toEqual([1]);
});

test('nesting is looked into so far and no further, and compiles', () => {
  const nested = (depth: number): string => `${'1 + ('.repeat(depth)}1${')'.repeat(depth)}`;
  expect(folded(nested(30))).toEqual([31]);
  expect(folded(nested(40))).toBeNull();
  for (const depth of [30, 31, 32, 33, 34, 64, 65, 100]) {
    const unit = compileScript(
      parse(`f(${nested(depth)}, ${nested(depth)} || x, x || ${nested(depth)} + x);`),
    );
    expect(verify(unit)).toEqual([]);
  }
});

/** The instructions of a function with this body, without the return at its end. */
function codeOf(body: string): string[] {
  const [, text] = disassemble(compileScript(parse(`function f(a, b) { ${body} }`))).split(/^function F0 /m);
  return text
    .split('\n')
    .filter((line) => /^[> ]*\d/.test(line))
    .map((line) => line.replace(/^[> ]*\d+ +| *;.*/g, '').replace(/ +/g, ' '))
    .slice(0, -1);
}

const codeRows: readonly [body: string, code: readonly string[]][] = [
  ['return 1 + 2;', ['Return src=3']],
  ['return 1n + 2n;', ['LoadConst dst=r5 const=3n', 'Return src=r5']],
  ['return -0;', ['LoadConst dst=r5 const=-0', 'Return src=r5']],
  [
    'return 1 + 2 + a + 3;',
    ['Add dst=r6 left=3 right=r0 ic=#0', 'Add dst=r5 left=r6 right=3 ic=#1', 'Return src=r5'],
  ],
  [
    'return 1n + 2n - a;',
    ['LoadConst dst=r6 const=3n', 'Subtract dst=r5 left=r6 right=r0 ic=#0', 'Return src=r5'],
  ],
  [
    'return 1n / 0n;',
    [
      'LoadConst dst=r6 const=1n',
      'LoadConst dst=r7 const=0n',
      'Divide dst=r5 left=r6 right=r7 ic=#0',
      'Return src=r5',
    ],
  ],
  [
    'return `${1}${a}${2 + 3}`;',
    [
      'Move dst=r6 src="1"',
      'ToString dst=r7 src=r0',
      'Concat dst=r6 left=r6 right=r7',
      'Concat dst=r6 left=r6 right="5"',
      'Move dst=r5 src=r6',
      'Return src=r5',
    ],
  ],
  ['if (1 < 2) a(); else b();', ['Call dst=r5 callee=r0 this=undefined args=r6… count=0 ic=#0']],
  ['if (!1) a();', []],
  ['return 0 || (1 && a);', ['Move dst=r5 src=r0', 'Return src=r5']],
  ['return true ? a : b;', ['Move dst=r5 src=r0', 'Return src=r5']],
  [
    "while (typeof 1 === 'number') a();",
    ['Call dst=r5 callee=r0 this=undefined args=r6… count=0 ic=#0', 'Loop jump=@0'],
  ],
  [
    'if (a && !0) b();',
    ['JumpIfFalse src=r0 jump=@10', 'Call dst=r5 callee=r1 this=undefined args=r6… count=0 ic=#0'],
  ],
  ['1 + 2; typeof 3;', []],
];
for (const [body, code] of codeRows)
  test(`${body} becomes ${code.length} instructions`, () => expect(codeOf(body)).toEqual(code));
