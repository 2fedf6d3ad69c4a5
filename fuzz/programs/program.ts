// Random programs: valid, terminating, deterministic, and saying much of what they do. A program is a function of
// seed and index alone, so that any of them can be made again.
import * as fc from 'fast-check';
import { Choices } from './choices.ts';
import { makeClassExpression } from './classes.ts';
import { Context, type Grammar, type Place } from './context.ts';
import { makeExpression } from './expressions.ts';
import { makeArrow, makeFunctionExpression, makeImmediateCall } from './functions.ts';
import { preludeText } from './prelude.ts';
import { makeBlock, makeStatements } from './statements.ts';

export interface GeneratedProgram {
  readonly source: string;
  readonly goal: 'script' | 'module';
}

const GRAMMAR: Grammar = {
  expression: makeExpression,
  arrow: makeArrow,
  functionExpression: makeFunctionExpression,
  immediateCall: makeImmediateCall,
  classExpression: makeClassExpression,
  block: makeBlock,
  statements: makeStatements,
};

/** Parts of a program, about: statements and inner expressions. */
const SMALLEST = 60;
const LARGEST = 260;

class ProgramArbitrary extends fc.Arbitrary<GeneratedProgram> {
  override generate(random: fc.Random): fc.Value<GeneratedProgram> {
    return new fc.Value(generateProgram(new Choices(random)), undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is GeneratedProgram {
    return false;
  }

  /** Programs are reduced by their syntax trees (differential/reduce.ts), which knows what may be left out. */
  override shrink(): fc.Stream<fc.Value<GeneratedProgram>> {
    return fc.Stream.nil();
  }
}

/** Programs as an arbitrary of fast-check. */
export function programs(): fc.Arbitrary<GeneratedProgram> {
  return new ProgramArbitrary();
}

/** The program of that number in the sequence of a seed. */
export function programAt(seed: number, index: number): GeneratedProgram {
  return fc.sample(programs(), { seed: mix(seed, index), numRuns: 1 })[0];
}

function generateProgram(choices: Choices): GeneratedProgram {
  const kind = choices.weighted([
    [50, 'sloppy'],
    [30, 'strict'],
    [20, 'module'],
  ]);
  const place: Place = {
    isStrict: kind !== 'sloppy',
    canAwait: kind === 'module',
    canYield: false,
    canReturn: false,
    hasSuper: false,
    hasArguments: false,
    hasNewTarget: false,
    privateNames: [],
    labels: [],
    isInLoop: false,
    isInSwitch: false,
    depth: 0,
  };
  const c = new Context(choices, GRAMMAR, place, choices.int(SMALLEST, LARGEST));
  const lines: string[] = [];
  while (c.budget > 0) lines.push(...makeStatements(c, 1));
  const names = c.declaredHere.filter(({ callable }) => callable === null).map(({ name }) => name);
  if (names.length > 0) lines.push(`log(${names.join(', ')});`);
  const head = kind === 'strict' ? `'use strict';\n` : '';
  const source = `${head}${preludeText(c.helpers)}\n${lines.join('\n')}\n`;
  return { source: indented(source), goal: kind === 'module' ? 'module' : 'script' };
}

/** The text with its lines indented by the brackets that are open: no literal of ours spans lines. */
function indented(source: string): string {
  let level = 0;
  return source
    .split('\n')
    .map((line) => {
      const text = line.trim();
      const closes = /^[\])}]+/.exec(text)?.[0].length ?? 0;
      const own = Math.max(0, level - (closes > 0 ? 1 : 0));
      const bare = text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '');
      level += bare.split(/[[({]/).length - bare.split(/[\])}]/).length;
      return '  '.repeat(own) + text;
    })
    .join('\n');
}

/** 31 bits that differ much for neighbours of either number. */
function mix(seed: number, index: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) & 0x7fffffff;
}
