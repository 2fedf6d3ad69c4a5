// The private names of one class body while it is parsed: declarations, and uses that are decided at its end.

import type { MethodKind } from '../scope.ts';

export class PrivateEnvironment {
  readonly outer: PrivateEnvironment | null;
  /** How a name is declared: 'get', 'set' or 'both', with 'static ' in front, or 'other'. */
  private readonly names: Map<string, string>;
  /** Uses of names that are not declared so far. */
  readonly uses: { readonly name: string; readonly position: number }[];

  constructor(outer: PrivateEnvironment | null) {
    this.outer = outer;
    this.names = new Map();
    this.uses = [];
  }

  has(name: string): boolean {
    return this.names.has(name);
  }

  /** Returns false if the name is taken; a getter and a setter that are both static or both not may share one. */
  declare(name: string, kind: MethodKind | 'field', isStatic: boolean): boolean {
    const before = this.names.get(name);
    const prefix = isStatic ? 'static ' : '';
    if (before === undefined) {
      this.names.set(name, kind === 'get' || kind === 'set' ? prefix + kind : 'other');
      return true;
    }
    if ((kind === 'get' && before === `${prefix}set`) || (kind === 'set' && before === `${prefix}get`)) {
      this.names.set(name, 'both');
      return true;
    }
    return false;
  }
}
