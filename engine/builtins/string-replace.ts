// Replacing in strings by positions, with a text or with what a function gives: the ends of String.prototype.replace and
// replaceAll. The calls are steps, see runtime/guest-work.ts.
import type { Agent } from '../runtime/agent.ts';
import { GuestAlgorithm, GuestCall, type GuestStep } from '../runtime/guest-work.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import { GetSubstitution } from '../runtime/operations/string-substitution.ts';
import { ToString } from '../runtime/operations/type-conversion.ts';
import { StringBuilder } from '../runtime/string-builder.ts';
import type { Value } from '../runtime/value.ts';

/** The string with `searchString` replaced at the given positions by a template, as GetSubstitution reads it. */
export function replaceAt(
  agent: Agent,
  string: string,
  searchString: string,
  positions: readonly number[],
  template: string,
): string {
  let endOfLastMatch = 0;
  const result = new StringBuilder(agent);
  for (const p of positions) {
    agent.chargeFuel(1);
    const preserved = string.slice(endOfLastMatch, p);
    const text = GetSubstitution(agent, searchString, string, p, [], undefined, template);
    result.append(preserved);
    result.append(text);
    endOfLastMatch = p + searchString.length;
  }
  result.append(string.slice(endOfLastMatch));
  return result.finish();
}

/** The same with what a function gives for each. */
export class FunctionalReplacement extends GuestAlgorithm {
  private readonly string: string;
  private readonly searchString: string;
  private readonly positions: readonly number[];
  private readonly call: GuestCall;
  private readonly builder: StringBuilder;
  private index: number;
  private endOfLastMatch: number;

  constructor(
    agent: Agent,
    string: string,
    searchString: string,
    positions: readonly number[],
    replacer: FunctionObject,
  ) {
    super();
    this.string = string;
    this.searchString = searchString;
    this.positions = positions;
    this.call = new GuestCall(replacer, undefined, []);
    this.builder = new StringBuilder(agent);
    this.index = 0;
    this.endOfLastMatch = 0;
  }

  override begin(agent: Agent): GuestStep | null {
    const { positions, string, searchString, call, builder } = this;
    if (this.index < positions.length) {
      agent.chargeFuel(1);
      call.args = [searchString, positions[this.index], string];
      return call;
    }
    builder.append(string.slice(this.endOfLastMatch));
    this.result = builder.finish();
    return null;
  }

  override returned(agent: Agent, value: Value): GuestStep | null {
    const { string, builder } = this;
    const p = this.positions[this.index++];
    const text = ToString(agent, value);
    builder.append(string.slice(this.endOfLastMatch, p));
    builder.append(text);
    this.endOfLastMatch = p + this.searchString.length;
    return this.begin(agent);
  }
}
