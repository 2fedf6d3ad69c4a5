// Texts of a grammar, chosen by a tape of numbers: the tape is what fast-check and jsfuzz change. Every number chooses a row; where
// the tape ends, the first row of each symbol is taken, so that the first rows must lead to an end.

/** Rows of each symbol; «name» stands for a symbol. */
export type Grammar = Readonly<Record<string, readonly string[]>>;

type Parsed = ReadonlyMap<string, readonly (readonly string[])[]>;

const parsedGrammars = new WeakMap<Grammar, Parsed>();

/** Deeper, the first rows are taken as well. */
const MAX_DEPTH = 60;

/** The text of symbol `start`. */
export function textOf(grammar: Grammar, start: string, tape: ArrayLike<number>): string {
  const rowsOf = parsed(grammar);
  let at = 0;
  let text = '';
  const expand = (symbol: string, depth: number): void => {
    const rows = rowsOf.get(symbol);
    if (rows === undefined) throw new Error(`the grammar has no symbol ${symbol}`);
    const choice = at < tape.length && depth < MAX_DEPTH ? tape[at++] % rows.length : 0;
    // Texts and symbols take turns.
    rows[choice].forEach((part, i) => {
      if (i % 2 === 0) text += part;
      else expand(part, depth + 1);
    });
  };
  expand(start, 0);
  return text;
}

function parsed(grammar: Grammar): Parsed {
  let known = parsedGrammars.get(grammar);
  if (known === undefined) {
    known = new Map(
      Object.entries(grammar).map(([symbol, rows]) => [symbol, rows.map((row) => row.split(/[«»]/))]),
    );
    parsedGrammars.set(grammar, known);
  }
  return known;
}
