// Source text in colours, by the tokens of the engine's own lexer.
import { type TokenCategory, tokenize } from '../engine.ts';

/** SGR parameters that switch a category's colour on and off; null for the terminal's own colour. */
const COLORS: Readonly<Record<TokenCategory, readonly [on: number, off: number] | null>> = {
  keyword: [35, 39],
  name: null,
  privateName: [36, 39],
  literalName: [33, 39],
  number: [33, 39],
  string: [32, 39],
  template: [32, 39],
  regexp: [31, 39],
  punctuator: null,
  comment: [90, 39],
  error: [4, 24],
};

/** `line` in colours; `before` is the text of the lines above, in which a comment or template may be open. */
export function highlight(line: string, before = ''): string {
  const text = before + line;
  const from = before.length;
  let colored = '';
  let at = from;
  for (const { category, start, end } of tokenize(text)) {
    if (end <= from) continue;
    const colors = COLORS[category];
    const begin = Math.max(start, from);
    colored += text.slice(at, begin);
    const token = text.slice(begin, end);
    // What is still being typed is no mistake yet.
    const isUnfinished = category === 'error' && end === text.length;
    colored += colors === null || isUnfinished ? token : `\u001b[${colors[0]}m${token}\u001b[${colors[1]}m`;
    at = end;
  }
  return colored + text.slice(at);
}
