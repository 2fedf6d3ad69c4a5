// The strings of a `v` class (`\q{…}` and properties of strings) as a tree over characters, together with
// the class's single characters, so that one walk finds every candidate at a position.

import { simpleCaseFold } from '../unicode/case-mapping.ts';
import type { CharacterSet } from './character-sets.ts';
import { CharacterTable } from './character-table.ts';
import { codePointBefore, codePointFrom } from './code-points.ts';

interface TreeNode {
  /** Null where no longer string goes on. */
  next: Map<number, TreeNode> | null;
  accepts: boolean;
}

/** About what a node takes of the host's memory, its map included. */
const NODE_BYTES = 256;

export class StringTable {
  private readonly root: TreeNode;
  private readonly characters: CharacterTable;
  private readonly ignoreCase: boolean;
  private readonly backward: boolean;
  private nodeCount: number;

  /** `set` must be in the form that `evaluateClass` returns: strings folded when case is ignored. */
  constructor(set: CharacterSet, ignoreCase: boolean, backward: boolean) {
    this.root = { next: null, accepts: false };
    this.characters = new CharacterTable(set.codePoints);
    this.ignoreCase = ignoreCase;
    this.backward = backward;
    this.nodeCount = 1;
    for (const string of set.strings) this.add(string);
  }

  /** Estimate of what the table takes of the host's memory, in bytes. */
  get memoryBytes(): number {
    return this.characters.memoryBytes + this.nodeCount * NODE_BYTES;
  }

  /**
   * Returns the positions at which a member that starts at `position` ends (for a backward table: the
   * positions at which one that ends there starts), the shortest member first. The order of tries is the
   * reverse: https://tc39.es/ecma262/#sec-compileatom wants longer strings first, the empty one last.
   */
  candidates(input: string, position: number): number[] {
    const ends: number[] = [];
    let node: TreeNode | undefined = this.root;
    if (node.accepts) ends.push(position);
    for (let count = 1; ; count++) {
      const character = this.backward ? codePointBefore(input, position) : codePointFrom(input, position);
      if (character < 0) break;
      const width = character > 0xffff ? 2 : 1;
      position += this.backward ? -width : width;
      if (count === 1 && this.characters.has(character)) ends.push(position);
      node = node.next?.get(this.ignoreCase ? simpleCaseFold(character) : character);
      if (node === undefined) break;
      if (node.accepts) ends.push(position);
    }
    return ends;
  }

  private add(string: readonly number[]): void {
    let node = this.root;
    for (let i = 0; i < string.length; i++) {
      const character = string[this.backward ? string.length - 1 - i : i];
      node.next ??= new Map();
      let next = node.next.get(character);
      if (next === undefined) {
        next = { next: null, accepts: false };
        node.next.set(character, next);
        this.nodeCount++;
      }
      node = next;
    }
    node.accepts = true;
  }
}
