// hot
// What execution learns about a code unit in one agent: inline caches and counters, one vector for all closures of the
// unit there. A cache holds what the last slow path found; it never changes what code means, nor what it is charged.
import { markHeapLeaf, setHeapOrigin } from '../base/heap-leaf.ts';
import { type CodeUnit, NestedTooDeeply } from '../bytecode/unit.ts';
import type { Agent } from '../runtime/agent.ts';
import type { Binding } from '../runtime/environments.ts';
import type { FunctionObject } from '../runtime/objects/function.ts';
import type { Shape, ValidityCell } from '../runtime/shape.ts';
import type { Value } from '../runtime/value.ts';
import { type FramePool, poolFor } from './frame-pool.ts';

/** Kinds of a cache for reading. */
export const IC_EMPTY = 0;
/** Own data property in `slot`. */
export const IC_OWN = 1;
/** `value`, of an object on the prototype chain or undefined for none, while `cell` is valid. */
export const IC_PROTOTYPE = 2;
/** Getter `value`: own, or on the prototype chain while `cell` is valid. */
export const IC_GETTER = 3;
/** The length of an array. */
export const IC_ARRAY_LENGTH = 4;
/** Writing: add the property and go on to `newShape`, while `cell` is valid. */
export const IC_ADD = 5;
/** Of strings and numbers: `value` of their prototype chain, while `guard` is valid. */
export const IC_STRING = 7;
export const IC_NUMBER = 8;
/** Too many shapes. */
export const IC_MEGAMORPHIC = 6;
/** An own accessor, in the slot `-2 - slot`: what the accessor is may change while the shape does not. */
export const IC_OWN_GETTER = 9;

/** Shapes that a cache compares one after the other; with more it looks them up in `many`. */
export const MAX_POLYMORPHISM = 4;

/** Shapes in `many`; it starts anew then. */
export const MAX_MEGAMORPHISM = 64;

/** What operators met besides Numbers, which leave no trace: bits of `observed`, the right operand's shifted. */
export const OPERAND_NUMBER = 1;
export const OPERAND_STRING = 2;
export const OPERAND_BIGINT = 4;
export const OPERAND_OBJECT = 8;
export const OPERAND_OTHER = 16;
export const OPERAND_RIGHT_SHIFT = 8;

/** How calls of one place vary: TARGET_* in `observed`. */
export const TARGET_ONE = 1;
/** Closures of the same code as `target`. */
export const TARGET_SAME_CODE = 2;
/** Up to MAX_POLYMORPHISM functions of other code: those of `next`. */
export const TARGET_FEW = 4;
export const TARGET_MANY = 8;

export class InlineCache {
  shape: Shape | null;
  kind: number;
  slot: number;
  value: Value;
  /** Of IC_PROTOTYPE. */
  cell: ValidityCell | null;
  /** Of getters on the prototype chain and of IC_ADD. */
  guard: ValidityCell | null;
  newShape: Shape | null;
  /** Of names: the binding of a declarative environment. */
  binding: Binding | null;
  /** Of global names: versions of the declarative record, and of `shape`. */
  declarativeVersion: number;
  shapeVersion: number;
  /** The entry used before this one, up to MAX_POLYMORPHISM. */
  next: InlineCache | null;
  /** Of IC_MEGAMORPHIC: entries by shape. */
  many: Map<Shape, InlineCache> | null;
  /** What the slow path of an operator met, as OPERAND_* bits; for a call, TARGET_* bits. */
  observed: number;
  /** Of calls and constructions: the function that was called. */
  target: FunctionObject | null;
  /** Of calls: the frames of `target`, if it is a plain function whose frames are kept. */
  pool: FramePool | null;

  constructor() {
    this.shape = null;
    this.kind = IC_EMPTY;
    this.slot = -1;
    this.value = undefined;
    this.cell = null;
    this.guard = null;
    this.newShape = null;
    this.binding = null;
    this.declarativeVersion = -1;
    this.shapeVersion = -1;
    this.next = null;
    this.many = null;
    this.observed = 0;
    this.target = null;
    this.pool = null;
  }
}

