// Builds a string from many pieces. Hosts keep what `+=` joins as a tree of nodes, many times the size of the text when
// the pieces are short; a builder joins them now and then, checks the length before the host would refuse it, and
// charges what it holds.
import type { Agent } from './agent.ts';
import { checkStringLength, copyOfText } from './string-work.ts';

const MAX_PIECES = 1024;

export class StringBuilder {
  /** Length of the text so far. */
  length: number;
  private readonly agent: Agent;
  private readonly chunks: string[];
  private pieces: string[];
  private uncharged: number;

  constructor(agent: Agent) {
    this.length = 0;
    this.agent = agent;
    this.chunks = [];
    this.pieces = [];
    this.uncharged = 0;
  }

  /** Appends `text`. Throws a guest RangeError when the whole would be too long for a string. */
  append(text: string): void {
    this.length += text.length;
    this.uncharged += text.length;
    if (this.uncharged > 4096) this.charge();
    this.pieces.push(text);
    if (this.pieces.length === MAX_PIECES) {
      this.chunks.push(this.pieces.join(''));
      this.pieces = [];
    }
  }

  /** Appends `text` `count` times. */
  appendRepeated(text: string, count: number): void {
    if (count === 1) this.append(text);
    else if (count > 1 && text !== '') {
      checkStringLength(this.agent, this.length + text.length * count);
      this.append(text.repeat(count));
    }
  }

  /** The text; nothing is appended afterwards. */
  finish(): string {
    this.charge();
    // A single piece may be part of a longer string.
    if (this.chunks.length === 0)
      return this.pieces.length === 1 ? copyOfText(this.pieces[0]) : this.pieces.join('');
    this.agent.chargeBytes(this.length);
    this.chunks.push(this.pieces.join(''));
    return this.chunks.join('');
  }

  private charge(): void {
    checkStringLength(this.agent, this.length);
    this.agent.chargeBytes(this.uncharged);
    this.agent.chargeFuel(this.uncharged >> 8);
    this.uncharged = 0;
  }
}
