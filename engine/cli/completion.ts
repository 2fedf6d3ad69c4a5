// What may follow in a line typed into the REPL: names in scope, keywords, and properties of the value that a path of
// names has. Looking a path up reads data properties only and runs nothing.
import { globalNames, KEYWORDS, peekPath, propertyNames, type Realm, tokenize } from '../engine.ts';

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/** A path of names at the end of a line, and the beginning of a name behind it. */
const PATH_AT_END =
  /((?:[\p{ID_Start}$_][\p{ID_Continue}$]*\s*\??\.\s*)*)([\p{ID_Start}$_][\p{ID_Continue}$]*)?$/u;

/** Complete words for the one that `text` ends in, and that word as typed; sorted, own properties before inherited. */
export function completionsOf(realm: Realm, text: string): readonly [completions: string[], word: string] {
  if (endsInText(text)) return [[], ''];
  const match = PATH_AT_END.exec(text) as RegExpExecArray;
  const [word, pathText, start = ''] = match;
  const before = text.slice(0, match.index).trimEnd();
  if (pathText === '') {
    // Behind a call, a literal or an index nothing is known without evaluating it.
    if (before.endsWith('.')) return [[], ''];
    const names = [...globalNames(realm), ...KEYWORDS].filter(
      (name) => name.startsWith(start) && IDENTIFIER.test(name),
    );
    return start === '' ? [[], ''] : [[...new Set(names)].sort(), word];
  }
  if (before.endsWith('.')) return [[], ''];
  const path = pathText
    .split('.')
    .slice(0, -1)
    .map((name) => name.replace(/[\s?]/g, ''));
  const { known, value } = peekPath(realm, path);
  if (!known) return [[], word];
  const names = propertyNames(realm, value).filter((name) => name.startsWith(start) && IDENTIFIER.test(name));
  return [names.sort().map((name) => pathText + name), word];
}

/** The end of the text lies in a string, a comment or a regular expression. */
function endsInText(text: string): boolean {
  const last = tokenize(text).at(-1);
  if (last === undefined || last.end < text.length) return false;
  return (
    last.category === 'string' ||
    last.category === 'comment' ||
    last.category === 'regexp' ||
    last.category === 'error'
  );
}
