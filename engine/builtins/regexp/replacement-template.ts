// A replacement template as parts, for replacing the matches of one pattern: what GetSubstitution finds in a template depends on the
// pattern's captures and names only, https://tc39.es/ecma262/#sec-getsubstitution .
import type { MatchResult } from '../../regexp/match-result.ts';
import type { RegExpProgram } from '../../regexp/matcher.ts';
import type { Agent } from '../../runtime/agent.ts';
import { StringBuilder } from '../../runtime/string-builder.ts';

const PREFIX = -1;
const SUFFIX = -2;
/** So many are simply joined. */
const FEW_PARTS = 8;

/** A text, a capture (0: the match), PREFIX or SUFFIX, or the captures of a name, of which at most one is set. */
export type TemplatePart = string | number | readonly number[];

export function parseTemplate(
  agent: Agent,
  { captureCount, hasNames, groupNames }: RegExpProgram,
  template: string,
): TemplatePart[] {
  agent.chargeFuel(template.length >> 3);
  const parts: TemplatePart[] = [];
  const lastClose = template.lastIndexOf('>');
  let text = '';
  const add = (part: TemplatePart): void => {
    if (text !== '') parts.push(text);
    text = '';
    parts.push(part);
  };
  let from = 0;
  for (let dollar = template.indexOf('$'); dollar >= 0; dollar = template.indexOf('$', from)) {
    text += template.slice(from, dollar);
    const next = template[dollar + 1];
    from = dollar + 2;
    if (next === '$') text += '$';
    else if (next === '&') add(0);
    else if (next === '`') add(PREFIX);
    else if (next === "'") add(SUFFIX);
    else if (isDigit(next)) {
      let index = Number(next);
      const second = template[dollar + 2];
      if (isDigit(second) && index * 10 + Number(second) <= captureCount) {
        index = index * 10 + Number(second);
        from++;
      }
      if (index >= 1 && index <= captureCount) add(index);
      else text += template.slice(dollar, from);
    } else if (next === '<' && hasNames) {
      const close = dollar < lastClose ? template.indexOf('>', from) : -1;
      if (close < 0) text += '$<';
      else {
        const name = template.slice(from, close);
        add(groupNames.flatMap((each, i) => (each === name ? [i] : [])));
        from = close + 1;
      }
    } else {
      text += '$';
      from = dollar + 1;
    }
    agent.chargeFuel(1);
  }
  text += template.slice(from);
  if (text !== '') parts.push(text);
  return parts;
}

/** The replacement of a match. */
export function expandTemplate(agent: Agent, parts: readonly TemplatePart[], match: MatchResult): string {
  agent.chargeFuel(parts.length);
  if (parts.length <= FEW_PARTS) {
    // What is too long for a string ends in a RangeError of the host, and so of the guest.
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : partText(part, match);
    return text;
  }
  const result = new StringBuilder(agent);
  for (const part of parts) result.append(typeof part === 'string' ? part : partText(part, match));
  return result.finish();
}

function partText(part: number | readonly number[], match: MatchResult): string {
  if (typeof part === 'number') {
    if (part >= 0) return match.text(part) ?? '';
    return part === PREFIX ? match.input.slice(0, match.start) : match.input.slice(match.end);
  }
  for (const index of part) {
    const text = match.text(index);
    if (text !== undefined) return text;
  }
  return '';
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}
