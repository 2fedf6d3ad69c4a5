// What the verifier knows of environments: the chain of scopes from one outwards, so that hops and slots can be checked,
// with the slots that have certainly been initialized; of private environments: the names they declare; of what
// ResolveName gave: the name it was asked for. Equal knowledge has equal numbers, which the flow states hold; 0 stands
// for nothing known.
//
// A slot never becomes uninitialized again (only guest values are stored), so knowledge about an environment stays
// right when another register that holds the same one learns more.
import type { CodeUnit, ScopeDescriptor } from './unit.ts';

export type EnvironmentKind =
  | 'unknown'
  | 'global'
  | 'module'
  | 'scope'
  | 'function'
  | 'with'
  | 'private'
  | 'no-private'
  | 'resolved';

export interface EnvironmentType {
  readonly kind: EnvironmentKind;
  readonly outer: number;
  /** Environments around it that are known. */
  readonly depth: number;
  /** Of scopes and functions. */
  readonly descriptor: ScopeDescriptor | null;
  /** Of functions: whose environment it is. */
  readonly unit: CodeUnit | null;
  /** Of private environments: what they declare. Of resolved names: the name. */
  readonly names: readonly string[];
  /** All slots below are initialized; it stands at one that starts uninitialized, or at the end. */
  readonly initializedBelow: number;
  /** Further slots that start uninitialized and have been initialized, ascending. */
  readonly initialized: readonly number[];
}

export const UNKNOWN_ENVIRONMENT = 0;
/** The frame of a script has no private environment. */
export const NO_PRIVATE_ENVIRONMENT = 1;
export const GLOBAL_ENVIRONMENT = 2;
export const MODULE_ENVIRONMENT = 3;

/** Deeper chains than the parser's limit of nesting allows are not followed. */
const MAX_DEPTH = 10_000;

const NOTHING: readonly never[] = [];

export class EnvironmentTypes {
  private readonly types: EnvironmentType[];
  private readonly numbers: Map<string, number>;
  /** Numbers of descriptors, units and lists of names, in keys of `numbers`. */
  private readonly identities: Map<object, number>;
  /** Steps taken in chains and lists, which the verifier bounds. */
  work: number;

  constructor() {
    const root = (kind: EnvironmentKind, outer: number, depth: number): EnvironmentType => ({
      kind,
      outer,
      depth,
      descriptor: null,
      unit: null,
      names: NOTHING,
      initializedBelow: 0,
      initialized: NOTHING,
    });
    this.types = [
      root('unknown', UNKNOWN_ENVIRONMENT, 0),
      root('no-private', UNKNOWN_ENVIRONMENT, 0),
      root('global', UNKNOWN_ENVIRONMENT, 0),
      root('module', GLOBAL_ENVIRONMENT, 1),
    ];
    this.numbers = new Map();
    this.identities = new Map();
    this.work = 0;
  }

  get(number: number): EnvironmentType {
    return this.types[number];
  }

  /** A new environment of a scope. */
  scope(descriptor: ScopeDescriptor, outer: number): number {
    return this.slots('scope', descriptor, null, outer, firstUninitialized(descriptor, 0), NOTHING);
  }

  /** A new environment of a function of `unit`. */
  functionScope(descriptor: ScopeDescriptor, outer: number, unit: CodeUnit): number {
    return this.slots('function', descriptor, unit, outer, firstUninitialized(descriptor, 0), NOTHING);
  }

  withObject(outer: number): number {
    return this.intern(`with ${outer}`, outer, { kind: 'with' });
  }

  privateNames(names: readonly string[], outer: number): number {
    return this.intern(`private ${this.identity(names)} ${outer}`, outer, { kind: 'private', names });
  }

  /** What ResolveName of `name` gives. */
  resolved(name: string): number {
    const fields = { kind: 'resolved', names: [name] } as const;
    return this.intern(`resolved ${name}`, UNKNOWN_ENVIRONMENT, fields);
  }

  /** What CopyEnvironment makes of an environment: it holds the slots only. */
  copyOf(number: number): number {
    const { descriptor, outer, initializedBelow, initialized } = this.types[number];
    if (descriptor === null) return UNKNOWN_ENVIRONMENT;
    return this.slots('scope', descriptor, null, outer, initializedBelow, initialized);
  }

  /** The environment `hops` outwards. */
  outwards(number: number, hops: number): EnvironmentType {
    let at = number;
    for (let i = 0; i < hops && at !== UNKNOWN_ENVIRONMENT; i++) {
      at = this.types[at].outer;
      this.work++;
    }
    return this.types[at];
  }

  /** GetThisEnvironment, as far as it is known. */
  thisEnvironment(number: number): EnvironmentType {
    let type = this.types[number];
    while (type.kind === 'scope' || type.kind === 'with') {
      type = this.types[type.outer];
      this.work++;
    }
    return type;
  }

