// What a search found, from the own matcher as positions or from the host as texts.

/** A match. Each RegExpSearcher has one; it only holds until the searcher's next search. */
export class MatchResult {
  input: string;
  start: number;
  end: number;
  /** Number of captures, the whole match counted. */
  count: number;
  /** Start and end of each capture, -1 for those not set; what follows them means nothing. Unless `texts` is given. */
  positions: Int32Array;
  texts: readonly (string | undefined)[] | null;
  /** The positions of a match without captures. */
  private readonly span: Int32Array;

  constructor() {
    this.input = '';
    this.start = 0;
    this.end = 0;
    this.count = 0;
    this.span = new Int32Array(2);
    this.positions = this.span;
    this.texts = null;
  }

  /** Becomes a match without captures. */
  setSpan(input: string, start: number, end: number): void {
    const { span } = this;
    span[0] = start;
    span[1] = end;
    this.input = input;
    this.start = start;
    this.end = end;
    this.count = 1;
    this.positions = span;
    this.texts = null;
  }

  /** The text of a capture, undefined if it is not set. */
  text(index: number): string | undefined {
    if (this.texts !== null) return this.texts[index];
    const from = this.positions[2 * index];
    return from < 0 ? undefined : this.input.slice(from, this.positions[2 * index + 1]);
  }

  /** The texts of the captures from `first` on, in an array of the caller's own. */
  textsFrom(first: number): (string | undefined)[] {
    // Hosts copy a whole array faster than a part of it.
    if (this.texts !== null) return first === 0 ? this.texts.slice() : this.texts.slice(first);
    const texts: (string | undefined)[] = [];
    for (let i = first; i < this.count; i++) texts.push(this.text(i));
    return texts;
  }
}
