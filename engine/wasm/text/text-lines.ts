// The lines of a printed module. A few bytes of a module can be a long line, and a module may have millions of them: finished
// ones are joined in between, and what no string of the host could hold is refused before it is made.

import { overLimit } from '../format/module-error.ts';

/** Most characters of a printed module: half of what a string of the host may have. */
const MOST_CHARACTERS = 2 ** 28;
/** Lines that are joined at once. */
const LINES_PER_PART = 4096;

export class TextLines {
  private readonly parts: string[] = [];
  private lines: string[] = [];
  private length = 0;
  /** Where in the module's source the printer is. */
  position = 0;

  /** Adds a line. Throws a ModuleError of kind `limit` if the text becomes too long. */
  push(line: string): void {
    this.length += line.length + 1;
    if (this.length > MOST_CHARACTERS)
      overLimit(this.position, 'characters of a printed module', MOST_CHARACTERS);
    if (this.lines.length >= LINES_PER_PART) {
      this.parts.push(this.lines.join('\n'));
      this.lines = [];
    }
    this.lines.push(line);
  }

  /** Adds to the last line, of which there must be one. */
  append(text: string): void {
    this.lines[this.lines.length - 1] += text;
  }

  /** All lines, with line breaks between them. */
  join(): string {
    return [...this.parts, this.lines.join('\n')].join('\n');
  }
}

/** The texts of `count` things one after the other. Throws a ModuleError of kind `limit` if that is too long for a line. */
export function joinedTexts(count: number, separator: string, textOf: (index: number) => string): string {
  const lines: string[] = [];
  let texts: string[] = [];
  let length = 0;
  for (let i = 0; i < count; i++) {
    const text = textOf(i);
    length += text.length + separator.length;
    if (length > MOST_CHARACTERS) overLimit(0, 'characters of a printed module', MOST_CHARACTERS);
    if (texts.length >= LINES_PER_PART) {
      lines.push(texts.join(separator));
      texts = [];
    }
    texts.push(text);
  }
  return [...lines, texts.join(separator)].join(separator);
}
