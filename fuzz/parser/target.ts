// The parser as a target: texts in every goal, then what stands right behind it: tokens, scope analysis, bytecode. Whatever the text
// is, the answer is a tree or one error record, both with positions that make sense, and the same the next time.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  analyzeScopes,
  compileProgram,
  type DynamicFunctionKind,
  loadBytecode,
  type ParseResult,
  parseDynamicFunction,
  parseEval,
  parseModule,
  parseScript,
  SourceText,
  type Token,
} from '../../engine/engine.ts';
import type { FunctionExpression, Node, Script } from '../../engine/syntax/ast.gen.ts';
import { textOf } from '../grammar.ts';
import { programs } from '../programs/program.ts';
import { Finding, type Target } from '../target.ts';
import {
  anyUnits,
  bytesOfTape,
  bytesOfText,
  edited,
  edits,
  inputsOf,
  nearlyValid,
  soupOf,
  tapes,
  textFromBytes,
} from '../texts.ts';
import { checkError, checkTokens, checkTree, parseTwice, printedApart, shapeOf } from './check.ts';
import { NESTING, PLAIN_PROGRAM, PROGRAM, TOKENS } from './grammar.ts';
import { checkAgainstHost, hostErrorOfFunction, hostErrorOfScript } from './host.ts';

const GOALS = ['script', 'strict', 'module', 'eval', 'function'] as const;
type Goal = (typeof GOALS)[number];

export interface ParserInput {
  readonly goal: Goal;
  readonly text: string;
  /** Of a function: its parameters. */
  readonly parameters: string;
  /** Of an eval, what is around it, a bit each; of a function, its kind. */
  readonly context: number;
}

const FUNCTION_KINDS: readonly DynamicFunctionKind[] = ['normal', 'generator', 'async', 'asyncGenerator'];

/** Longer texts are not printed apart, which takes several parses. */
const MAX_PRINTED = 4_000;

const NAME = 'input.js';

function parse({ goal, text, parameters, context }: ParserInput): ParseResult<Node> {
  switch (goal) {
    case 'script':
      return parseScript(new SourceText(NAME, text));
    case 'strict':
      return parseScript(new SourceText(NAME, text), { strict: true });
    case 'module':
      return parseModule(new SourceText(NAME, text));
    case 'eval':
      return parseEval(new SourceText(NAME, text), {
        strict: (context & 1) !== 0,
        inFunction: (context & 2) !== 0,
        inMethod: (context & 4) !== 0,
        inDerivedConstructor: (context & 8) !== 0,
        inClassFieldInitializer: (context & 16) !== 0,
        privateNames: (context & 32) !== 0 ? ['a', 'b'] : null,
      });
    case 'function':
      return parseDynamicFunction(FUNCTION_KINDS[context & 3], parameters, text, NAME);
  }
}

function run(input: ParserInput): string {
  const { goal, text } = input;
  const tokens = checkTokens(text, goal === 'module');
  const result = parseTwice(() => parse(input));
  const known = hostDiffers(input, result);
  const outcome = result.ok ? checkRead(input, result.node, tokens) : 'refused';
  // The text of a function's error is one of its parts, or both put together.
  if (!result.ok && goal !== 'function') checkError(result.error, text);
  return `${goal}: ${outcome}${known === null ? '' : `; the host differs: ${known}`}`;
}

/** What must hold of a tree, and of what is made of it. */
function checkRead(input: ParserInput, root: Node, tokens: readonly Token[]): string {
  const { goal, text } = input;
  if (goal === 'function') {
    checkTree(root, (root as FunctionExpression).info.source.text);
    return 'read';
  }
  checkTree(root, text);
  analyzeScopes(root as Script);
  if ((goal === 'script' || goal === 'module') && !compiles(text, goal)) return 'read, too deep to compile';
  if (text.length > MAX_PRINTED) return 'read';
  const printed = printedApart(text, tokens, root);
  if (printed === null) return 'read, but slashes guessed otherwise';
  const again = parse({ ...input, text: printed });
  if (!again.ok)
    throw new Finding(`printed apart it is refused, ${again.error.message}: ${JSON.stringify(printed)}`);
  if (shapeOf(again.node) !== shapeOf(root))
    throw new Finding(`printed apart it is another tree: ${JSON.stringify(printed)}`);
  return 'read';
}