  declaresPrivate(number: number, name: string): boolean {
    for (let type = this.types[number]; type.kind === 'private'; type = this.types[type.outer]) {
      this.work += 1 + (type.names.length >> 4);
      if (type.names.includes(name)) return true;
    }
    return false;
  }

  /** The environment once slot `slot`, which is there `hops` outwards, has been initialized. */
  initialize(number: number, hops: number, slot: number): number {
    const inner: EnvironmentType[] = [];
    let at = number;
    for (let i = 0; i < hops && at !== UNKNOWN_ENVIRONMENT; i++) {
      inner.push(this.types[at]);
      at = this.types[at].outer;
    }
    let changed = this.initializeSlot(at, slot);
    if (changed === at) return number;
    for (const type of inner.reverse()) changed = this.inside(type, changed);
    return changed;
  }

  private initializeSlot(number: number, slot: number): number {
    const type = this.types[number];
    const { kind, descriptor, unit, outer, initializedBelow: below, initialized } = type;
    if (descriptor === null || isInitialized(type, slot)) return number;
    if (slot !== below) {
      const more = [...initialized, slot].sort((a, b) => a - b);
      return this.slots(kind, descriptor, unit, outer, below, more);
    }
    let end = firstUninitialized(descriptor, slot + 1);
    let taken = 0;
    while (taken < initialized.length && initialized[taken] === end) {
      taken++;
      end = firstUninitialized(descriptor, end + 1);
    }
    return this.slots(kind, descriptor, unit, outer, end, initialized.slice(taken));
  }

  /** What is known of an environment that is one of two. */
  meet(a: number, b: number): number {
    const inner: [one: EnvironmentType, other: EnvironmentType][] = [];
    let one = a;
    let other = b;
    while (one !== other && isAlike(this.types[one], this.types[other])) {
      inner.push([this.types[one], this.types[other]]);
      one = this.types[one].outer;
      other = this.types[other].outer;
    }
    let met = one === other ? one : UNKNOWN_ENVIRONMENT;
    for (const [type, like] of inner.reverse()) met = this.meetSlots(type, like, met);
    return met;
  }

  private meetSlots(one: EnvironmentType, other: EnvironmentType, outer: number): number {
    const { kind, descriptor, unit } = one;
    if (descriptor === null) return this.withObject(outer);
    const [lower, higher] = one.initializedBelow <= other.initializedBelow ? [one, other] : [other, one];
    const initialized = lower.initialized.filter((slot) => isInitialized(higher, slot));
    return this.slots(kind, descriptor, unit, outer, lower.initializedBelow, initialized);
  }

  /** The same environment inside of another. */
  private inside(type: EnvironmentType, outer: number): number {
    if (type.descriptor === null) return type.kind === 'with' ? this.withObject(outer) : UNKNOWN_ENVIRONMENT;
    return this.slots(type.kind, type.descriptor, type.unit, outer, type.initializedBelow, type.initialized);
  }

  private slots(
    kind: EnvironmentKind,
    descriptor: ScopeDescriptor,
    unit: CodeUnit | null,
    outer: number,
    initializedBelow: number,
    initialized: readonly number[],
  ): number {
    const key = `${kind} ${this.identity(descriptor)} ${unit === null ? '' : this.identity(unit)} ${outer} ${initializedBelow} ${initialized.join()}`;
    this.work += 1 + initialized.length;
    return this.intern(key, outer, { kind, descriptor, unit, initializedBelow, initialized });
  }

  private identity(object: object): number {
    let identity = this.identities.get(object);
    if (identity === undefined) {
      identity = this.identities.size;
      this.identities.set(object, identity);
    }
    return identity;
  }

  private intern(key: string, outer: number, fields: Partial<EnvironmentType>): number {
    let number = this.numbers.get(key);
    if (number === undefined) {
      const depth = this.types[outer].depth + 1;
      if (depth > MAX_DEPTH) return UNKNOWN_ENVIRONMENT;
      number = this.types.length;
      this.types.push({ ...this.types[UNKNOWN_ENVIRONMENT], ...fields, outer, depth });
      this.numbers.set(key, number);
    }
    return number;
  }
}

/** Two environments of one scope, or of `with` statements, which may differ in what is known of their slots. */
function isAlike(one: EnvironmentType, other: EnvironmentType): boolean {
  return (
    one.kind === other.kind &&
    one.descriptor === other.descriptor &&
    one.unit === other.unit &&
    (one.descriptor !== null || one.kind === 'with')
  );
}

/** Whether a slot of the environment has certainly been initialized. */
export function isInitialized(
  { descriptor, initializedBelow, initialized }: EnvironmentType,
  slot: number,
): boolean {
  if (descriptor === null || slot >= descriptor.names.length) return false;
  return slot < initializedBelow || !descriptor.uninitialized[slot] || initialized.includes(slot);
}

function firstUninitialized({ uninitialized }: ScopeDescriptor, from: number): number {
  let slot = from;
  while (slot < uninitialized.length && !uninitialized[slot]) slot++;
  return slot;
}
