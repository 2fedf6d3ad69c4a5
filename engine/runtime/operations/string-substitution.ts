// GetSubstitution — https://tc39.es/ecma262/#sec-getsubstitution
import type { Agent } from '../agent.ts';
import { throwRangeError } from '../errors.ts';
import type { JSObject } from '../objects/object.ts';
import { keyFromString } from '../property-key.ts';
import type { Value } from '../value.ts';
import { ToString } from './type-conversion.ts';

const MAX_STRING_LENGTH = 0x1fffffe8;

/**
 * The replacement text with `$` references resolved. `captures` are strings or undefined, without the whole match.
 */
export function GetSubstitution(
  agent: Agent,
  matched: string,
  str: string,
  position: number,
  captures: readonly Value[],
  namedCaptures: JSObject | undefined,
  replacementTemplate: string,
): string {
  let dollar = replacementTemplate.indexOf('$');
  if (dollar < 0) return replacementTemplate;
  const m = captures.length;
  let result = '';
  let from = 0;
  while (dollar >= 0) {
    result += replacementTemplate.slice(from, dollar);
    let consumed = 2;
    const next = replacementTemplate[dollar + 1];
    if (next === '$') result += '$';
    else if (next === '&') result += matched;
    else if (next === '`') result += str.slice(0, position);
    else if (next === "'") result += str.slice(Math.min(position + matched.length, str.length));
    else if (next !== undefined && next >= '0' && next <= '9') {
      let digits = 1;
      let index = Number(next);
      const second = replacementTemplate[dollar + 2];
      if (second !== undefined && second >= '0' && second <= '9' && index * 10 + Number(second) <= m) {
        digits = 2;
        index = index * 10 + Number(second);
      }
      consumed = 1 + digits;
      if (index >= 1 && index <= m) {
        const capture = captures[index - 1];
        if (capture !== undefined) result += capture as string;
      } else result += replacementTemplate.slice(dollar, dollar + consumed);
    } else if (next === '<' && namedCaptures !== undefined) {
      const close = replacementTemplate.indexOf('>', dollar + 2);
      if (close < 0) result += '$<';
      else {
        const capture = namedCaptures.Get(
          agent,
          keyFromString(replacementTemplate.slice(dollar + 2, close)),
          namedCaptures,
        );
        if (capture !== undefined) result += ToString(agent, capture);
        consumed = close + 1 - dollar;
      }
    } else {
      result += '$';
      consumed = 1;
    }
    if (result.length > MAX_STRING_LENGTH / 2) throwRangeError(agent, 'Invalid string length');
    agent.chargeFuel(1);
    from = dollar + consumed;
    dollar = replacementTemplate.indexOf('$', from);
  }
  return result + replacementTemplate.slice(from);
}