/** Asks the host where it can say without running anything; null if it agrees. */
function hostDiffers(
  { goal, text, parameters, context }: ParserInput,
  result: ParseResult<Node>,
): string | null {
  if (goal === 'script') return checkAgainstHost(result, text, hostErrorOfScript(text));
  if (goal !== 'function') return null;
  const error = hostErrorOfFunction(FUNCTION_KINDS[context & 3], parameters, text);
  return checkAgainstHost(result, `${parameters}\n${text}`, error);
}

/** What is read can be compiled unless it nests too deeply, and the verifier takes what the compiler makes. */
function compiles(text: string, goal: 'script' | 'module'): boolean {
  const compiled = compileProgram(text, NAME, goal);
  if (!compiled.ok) {
    if (compiled.error.code === 'NestedTooDeeply') return false;
    throw new Finding(`what parses does not compile: ${compiled.error.message}`);
  }
  const loaded = loadBytecode(compiled.program.toBytes());
  if (!loaded.ok) throw new Finding(`bytecode of our own is refused: ${loaded.error.message}`);
  return true;
}

const goal: fc.Arbitrary<Goal> = fc.constantFrom(
  'script',
  'script',
  'script',
  'strict',
  'module',
  'module',
  'eval',
  'function',
);

/** Some lines of a generated program. */
const programLines = fc
  .tuple(programs(), fc.nat(1000), fc.integer({ min: 1, max: 40 }))
  .map(([{ source }, at, count]) => {
    const lines = source.split('\n');
    const from = at % lines.length;
    return lines.slice(from, from + count).join('\n');
  });

const nested = fc
  .tuple(
    fc.array(fc.constantFrom(...NESTING), { minLength: 1, maxLength: 3 }),
    fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 60 }) }, fc.integer({ min: 100, max: 3000 })),
    fc.nat(9),
  )
  .map(([forms, count, missing]) => {
    const opens = forms.map(([open]) => open).join('');
    const closes = forms
      .map(([, , close]) => close)
      .reverse()
      .join('');
    const left = missing === 0 ? count >> 1 : count;
    return opens.repeat(count) + forms[forms.length - 1][1] + closes.repeat(left);
  });

const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 7, arbitrary: nearlyValid(PROGRAM, 'Program', TOKENS) },
  { weight: 5, arbitrary: nearlyValid(PLAIN_PROGRAM, 'Program', TOKENS) },
  { weight: 5, arbitrary: tapes.map((tape) => textOf(PLAIN_PROGRAM, 'Program', tape)) },
  { weight: 2, arbitrary: fc.tuple(programLines, edits).map(([lines, list]) => edited(lines, list, TOKENS)) },
  { weight: 3, arbitrary: soupOf(TOKENS, 14) },
  { weight: 2, arbitrary: nested },
  { weight: 1, arbitrary: anyUnits },
);

const inputs: fc.Arbitrary<ParserInput> = fc.record({
  goal,
  text,
  parameters: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, nearlyValid(PROGRAM, 'Ps', TOKENS)),
  context: fc.nat(63),
});

/** How many texts of the grammar the coverage-guided fuzzer begins with. */
const TAPES_IN_CORPUS = 60;

export function makeTarget(seedFolder: string): Target<ParserInput> {
  return {
    name: 'parser',
    covers: ['syntax/'],
    inputAt: inputsOf(inputs),
    run,
    fromBytes(bytes) {
      // The upper bits of the first byte: the goal, and whether a function's parameters stand before the first `;`.
      const high = (bytes[0] ?? 0) >> 2;
      const goal = GOALS[high % GOALS.length];
      const text = textFromBytes(bytes, PROGRAM, 'Program');
      if (goal !== 'function') return { goal, text, parameters: '', context: high };
      const at = text.indexOf(';');
      return { goal, text: text.slice(at + 1), parameters: text.slice(0, Math.max(0, at)), context: high };
    },
    seedBytes() {
      // The programs of the bytecode fuzzer have every construct.
      const folder = join(seedFolder, '../../bytecode/seeds');
      const files = readdirSync(folder).map((name) =>
        bytesOfText(
          readFileSync(join(folder, name), 'utf8'),
          GOALS.indexOf(name.endsWith('.mjs') ? 'module' : 'script'),
        ),
      );
      const made = fc.sample(tapes, { seed: 1, numRuns: TAPES_IN_CORPUS });
      return [...files, ...made.map((tape, i) => bytesOfTape(tape, i % GOALS.length))];
    },
  };
}
