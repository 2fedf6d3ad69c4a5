// hot
// Function objects. `code` is the host function that runs the callee (see call.ts); it is a static
// implementation: what a function closes over are explicit fields, never a host closure (ARCHITECTURE.md, rule 7).
import type { Agent } from '../agent.ts';
import type { Environment, PrivateEnvironmentRecord } from '../environments.ts';
import type { PrivateName } from '../private-name.ts';
import { type AccessorPair, ATTRS_CONFIGURABLE } from '../property-descriptor.ts';
import type { PropertyKey } from '../property-key.ts';
import type { Realm } from '../realm.ts';
import { rootShape, SHAPE_KIND_FUNCTION, type Shape } from '../shape.ts';
import { type FunctionSpecial, type HostCode, JSObject } from './object.ts';

/** Base of everything callable. */
export class FunctionObject extends JSObject {
  override readonly code: HostCode;
  override readonly isConstructor: boolean;
  override readonly realm: Realm;

  constructor(shape: Shape, code: HostCode, isConstructor: boolean, realm: Realm) {
    super(shape);
    this.code = code;
    this.isConstructor = isConstructor;
    this.realm = realm;
  }

  override className(): string {
    return 'Function';
  }

  /** What consoles call its kind: `Function`, `AsyncFunction`, `GeneratorFunction`, `AsyncGeneratorFunction`. */
  kindName(): string {
    return 'Function';
  }

  /** What Function.prototype.toString returns, https://tc39.es/ecma262/#sec-function.prototype.tostring . */
  sourceText(): string {
    return 'function () { [native code] }';
  }
}

/**
 * The static part of a built-in function: one row of a built-in's table (builtins/define.ts), shared by all
 * realms. A snapshot names a built-in by its row.
 */
export interface BuiltinCode {
  /** The property name the function is defined under; symbols give `[description]`. */
  readonly name: string;
  /** 'get' or 'set' for accessor functions. */
  readonly prefix: '' | 'get' | 'set';
  readonly length: number;
  readonly code: HostCode;
  readonly isConstructor: boolean;
  /** See FunctionSpecial; left out by most. */
  readonly special?: FunctionSpecial;
}

/**
 * A built-in function object, https://tc39.es/ecma262/#sec-built-in-function-objects . Its `length` and `name`
 * are filled in at first touch. `captures` is the record of what the specification's closure captures.
 */
export class BuiltinFunction<Captures = unknown> extends FunctionObject {
  readonly builtin: BuiltinCode;
  readonly captures: Captures;
  override readonly special: FunctionSpecial | null;

  constructor(shape: Shape, builtin: BuiltinCode, realm: Realm, captures: Captures) {
    super(shape, builtin.code, builtin.isConstructor, realm);
    this.builtin = builtin;
    this.captures = captures;
    this.special = builtin.special ?? null;
  }

  override materialize(): void {
    const lazy = this.shape;
    if (lazy.unique) {
      // An intrinsic constructor, or a function that became a prototype before its first touch.
      this.shape = lazy.materialized();
      this.defineNameAndLength();
      lazy.agent.fillIntrinsic(this);
      return;
    }
    this.shape = rootShape(lazy.agent, lazy.proto, SHAPE_KIND_FUNCTION);
    this.defineNameAndLength();
  }

  /** Adds `length` and `name`, in this order, as CreateBuiltinFunction does. */
  defineNameAndLength(): void {
    const builtin = this.builtin;
    this.addSlot('length', builtin.length, ATTRS_CONFIGURABLE);
    const name = builtin.prefix === '' ? builtin.name : `${builtin.prefix} ${builtin.name}`;
    this.addSlot('name', name, ATTRS_CONFIGURABLE);
  }

  override sourceText(): string {
    // The NativeFunction grammar has no place for names such as `$&`.
    const name = /^(?:[A-Za-z_$][\w$]*|\[.*\])$/.test(this.builtin.name) ? this.builtin.name : '';
    const prefix = this.builtin.prefix === '' || name === '' ? '' : `${this.builtin.prefix} `;
    return `function ${prefix}${name}() { [native code] }`;
  }
}

// Built-ins that call back do so from several functions deep.
(BuiltinFunction.prototype as unknown as Record<string, unknown>).callDepth = 3;

/** A class field or accessor field, https://tc39.es/ecma262/#sec-classfielddefinition-record-specification-type . */
export interface ClassFieldDefinition {
  readonly name: PropertyKey | PrivateName;
  readonly initializer: ECMAScriptFunction | null;
}

/** A private method or accessor that instances get, https://tc39.es/ecma262/#sec-privateelement-specification-type . */
export interface PrivateMethodDefinition {
  readonly name: PrivateName;
  readonly method: JSObject | AccessorPair;
}

export type ThisMode = 'lexical' | 'strict' | 'global';

/**
 * ECMAScript function object slots that every tier shares,
 * https://tc39.es/ecma262/#table-internal-slots-of-ecmascript-function-objects . A tier subclasses it to add its
 * code (AST node, bytecode).
 */
export class ECMAScriptFunction extends FunctionObject {
  readonly environment: Environment;
  readonly privateEnvironment: PrivateEnvironmentRecord | null;
  readonly strict: boolean;
  readonly thisMode: ThisMode;
  readonly scriptOrModule: ScriptOrModule | null;
  homeObject: JSObject | undefined;
  constructorKind: 'base' | 'derived';
  isClassConstructor: boolean;
  fields: readonly ClassFieldDefinition[];
  privateMethods: readonly PrivateMethodDefinition[];
  /** Set on field-initializer functions: the field's name, for NamedEvaluation. */
  classFieldInitializerName: PropertyKey | PrivateName | undefined;

  constructor(
    shape: Shape,
    code: HostCode,
    realm: Realm,
    environment: Environment,
    privateEnvironment: PrivateEnvironmentRecord | null,
    strict: boolean,
    thisMode: ThisMode,
    scriptOrModule: ScriptOrModule | null,
  ) {
    super(shape, code, false, realm);
    this.environment = environment;
    this.privateEnvironment = privateEnvironment;
    this.strict = strict;
    this.thisMode = thisMode;
    this.scriptOrModule = scriptOrModule;
    this.homeObject = undefined;
    this.constructorKind = 'base';
    this.isClassConstructor = false;
    this.fields = [];
    this.privateMethods = [];
    this.classFieldInitializerName = undefined;
  }
}

/** A Script Record or Module Record as functions and contexts refer to it. */
export interface ScriptOrModule {
  readonly realm: Realm;
  /** Whatever the host attached to find relative specifiers, import.meta, … */
  readonly hostDefined: unknown;
}

/** CreateBuiltinFunction — https://tc39.es/ecma262/#sec-createbuiltinfunction , with its captured values as a record. */
export function CreateBuiltinFunction<Captures>(
  agent: Agent,
  builtin: BuiltinCode,
  captures: Captures,
  realm: Realm = agent.realm,
): BuiltinFunction<Captures> {
  agent.chargeBytes(136);
  return new BuiltinFunction(realm.lazyFunctionShape, builtin, realm, captures);
}

/** The static part of a closure that the specification makes with CreateBuiltinFunction. */
export function builtinClosure(name: string, length: number, code: HostCode): BuiltinCode {
  return { name, prefix: '', length, code, isConstructor: false };
}
