// GetSubstitution — https://tc39.es/ecma262/#sec-getsubstitution
import type { Agent } from '../agent.ts';
import type { JSObject } from '../objects/object.ts';
import { keyFromString } from '../property-key.ts';
import { StringBuilder } from '../string-builder.ts';
import type { Value } from '../value.ts';
import { ToString } from './type-conversion.ts';

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
  const result = new StringBuilder(agent);
  const lastClose = replacementTemplate.lastIndexOf('>');
  let from = 0;
  while (dollar >= 0) {
    result.append(replacementTemplate.slice(from, dollar));
    let consumed = 2;
    const next = replacementTemplate[dollar + 1];
    if (next === '$') result.append('$');
    else if (next === '&') result.append(matched);
    else if (next === '`') result.append(str.slice(0, position));
    else if (next === "'") result.append(str.slice(Math.min(position + matched.length, str.length)));
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
        if (capture !== undefined) result.append(capture as string);
      } else result.append(replacementTemplate.slice(dollar, dollar + consumed));
    } else if (next === '<' && namedCaptures !== undefined) {
      const close = dollar < lastClose ? replacementTemplate.indexOf('>', dollar + 2) : -1;
      if (close < 0) result.append('$<');
      else {
        const capture = namedCaptures.Get(
          agent,
          keyFromString(replacementTemplate.slice(dollar + 2, close)),
          namedCaptures,
        );
        if (capture !== undefined) result.append(ToString(agent, capture));
        consumed = close + 1 - dollar;
      }
    } else {
      result.append('$');
      consumed = 1;
    }
    agent.chargeFuel(1);
    from = dollar + consumed;
    dollar = replacementTemplate.indexOf('$', from);
  }
  result.append(replacementTemplate.slice(from));
  return result.finish();
}
