// Replacing the matches of a pattern by what a function gives for each, once all have been found: the end of
// RegExp.prototype [ %Symbol.replace% ]. The calls are steps, see runtime/guest-work.ts.
import { MAX_STRING_LENGTH } from '../../eval/primitive.ts';
import type { Agent } from '../../runtime/agent.ts';
import { throwRangeError } from '../../runtime/errors.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../../runtime/guest-work.ts';
import type { FunctionObject } from '../../runtime/objects/function.ts';
import { ToString } from '../../runtime/operations/type-conversion.ts';
import { copyOfText, substringOf } from '../../runtime/string-work.ts';
import type { Value } from '../../runtime/value.ts';

export class ReplacementByCalls extends GuestAlgorithm {
  private readonly S: string;
  /** Start and end of each match. */
  private readonly positions: readonly number[];
  /** What each call gets; null: the matched text, its position and the string. */
  private readonly calls: readonly (readonly Value[])[] | null;
  private readonly call: GuestCall;
  private index: number;
  private replaced: string;
  private nextSourcePosition: number;

  constructor(
    S: string,
    positions: readonly number[],
    calls: readonly (readonly Value[])[] | null,
    replacement: FunctionObject,
  ) {
    super();
    this.S = S;
    this.positions = positions;
    this.calls = calls;
    this.call = new GuestCall(replacement, undefined, []);
    this.index = 0;
    this.replaced = '';
    this.nextSourcePosition = 0;
  }

  override begin(agent: Agent): GuestStep | null {
    const { S, positions, calls, call, index } = this;
    if (index < positions.length) {
      const start = positions[index];
      call.args =
        calls === null ? [substringOf(agent, S, start, positions[index + 1]), start, S] : calls[index >> 1];
      return call;
    }
    this.result = appendRest(agent, this.replaced, S, this.nextSourcePosition);
    return null;
  }

  override returned(agent: Agent, value: Value): GuestStep | null {
    const { S, positions, index, nextSourcePosition } = this;
    const start = positions[index];
    this.index += 2;
    const text = typeof value === 'string' ? value : ToString(agent, value);
    // A lookbehind may begin a match before the end of the one before it: then it is not replaced.
    if (start >= nextSourcePosition) {
      this.replaced = appendReplaced(agent, this.replaced, S.slice(nextSourcePosition, start), text);
      this.nextSourcePosition = positions[index + 1];
    }
    return this.begin(agent);
  }
}

/** Adds to a result what has been kept of the string and what replaces the match after it. A guest RangeError if it is too long. */
export function appendReplaced(agent: Agent, result: string, preserved: string, text: string): string {
  const added = preserved.length + text.length;
  if (result.length + added > MAX_STRING_LENGTH) throwRangeError(agent, 'Invalid string length');
  agent.chargeBytes(added);
  // What is joined with nothing may be part of a longer string.
  if (result === '' && (preserved === '' || text === '')) return copyOfText(preserved + text);
  return result + preserved + text;
}

/** Adds what follows the last match. */
export function appendRest(agent: Agent, result: string, S: string, from: number): string {
  if (from >= S.length) return result;
  if (result === '') return substringOf(agent, S, from, S.length);
  const rest = S.slice(from);
  if (result.length + rest.length > MAX_STRING_LENGTH) throwRangeError(agent, 'Invalid string length');
  return result + rest;
}
