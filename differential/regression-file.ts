// A reduced program as a file of corpora/regressions/: comments that say what differed and how to see it again, then
// the program. `// expect: LINE` comments, written by whoever repairs the defect, say what it prints.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Difference } from './compare.ts';

export const REGRESSIONS = 'corpora/regressions';

const ENDINGS = { script: '.js', module: '.mjs', 'wasm-script': '.wast', 'wasm-module': '.wat' } as const;

export interface Regression {
  /** Name of the file without folder and ending. */
  readonly name: string;
  readonly goal: keyof typeof ENDINGS;
  readonly source: string;
  readonly difference: Difference;
  /** The command that came upon it. */
  readonly foundBy: string;
}

/** Writes the file; gives its path from the top of the checkout. */
export function writeRegression(checkout: string, regression: Regression): string {
  mkdirSync(join(checkout, REGRESSIONS), { recursive: true });
  const ending = ENDINGS[regression.goal];
  let path = `${REGRESSIONS}/${regression.name}${ending}`;
  for (let number = 2; existsSync(join(checkout, path)); number++) {
    path = `${REGRESSIONS}/${regression.name}-${number}${ending}`;
  }
  writeFileSync(join(checkout, path), regressionText(regression, path));
  return path;
}

/** The file's text. */
export function regressionText({ difference, foundBy, source }: Regression, path: string): string {
  const mark = path.endsWith('js') ? '//' : ';;';
  const { kind, leftTier, rightTier, leftText, rightText } = difference;
  return [
    `${mark} Differed in its ${kind}:`,
    `${mark}   ${leftTier}: ${leftText}`,
    `${mark}   ${rightTier}: ${rightText}`,
    `${mark} Found by: ${foundBy}`,
    `${mark} Replay: npm run differential -- ${path}`,
    '',
    source.trim(),
    '',
  ].join('\n');
}

/** The lines that a program says it prints, or null if it does not say. */
export function expectedLines(source: string): string[] | null {
  const lines = [...source.matchAll(/^\/\/ expect: ?(.*)$/gm)].map((match) => match[1]);
  return lines.length === 0 ? null : lines;
}
