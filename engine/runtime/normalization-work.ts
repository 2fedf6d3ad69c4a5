// Normalizing and collating strings of any length. Hosts sort each run of combining marks in time proportional to the
// square of its length, and nothing stops them; a text with long runs is therefore given to them with its marks in order,
// which takes linear time. Combining classes are the host's, told from how it orders pairs of marks.

import { type CodePointSet, setContains } from '../unicode/code-point-set.ts';
import { codePointsOfCategory } from '../unicode/properties.ts';
import type { Agent } from './agent.ts';
import { appendToList } from './list.ts';
import { StringBuilder } from './string-builder.ts';

/** No character below is a combining mark. */
const FIRST_COMBINING_MARK = 0x300;
const SHORT_RUN = 64;

let marks: CodePointSet | null = null;

export type NormalizationForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/** The normalized text, charged but for its length. */
export function normalize(agent: Agent, text: string, form: NormalizationForm): string {
  agent.chargeFuel(text.length >> 2);
  if (!hasLongRun(text)) return text.normalize(form);
  const ordered = decompose(agent, text, form === 'NFKC' || form === 'NFKD' ? 'NFKD' : 'NFD');
  return form === 'NFD' || form === 'NFKD' ? ordered : ordered.normalize(form);
}

/** A text that hosts collate in linear time like `text`, charged. */
export function collatable(agent: Agent, text: string): string {
  agent.chargeFuel(text.length >> 2);
  return hasLongRun(text) ? decompose(agent, text, 'NFD') : text;
}

function hasLongRun(text: string): boolean {
  if (text.length < SHORT_RUN) return false;
  let run = 0;
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k);
    if (unit < FIRST_COMBINING_MARK || !isMark(text, k, unit)) run = 0;
    else if (++run > SHORT_RUN) return true;
  }
  return false;
}

/** The decomposition: the host's of short pieces, with the marks across pieces put in order here. */
function decompose(agent: Agent, text: string, form: 'NFD' | 'NFKD'): string {
  const result = new StringBuilder(agent);
  let run: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + PIECE, text.length);
    if (to < text.length && isLowSurrogate(text.charCodeAt(to)) && isHighSurrogate(text.charCodeAt(to - 1)))
      to--;
    const piece = text.slice(from, to).normalize(form);
    agent.chargeFuel(piece.length);
    for (const character of piece) {
      if (isNonStarter(character)) {
        appendToList(agent, run, character);
        continue;
      }
      if (run.length > 0) {
        appendOrdered(result, run);
        run = [];
      }
      result.append(character);
    }
    from = to;
  }
  appendOrdered(result, run);
  return result.finish();
}

/** Appends marks by their combining class, those of a class in their order. */
function appendOrdered(result: StringBuilder, run: readonly string[]): void {
  const sorted = [...inOrder([...new Set(run)].join(''))];
  // Two marks are of one class if the host leaves them as they are either way.
  const classOf = new Map<string, string[]>();
  const classes: string[][] = [];
  sorted.forEach((mark, index) => {
    if (index === 0 || inOrder(mark + sorted[index - 1]) !== mark + sorted[index - 1]) classes.push([]);
    classOf.set(mark, classes[classes.length - 1]);
  });
  for (const mark of run) classOf.get(mark)?.push(mark);
  for (const marksOfClass of classes) for (const mark of marksOfClass) result.append(mark);
}

/** Marks that are decomposed already, as the host orders them. */
function inOrder(nonStarters: string): string {
  return `a${nonStarters}`.normalize('NFD').slice(1);
}

/** The only mark of the highest combining class: the host puts every other mark before it. */
const LAST_MARK = '\u0345';

const nonStarters = new Map<string, boolean>();
/** So many answers are remembered: there are some thousand marks. */
const MAX_ANSWERS = 1 << 14;

/** Whether the combining class is not 0. */
function isNonStarter(character: string): boolean {
  if (character.charCodeAt(0) < FIRST_COMBINING_MARK) return false;
  let answer = nonStarters.get(character);
  if (answer === undefined) {
    const pair = LAST_MARK + character;
    answer = character === LAST_MARK || inOrder(pair) !== pair;
    if (nonStarters.size < MAX_ANSWERS) nonStarters.set(character, answer);
  }
  return answer;
}

const PIECE = 64;

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function isMark(text: string, k: number, unit: number): boolean {
  // CJK and Hangul make up long texts and have no marks between.
  if (unit >= 0x3400 && unit <= 0x9fff) return false;
  if (unit >= 0xac00 && unit <= 0xd7ff) return false;
  marks ??= codePointsOfCategory('M');
  if (unit < 0xd800 || unit > 0xdfff) return setContains(marks, unit);
  return setContains(marks, unit < 0xdc00 ? (text.codePointAt(k) as number) : precedingCodePoint(text, k));
}

function precedingCodePoint(text: string, k: number): number {
  return k === 0 ? 0 : (text.codePointAt(k - 1) as number);
}
