// From an input that the tiers disagree about to a small program in corpora/regressions/ that still shows it.

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseFrontMatter } from '../ci/conformance/front-matter.ts';
import { includeNames } from '../ci/conformance/scenarios.ts';
import { readSource } from '../ci/conformance/suite.ts';
import { programAt } from '../fuzz/programs/program.ts';
import { type Difference, differenceKey } from './compare.ts';
import { GENERATED_FUEL, type Input, isWasm, type WasmFileInput, type WasmTextInput } from './protocol.ts';
import { reduce } from './reduce.ts';
import { reduceWasmDifference } from './reduce-wasm-difference.ts';
import { REGRESSIONS, writeRegression } from './regression-file.ts';
import { differenceBetween, type Session } from './session.ts';

export interface ReduceDifferenceOptions {
  readonly checkout: string;
  readonly suiteRoot: string | null;
  readonly maxMs: number;
  /** The command that found the difference. */
  readonly foundBy: string;
}

interface Program {
  readonly name: string;
  /** Where imports are resolved from. */
  readonly path: string;
  readonly source: string;
  readonly goal: 'script' | 'module';
}

const MOST_TRIES = 6000;
/** Longer programs have more candidates than there is time for. */
const LONGEST = 400_000;

/** Reduces and writes the file; gives what to tell the user. */
export async function reduceDifference(
  session: Session,
  input: Input,
  difference: Difference,
  { checkout, suiteRoot, maxMs, foundBy }: ReduceDifferenceOptions,
): Promise<string> {
  if (isWasm(input)) return reduceWasmDifference(session, input, difference, { checkout, maxMs, foundBy });
  const program = standaloneProgram(input, checkout, suiteRoot);
  if (program.source.length > LONGEST) return 'too long to be reduced';
  const endMs = Date.now() + maxMs;
  const key = differenceKey(difference);
  // Endless candidates are many: what the whole program needs, its parts need at most, give or take.
  const fuel = Math.max(GENERATED_FUEL, 20 * Math.max(difference.left.fuel, difference.right.fuel));
  const timeoutMs = Math.min(maxMs, 10_000);
  const differenceIn = (source: string, path: string): Promise<Difference | null> =>
    differenceBetween(
      session,
      difference,
      { kind: 'text', path, source, goal: program.goal },
      fuel,
      timeoutMs,
    );
  const holds = async (source: string): Promise<boolean> => {
    const found = await differenceIn(source, program.path);
    return found !== null && differenceKey(found) === key;
  };
  if (!(await holds(program.source))) return 'does not show as a program of its own, so it is not reduced';
  const { source, tries, isMinimal } = await reduce(program.source, holds, {
    goal: program.goal,
    maxTries: MOST_TRIES,
    isOver: () => Date.now() > endMs,
  });
  const shown = await differenceIn(source, `${REGRESSIONS}/${program.name}.js`);
  if (shown === null) return `shows in its own folder only:\n${source}`;
  const path = writeRegression(checkout, {
    name: program.name,
    goal: program.goal,
    source,
    difference: shown,
    foundBy,
  });
  const bound = isMinimal ? '' : ', which a bound ended';
  return `reduced from ${program.source.length} to ${source.length} characters in ${tries} tries${bound}: ${path}\n${source}`;
}

/** The input as one text that needs no harness. */
function standaloneProgram(
  input: Exclude<Input, WasmFileInput | WasmTextInput>,
  checkout: string,
  suiteRoot: string | null,
): Program {
  switch (input.kind) {
    case 'file': {
      const source = readFileSync(join(checkout, input.path), 'utf8');
      return { name: plainName(input.path), path: input.path, source, goal: input.goal };
    }
    case 'text':
      return { name: plainName(input.path), path: input.path, source: input.source, goal: input.goal };
    case 'generated': {
      const { source, goal } = programAt(input.seed, input.index);
      const name = `generated-${input.seed}-${input.index}`;
      return { name, path: `${REGRESSIONS}/${name}.js`, source, goal };
    }
    case 'test262': {
      const root = suiteRoot as string;
      const test = readSource(root, input.path);
      const includes = includeNames(parseFrontMatter(test)).map((name) =>
        readSource(root, join('harness', name)),
      );
      const head = input.mode === 'strict' ? '"use strict";\n' : '';
      return {
        name: `test262-${plainName(input.path)}`,
        path: `${REGRESSIONS}/${plainName(input.path)}.js`,
        source: head + [...includes, test].join('\n'),
        goal: input.mode === 'module' ? 'module' : 'script',
      };
    }
  }
}

function plainName(path: string): string {
  return basename(path).replace(/\.m?js$/, '');
}
