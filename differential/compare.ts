// What one tier did with an input, as plain data, and how two tiers differ. Pure: no engine and no process is touched.

/** How an input ended on a tier. The last three say that the tier failed, not that the program did. */
export type ObservedCompletion =
  | 'normal'
  | 'throw'
  | 'parse-error'
  | 'resolution-error'
  | 'limit'
  | 'trap'
  /** A reference does not know what the input needs: it says nothing about it. */
  | 'unsupported'
  /** An exception of the host escaped from the engine. */
  | 'host-error'
  | 'timeout'
  | 'died';

export interface Observation {
  readonly completion: ObservedCompletion;
  /** The value or error as text; the limit's name for 'limit'. */
  readonly value: string;
  readonly output: readonly string[];
  readonly unhandledRejections: readonly string[];
  /** Fuel used; tiers charge differently, so it is not compared. */
  readonly fuel: number;
}

/** From the gravest to the slightest. */
export type DifferenceKind = 'crash' | 'completion' | 'value' | 'output' | 'rejections' | 'stack';
export const DIFFERENCE_KINDS: readonly DifferenceKind[] = [
  'crash',
  'completion',
  'value',
  'output',
  'rejections',
  'stack',
];

export interface Difference {
  readonly kind: DifferenceKind;
  readonly leftTier: string;
  readonly rightTier: string;
  readonly left: Observation;
  readonly right: Observation;
  /** The first thing that differs, on one line each. */
  readonly leftText: string;
  readonly rightText: string;
}

const FAILURES: readonly ObservedCompletion[] = ['host-error', 'timeout', 'died'];

/** Whether two texts, without the lines that say where errors were made, say the same. */
export type SameText = (left: string, right: string) => boolean;

const isEqual: SameText = (left, right) => left === right;

/**
 * The gravest difference between the first tier and the others, or null. A host exception or a dead process counts even
 * if every tier has it; a program that no tier brings to its end in time does not. A limit that only one tier meets counts when the
 * other was far from it, since tiers charge differently. How deep calls may nest is the tier's own: what is printed up to there counts.
 */
export function differenceOf(
  observations: ReadonlyMap<string, Observation>,
  isSame: SameText = isEqual,
): Difference | null {
  const [first, ...others] = [...observations];
  if (first === undefined) return null;
  const differences: Difference[] = [];
  for (const other of others) {
    const found = compareTwo(first, other, isSame);
    if (found !== null) differences.push(found);
  }
  const rank = ({ kind }: Difference): number => DIFFERENCE_KINDS.indexOf(kind);
  differences.sort((a, b) => rank(a) - rank(b));
  return differences[0] ?? null;
}

/** Two differences of the same key are taken for the same defect when a program is reduced. */
export function differenceKey({ kind, left, right }: Difference): string {
  return `${kind} ${left.completion}/${right.completion}`;
}

/** Whether no tier came to an end, so that nothing was compared. */
export function isUnfinished(observations: ReadonlyMap<string, Observation>): boolean {
  return [...observations.values()].every(({ completion }) => completion === 'timeout');
}

type Observed = readonly [tier: string, observation: Observation];

function compareTwo(
  [leftTier, left]: Observed,
  [rightTier, right]: Observed,
  isSame: SameText,
): Difference | null {
  const difference = (kind: DifferenceKind, leftText: string, rightText: string): Difference => ({
    kind,
    leftTier,
    rightTier,
    left,
    right,
    leftText,
    rightText,
  });
  const ends = [endText(left), endText(right)] as const;
  if (left.completion === 'timeout' && right.completion === 'timeout') return null;
  if (left.completion === 'unsupported' || right.completion === 'unsupported') return null;
  if (FAILURES.includes(left.completion) || FAILURES.includes(right.completion)) {
    return difference('crash', ...ends);
  }
  const isStopped = left.completion === 'limit' || right.completion === 'limit';
  const isTooDeep = overflows(left) || overflows(right);
  if (isStopped ? !areLimitsComparable(left, right) : !isTooDeep && left.completion !== right.completion) {
    return difference('completion', ...ends);
  }
  const pairs: readonly (readonly [DifferenceKind, readonly string[], readonly string[]])[] =
    isStopped || isTooDeep
      ? [['output', ...commonPart(left.output, right.output)]]
      : [
          ['value', [left.value], [right.value]],
          ['output', left.output, right.output],
          ['rejections', left.unhandledRejections, right.unhandledRejections],
        ];
  for (const [kind, a, b] of pairs) {
    const at = firstDifference(a, b, (x, y) => isSame(withoutFrames(x), withoutFrames(y)));
    if (at !== -1) return difference(kind, lineText(a, at), lineText(b, at));
  }
  for (const [, a, b] of pairs) {
    const at = firstDifference(a, b, (x, y) => areFramesSame(x, y, isSame));
    if (at !== -1) return difference('stack', lineText(a, at), lineText(b, at));
  }
  return null;
}

/** Both stopped, or one stopped where the other had used a good part of what was allowed. */
function areLimitsComparable(left: Observation, right: Observation): boolean {
  if (left.completion === right.completion) return left.value === right.value;
  const [stopped, other] = left.completion === 'limit' ? [left, right] : [right, left];
  return stopped.value !== 'fuel' || other.fuel > stopped.fuel / 8;
}

/** What both printed before either printed that calls nested too deep. */
function commonPart(
  left: readonly string[],
  right: readonly string[],
): [readonly string[], readonly string[]] {
  const lengths = [left, right].map((lines) => {
    const at = lines.findIndex((line) => line.includes(TOO_DEEP));
    return at === -1 ? lines.length : at;
  });
  const length = Math.min(...lengths);
  return [left.slice(0, length), right.slice(0, length)];
}

const TOO_DEEP = 'Maximum call stack size exceeded';

function overflows({ value, output, unhandledRejections }: Observation): boolean {
  return [value, ...unhandledRejections, ...output].some((text) => text.includes(TOO_DEEP));
}

function firstDifference(left: readonly string[], right: readonly string[], isSame: SameText): number {
  const length = Math.max(left.length, right.length);
  for (let i = 0; i < length; i++) {
    if (left[i] === right[i]) continue;
    if (i >= left.length || i >= right.length || !isSame(left[i], right[i])) return i;
  }
  return -1;
}

/** The text of errors without the lines that say where they were made. */
function withoutFrames(text: string): string {
  return text.replace(/\n *at [^\n]*(?=\n|$)/g, '');
}

/** Of texts that are the same without frames. Where a text may leave things open, a reference may have no frames. */
function areFramesSame(left: string, right: string, isSame: SameText): boolean {
  if (left === right) return true;
  return isSame !== isEqual && (withoutFrames(left) === left || withoutFrames(right) === right);
}

/** `normal: value` on one line. */
export function endText({ completion, value }: Observation): string {
  return `${completion}: ${oneLine(value)}`;
}

function lineText(lines: readonly string[], at: number): string {
  if (at >= lines.length) return `no line ${at + 1}`;
  return lines.length === 1 ? oneLine(lines[at]) : `line ${at + 1}: ${oneLine(lines[at])}`;
}

const LONGEST_LINE = 300;

function oneLine(text: string): string {
  const line = text.replace(/[\r\n\u2028\u2029]+\s*/g, ' ⏎ ');
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}
