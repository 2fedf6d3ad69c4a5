// What the generator knows while it writes a program: the names in scope with what they hold, where in the program it is,
// and how much may still be written and run. Types are hints, not promises: programs assign as they like.

import type { Choices } from './choices.ts';
import type { HelperName } from './prelude.ts';

export type Type = 'number' | 'string' | 'boolean' | 'bigint' | 'array' | 'object' | 'any';

export type FunctionForm = 'plain' | 'arrow' | 'generator' | 'async' | 'asyncGenerator' | 'class';

export interface Callable {
  readonly form: FunctionForm;
  readonly parameters: number;
  readonly returns: Type;
  /** About how many statements a call runs. */
  readonly cost: number;
}

export interface Binding {
  readonly name: string;
  readonly type: Type;
  readonly isAssignable: boolean;
  readonly callable: Callable | null;
  /** Methods of a class's instances that can be called without arguments. */
  readonly methods: readonly string[];
}

/** Where code is written: what the grammar allows there. */
export interface Place {
  readonly isStrict: boolean;
  readonly canAwait: boolean;
  readonly canYield: boolean;
  readonly canReturn: boolean;
  /** `super.x` is allowed. */
  readonly hasSuper: boolean;
  /** `arguments` is that of a function. */
  readonly hasArguments: boolean;
  readonly hasNewTarget: boolean;
  readonly privateNames: readonly string[];
  /** Labels that can be left, innermost last. */
  readonly labels: readonly { readonly name: string; readonly isLoop: boolean }[];
  readonly isInLoop: boolean;
  readonly isInSwitch: boolean;
  /** Nesting of statements and functions. */
  readonly depth: number;
}

/** The recursive parts of the grammar, see program.ts. */
export interface Grammar {
  expression(c: Context, type: Type, level: 0 | 1 | 2 | 3 | 4 | 5 | 6): string;
  arrow(c: Context, returns: Type, parameters: number): { readonly text: string; readonly cost: number };
  functionExpression(c: Context): string;
  immediateCall(c: Context, returns: Type): string;
  classExpression(c: Context): string;
  block(c: Context, min: number, max: number): string;
  /** Statements without braces, in the scope around them. */
  statements(c: Context, count: number): string[];
}

/** About how many statements a program may run, as far as that can be told while writing it. */
const MOST_COST = 600;

export class Context {
  readonly choices: Choices;
  readonly grammar: Grammar;
  readonly helpers = new Set<HelperName>();
  place: Place;
  /** Parts of the program that may still be written. */
  budget: number;
  /** Nesting of expressions. */
  nesting = 0;
  /** How often the code being written runs for each run of its function. */
  private repetitions = 1;
  private cost = 0;
  private readonly scopes: Binding[][] = [[]];
  private nextNumber = 0;

  constructor(choices: Choices, grammar: Grammar, place: Place, budget: number) {
    this.choices = choices;
    this.grammar = grammar;
    this.place = place;
    this.budget = budget;
  }

  /** A name that the program does not use yet. */
  fresh(prefix: string): string {
    return `${prefix}${this.nextNumber++}`;
  }

  helper(name: HelperName): HelperName {
    this.helpers.add(name);
    return name;
  }

  declare(name: string, type: Type, more: Partial<Binding> = {}): Binding {
    const binding: Binding = { name, type, isAssignable: true, callable: null, methods: [], ...more };
    this.scopes[this.scopes.length - 1].push(binding);
    return binding;
  }

  /** What is declared in the innermost scope so far. */
  get declaredHere(): readonly Binding[] {
    return this.scopes[this.scopes.length - 1];
  }

  visible(accepts: (binding: Binding) => boolean): Binding[] {
    const found: Binding[] = [];
    for (const scope of this.scopes) for (const binding of scope) if (accepts(binding)) found.push(binding);
    return found;
  }

  /** A value of that type; null if there is none in scope. */
  variable(type: Type): Binding | null {
    const found = this.visible(
      (binding) => binding.callable === null && (type === 'any' || binding.type === type),
    );
    return found.length === 0 ? null : this.choices.pick(found);
  }

  assignable(type: Type): Binding | null {
    const found = this.visible(
      (binding) =>
        binding.isAssignable && binding.callable === null && (type === 'any' || binding.type === type),
    );
    return found.length === 0 ? null : this.choices.pick(found);
  }

  /** Something that can be called here without running for too long. Counts the call. */
  callable(accepts: (callable: Callable) => boolean): Binding | null {
    const allowed = MOST_COST - this.cost;
    const found = this.visible(
      ({ callable }) =>
        callable !== null && accepts(callable) && (callable.cost + 1) * this.repetitions < allowed,
    );
    if (found.length === 0) return null;
    const binding = this.choices.pick(found);
    this.spend((binding.callable?.cost ?? 0) + 1);
    return binding;
  }

  spend(cost: number): void {
    this.cost += cost * this.repetitions;
  }

  /** Writes something in a place that differs from this one. */
  within<T>(change: Partial<Place>, write: () => T): T {
    const { place } = this;
    this.place = { ...place, ...change };
    try {
      return write();
    } finally {
      this.place = place;
    }
  }

  scoped<T>(write: () => T): T {
    this.scopes.push([]);
    try {
      return write();
    } finally {
      this.scopes.pop();
    }
  }

  /** Writes code that runs `times` times for each time that the code around it runs. */
  repeated<T>(times: number, write: () => T): T {
    const { repetitions } = this;
    this.repetitions *= times;
    try {
      return write();
    } finally {
      this.repetitions = repetitions;
    }
  }

  /** Writes a function; gives also what a call of it costs. */
  costed<T>(write: () => T): { readonly result: T; readonly cost: number } {
    const { cost, repetitions } = this;
    this.cost = 0;
    this.repetitions = 1;
    try {
      const result = write();
      return { result, cost: this.cost };
    } finally {
      this.cost = cost;
      this.repetitions = repetitions;
    }
  }
}
