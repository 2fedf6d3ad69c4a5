// Delta debugging: the smallest program that can be found near a given one for which a property still holds. Greedy over
// the candidates of candidates.ts until none is taken, within bounds of number and time.

import { parseModule, parseScript, SourceText, tokenize } from '../engine/engine.ts';
import { applyEdit, candidates } from './candidates.ts';

export interface ReduceOptions {
  readonly goal: 'script' | 'module';
  /** Candidates that may be tried. */
  readonly maxTries: number;
  /** Asked before every try; true ends the reduction with what it has. */
  readonly isOver: () => boolean;
}

export interface Reduction {
  readonly source: string;
  readonly tries: number;
  /** False when a bound ended it: the program may be smaller still. */
  readonly isMinimal: boolean;
}

/** Reduces `source`, for which `holds` is true. `holds` must not change its mind. */
export async function reduce(
  source: string,
  holds: (candidate: string) => Promise<boolean> | boolean,
  { goal, maxTries, isOver }: ReduceOptions,
): Promise<Reduction> {
  const seen = new Set<string>([source]);
  let best = source;
  let tries = 0;
  const attempt = async (candidate: string): Promise<boolean> => {
    if (candidate.length > best.length || seen.has(candidate)) return false;
    seen.add(candidate);
    if (!parses(candidate, goal)) return false;
    tries++;
    if (!(await holds(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let before = ''; before !== best; ) {
    before = best;
    await attempt(tidy(best));
    let edits = editsOf(best, goal);
    for (let at = 0; at < edits.length; ) {
      if (tries >= maxTries || isOver()) return { source: best, tries, isMinimal: false };
      // What follows a taken edit moves up to its place.
      if (await attempt(applyEdit(best, edits[at]))) edits = editsOf(best, goal);
      else at++;
    }
  }
  return { source: best, tries, isMinimal: true };
}

function editsOf(source: string, goal: 'script' | 'module') {
  const text = new SourceText('reduced', source);
  const parsed = goal === 'module' ? parseModule(text) : parseScript(text);
  return parsed.ok ? candidates(parsed.node, source) : [];
}

function parses(source: string, goal: 'script' | 'module'): boolean {
  const text = new SourceText('reduced', source);
  return (goal === 'module' ? parseModule(text) : parseScript(text)).ok;
}

/** Without comments (but those that the harness reads), empty lines and indentation. */
function tidy(source: string): string {
  let text = '';
  let end = 0;
  for (const token of tokenize(source)) {
    if (token.category !== 'comment') continue;
    if (source.startsWith('// script: ', token.start)) continue;
    text += `${source.slice(end, token.start)} `;
    end = token.end;
  }
  const lines = (text + source.slice(end)).split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && line !== ';').join('\n');
}