function operandKind(value: Value): number {
  switch (typeof value) {
    case 'number':
      return OPERAND_NUMBER;
    case 'string':
      return OPERAND_STRING;
    case 'bigint':
      return OPERAND_BIGINT;
    case 'object':
      return value === null ? OPERAND_OTHER : OPERAND_OBJECT;
    default:
      return OPERAND_OTHER;
  }
}

/** Notes the operands that took the slow path of an operator. */
export function noteOperands(ic: InlineCache, left: Value, right: Value): void {
  ic.observed |= operandKind(left) | (operandKind(right) << OPERAND_RIGHT_SHIFT);
}

/** Notes a function that is called where another one was before, or none. */
export function noteTarget(ic: InlineCache, F: FunctionObject): void {
  const { target } = ic;
  if (target === null) {
    ic.target = F;
    ic.observed = TARGET_ONE;
    return;
  }
  if ((ic.observed & TARGET_MANY) !== 0) return;
  if (isSameCode(target, F)) {
    ic.observed |= TARGET_SAME_CODE;
    return;
  }
  let count = 1;
  for (let entry = ic.next; entry !== null; entry = entry.next) {
    if (entry.target === F) return;
    if (entry.target !== null && isSameCode(entry.target, F)) {
      ic.observed |= TARGET_SAME_CODE;
      return;
    }
    count++;
  }
  if (count >= MAX_POLYMORPHISM) {
    ic.observed = TARGET_MANY;
    ic.next = null;
    return;
  }
  const entry = new InlineCache();
  entry.target = F;
  entry.next = ic.next;
  ic.next = entry;
  ic.observed |= TARGET_FEW;
}

/** The two are closures of one unit in one agent. */
function isSameCode(a: FunctionObject, b: FunctionObject): boolean {
  const { feedback } = a as { feedback?: Feedback };
  return feedback !== undefined && feedback === (b as { feedback?: Feedback }).feedback;
}

/** What `compile` gives; a guest RangeError if the source is nested too deeply for the compiler. */
export function whileCompiling<T>(agent: Agent, compile: () => T): T {
  try {
    return compile();
  } catch (thrown) {
    if (thrown instanceof NestedTooDeeply) agent.throwStackOverflow();
    throw thrown;
  }
}

export class Feedback {
  readonly unit: CodeUnit;
  readonly caches: InlineCache[];
  /** Vectors of the inner units, made with their first closures. */
  readonly functions: (Feedback | null)[];
  callCount: number;
  /** Back-edges that were taken. */
  loopCount: number;
  /** Set before the first call. */
  pool: FramePool | null;

  constructor(unit: CodeUnit) {
    this.unit = unit;
    this.caches = [];
    this.functions = [];
    this.callCount = 0;
    this.loopCount = 0;
    this.pool = null;
  }

  /** Counts a call; before the first, compiles the unit and sizes the vector. */
  countCall(agent: Agent): void {
    if (this.callCount === 0) this.prepare(agent);
    this.callCount++;
  }

  /** Compiles the unit and sizes the vector. */
  prepare(agent: Agent): void {
    const unit = whileCompiling(agent, () => this.unit.compiled());
    this.pool ??= poolFor(unit);
    for (let i = this.caches.length; i < unit.icCount; i++) this.caches.push(new InlineCache());
    for (let i = this.functions.length; i < unit.functions.length; i++) this.functions.push(null);
  }

  ofFunction(index: number): Feedback {
    let feedback = this.functions[index];
    if (feedback === null) {
      feedback = new Feedback(this.unit.functions[index]);
      this.functions[index] = feedback;
    }
    return feedback;
  }
}

// Caches keep nothing alive. But what they remember is in memory.
markHeapLeaf(Feedback);
setHeapOrigin(Feedback, ({ caches, functions, pool, unit }) => [caches, functions, pool, unit]);
