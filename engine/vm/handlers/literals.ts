// Object and array literals, closures, classes.
import type { ClassConstant, NamesConstant, TemplateConstant } from '../../bytecode/unit.ts';
import type { Agent } from '../../runtime/agent.ts';
import { Construct, IsConstructor } from '../../runtime/call.ts';
import { type Environment, PrivateEnvironmentRecord } from '../../runtime/environments.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { appendToList } from '../../runtime/list.ts';
import { type ArrayObject, createArrayFrom } from '../../runtime/objects/array.ts';
import { createDefaultConstructor } from '../../runtime/objects/default-constructor.ts';
import type { ECMAScriptFunction } from '../../runtime/objects/function.ts';
import { EXOTIC_NONE, JSObject, OrdinaryObjectCreate } from '../../runtime/objects/object.ts';
import type { DecoratorRecord } from '../../runtime/operations/class-decorators.ts';
import {
  type AccessorKind,
  ClassElements,
  defineMethodProperty,
} from '../../runtime/operations/class-definition.ts';
import { CreateDataProperty, functionNameOf, Get } from '../../runtime/operations/object-operations.ts';
import { GetTemplateObject as getTemplateObject } from '../../runtime/operations/template-object.ts';
import { ToObject } from '../../runtime/operations/type-conversion.ts';
import type { PrivateName } from '../../runtime/private-name.ts';
import {
  ATTR_ENUMERABLE,
  ATTRS_CONFIGURABLE,
  ATTRS_HIDDEN,
  ATTRS_NONE,
} from '../../runtime/property-descriptor.ts';
import type { PropertyKey } from '../../runtime/property-key.ts';
import { NOT_FOUND } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import { getFrom } from '../accessing.ts';
import { deliver, initializeClass } from '../calling.ts';
import { Continuation } from '../continuation.ts';
import { END_CONTINUE, END_DROP, type VMFrame } from '../frame.ts';
import { createFunction, functionPrototypeOf, markConstructor, type VMFunction } from '../function.ts';
import { CALLED, type Handler } from '../handler.ts';
import { appendIterated } from './iteration.ts';
import { privateEnvironmentAt } from './private-names.ts';

type Name = PropertyKey | PrivateName;

const NewObject: Handler = (agent, { code }, regs, pc) => {
  regs[code[pc + 1]] = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  return pc + 2;
};

const KINDS: readonly AccessorKind[] = ['method', 'get', 'set'];
const PREFIXES = ['', 'get', 'set'] as const;

const DefineMethod: Handler = (agent, { code }, regs, pc) => {
  const object = regs[code[pc + 1]] as JSObject;
  const key = regs[code[pc + 2]] as PropertyKey;
  defineMethodProperty(agent, object, key, KINDS[code[pc + 4]], regs[code[pc + 3]] as JSObject, true);
  return pc + 5;
};

const SetPrototype: Handler = (agent, { code }, regs, pc) => {
  const value = regs[code[pc + 2]];
  if (value === null || value instanceof JSObject)
    (regs[code[pc + 1]] as JSObject).SetPrototypeOf(agent, value);
  return pc + 3;
};

const CopyDataPropertiesHandler: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const source = regs[code[pc + 2]];
  if (source === undefined || source === null) return pc + 5;
  const first = code[pc + 3];
  const excluded = regs.slice(first, first + code[pc + 4]) as PropertyKey[];
  const target = regs[code[pc + 1]] as JSObject;
  return new Copying(target, ToObject(agent, source), excluded, agent).run(agent, frame);
};

/** CopyDataProperties, in steps where getters are called — https://tc39.es/ecma262/#sec-copydataproperties */
class Copying extends Continuation {
  private readonly target: JSObject;
  private readonly from: JSObject;
  private readonly excluded: ReadonlySet<PropertyKey>;
  private readonly keys: readonly PropertyKey[];
  private index: number;

  constructor(target: JSObject, from: JSObject, excluded: readonly PropertyKey[], agent: Agent) {
    super();
    this.target = target;
    this.from = from;
    this.excluded = new Set(excluded);
    this.keys = from.OwnPropertyKeys(agent);
    this.index = 0;
  }

  run(agent: Agent, frame: VMFrame): number {
    const { keys, from, excluded } = this;
    for (; this.index < keys.length; this.index++) {
      const nextKey = keys[this.index];
      agent.chargeFuel(1);
      if (excluded.has(nextKey) || !isEnumerableOwn(agent, from, nextKey)) continue;
      const called = getFrom(agent, frame, from, nextKey, from, END_CONTINUE, this);
      if (called !== CALLED) return called;
      CreateDataProperty(agent, this.target, nextKey, frame.result);
    }
    return deliver(agent, frame, END_DROP, null, undefined);
  }

  override returned(agent: Agent, frame: VMFrame, value: Value): number {
    CreateDataProperty(agent, this.target, this.keys[this.index++], value);
    return this.run(agent, frame);
  }
}

function isEnumerableOwn(agent: Agent, from: JSObject, key: PropertyKey): boolean {
  if (from.exotic === EXOTIC_NONE) {
    const entry = from.lookupOwn(key);
    return entry !== NOT_FOUND && (entry & ATTR_ENUMERABLE) !== 0;
  }
  const desc = from.GetOwnProperty(agent, key);
  return desc !== undefined && desc.enumerable === true;
}

const NewArray: Handler = (agent, { code }, regs, pc) => {
  const first = code[pc + 2];
  regs[code[pc + 1]] = createArrayFrom(agent, regs.slice(first, first + code[pc + 3]));
  return pc + 4;
};
const ArrayAppend: Handler = (agent, { code }, regs, pc) => {
  appendToList(agent, (regs[code[pc + 1]] as ArrayObject).el, regs[code[pc + 2]]);
  return pc + 3;
};
const ArrayAppendHole: Handler = (_agent, { code }, regs, pc) => {
  (regs[code[pc + 1]] as ArrayObject).el.length++;
  return pc + 2;
};
const ArrayAppendIterated: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  return appendIterated(agent, frame, (regs[code[pc + 1]] as ArrayObject).el, regs[code[pc + 2]]);
};

const NewRegExp: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const { constants } = frame.unit;
  const pattern = constants[code[pc + 2]] as string;
  const flags = constants[code[pc + 3]] as string;
  regs[code[pc + 1]] = Construct(agent, agent.realm.intrinsic('%RegExp%'), [pattern, flags]);
  return pc + 4;
};

const GetTemplateObject: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const site = frame.unit.constants[code[pc + 2]] as TemplateConstant;
  regs[code[pc + 1]] = getTemplateObject(agent, frame.realm, site, site.cooked, site.raw);
  return pc + 3;
};

// ---- Functions

/** A closure of unit `index`. */
function closure(
  frame: VMFrame,
  index: number,
  env: Value,
  privateEnv: PrivateEnvironmentRecord | null,
  name: Name,
  prefix: '' | 'get' | 'set',
): VMFunction {
  const feedback = frame.feedback.ofFunction(index);
  const { realm } = frame;
  return createFunction(
    realm.agent,
    functionPrototypeOf(realm, feedback.unit),
    feedback,
    env as unknown as Environment,
    privateEnv,
    frame.scriptOrModule,
    name,
    prefix,
  );
}

const CreateClosure: Handler = (_agent, frame, regs, pc) => {
  const { code } = frame;
  const index = code[pc + 2];
  const name = code[pc + 5] === -1 ? frame.unit.functions[index].name : (regs[code[pc + 5]] as Name);
  const privateEnv = privateEnvironmentAt(frame, regs, code[pc + 4]);
  regs[code[pc + 1]] = closure(frame, index, regs[code[pc + 3]], privateEnv, name, '');
  return pc + 6;
};

const CreateMethod: Handler = (_agent, frame, regs, pc) => {
  const { code } = frame;
  const privateEnv = privateEnvironmentAt(frame, regs, code[pc + 4]);
  const key = regs[code[pc + 6]] as Name;
  const F = closure(frame, code[pc + 2], regs[code[pc + 3]], privateEnv, key, PREFIXES[code[pc + 7]]);
  F.homeObject = regs[code[pc + 5]] as JSObject;
  regs[code[pc + 1]] = F;
  return pc + 8;
};

const NewPrivateEnvironment: Handler = (_agent, frame, regs, pc) => {
  const { code } = frame;
  const { names } = frame.unit.constants[code[pc + 3]] as NamesConstant;
  const environment = new PrivateEnvironmentRecord(privateEnvironmentAt(frame, regs, code[pc + 2]));
  for (const name of names) environment.declare(name);
  regs[code[pc + 1]] = environment as unknown as Value;
  return pc + 4;
};

// ---- Classes

function classAt(regs: readonly Value[], register: number): ClassElements {
  return regs[register] as unknown as ClassElements;
}

/** ClassDefinitionEvaluation steps 8 to 18: the constructor with its prototype. */
const BeginClass: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const constant = frame.unit.constants[code[pc + 2]] as ClassConstant;
  let protoParent: JSObject | null = agent.realm.objectPrototype;
  let constructorParent: JSObject = agent.realm.functionPrototype;
  if (code[pc + 5] !== -1) {
    const superclass = regs[code[pc + 5]];
    if (superclass === null) protoParent = null;
    else {
      if (!IsConstructor(superclass))
        throwTypeError(agent, 'Class extends value is not a constructor or null');
      const found = Get(agent, superclass, 'prototype');
      if (found !== null && !(found instanceof JSObject))
        throwTypeError(agent, 'Class extends value does not have a valid prototype property');
      protoParent = found;
      constructorParent = superclass;
    }
  }
  const proto = OrdinaryObjectCreate(agent, protoParent);
  const env = regs[code[pc + 3]] as unknown as Environment;
  const privateEnv = privateEnvironmentAt(frame, regs, code[pc + 4]);
  const className = regs[code[pc + 6]] as Name;
  const F = createConstructor(frame, constant, constructorParent, env, privateEnv, className);
  F.homeObject = proto;
  F.isClassConstructor = true;
  if (constant.isDerived) F.constructorKind = 'derived';
  markConstructor(F);
  F.addSlot('prototype', proto, ATTRS_NONE);
  proto.addSlot('constructor', F, ATTRS_HIDDEN);
  regs[code[pc + 1]] = new ClassElements(F, proto, className) as unknown as Value;
  return pc + 7;
};

function createConstructor(
  frame: VMFrame,
  { unit, textStart, textEnd }: ClassConstant,
  constructorParent: JSObject,
  env: Environment,
  privateEnv: PrivateEnvironmentRecord | null,
  className: Name,
): ECMAScriptFunction {
  const { realm, scriptOrModule } = frame;
  const { agent } = realm;
  if (unit === -1) {
    const text = { text: frame.unit.source.text, start: textStart, end: textEnd };
    const F = createDefaultConstructor(agent, text, constructorParent, env, privateEnv, scriptOrModule);
    F.addSlot('name', functionNameOf(className), ATTRS_CONFIGURABLE);
    return F;
  }
  const feedback = frame.feedback.ofFunction(unit);
  const F = createFunction(
    agent,
    constructorParent,
    feedback,
    env,
    privateEnv,
    scriptOrModule,
    className,
    '',
  );
  F.textStart = textStart;
  F.textEnd = textEnd;
  F.materialize();
  return F;
}

function decoratorsAt(regs: readonly Value[], register: number): readonly DecoratorRecord[] {
  return register === -1 ? [] : (regs[register] as unknown as readonly DecoratorRecord[]);
}

const ClassMethod: Handler = (agent, frame, regs, pc) => {
  const { code } = frame;
  const elements = classAt(regs, code[pc + 1]);
  const key = regs[code[pc + 5]] as Name;
  const kind = code[pc + 6];
  const isStatic = code[pc + 7] === 1;
  const privateEnv = privateEnvironmentAt(frame, regs, code[pc + 4]);
  const F = closure(frame, code[pc + 2], regs[code[pc + 3]], privateEnv, key, PREFIXES[kind]);
  F.homeObject = elements.homeObject(isStatic);
  elements.defineMethod(agent, key, isStatic, KINDS[kind], F, decoratorsAt(regs, code[pc + 8]));
  return pc + 9;
};

const ClassField: Handler = (agent, { code }, regs, pc) => {
  const initializer = code[pc + 2] === -1 ? null : (regs[code[pc + 2]] as unknown as ECMAScriptFunction);
  const name = regs[code[pc + 3]] as Name;
  const decorators = decoratorsAt(regs, code[pc + 6]);
  classAt(regs, code[pc + 1]).defineField(
    agent,
    name,
    code[pc + 4] === 1,
    code[pc + 5] === 1,
    initializer,
    decorators,
  );
  return pc + 7;
};

const CreateClassElement: Handler = (_agent, frame, regs, pc) => {
  const { code } = frame;
  const privateEnv = privateEnvironmentAt(frame, regs, code[pc + 5]);
  const F = closure(frame, code[pc + 3], regs[code[pc + 4]], privateEnv, '', '');
  F.homeObject = classAt(regs, code[pc + 2]).homeObject(code[pc + 6] === 1);
  regs[code[pc + 1]] = F;
  return pc + 7;
};

const ClassStaticBlock: Handler = (_agent, { code }, regs, pc) => {
  classAt(regs, code[pc + 1]).staticElements.push(regs[code[pc + 2]] as unknown as ECMAScriptFunction);
  return pc + 3;
};

const AppendDecorator: Handler = (_agent, { code }, regs, pc) => {
  const list = regs[code[pc + 1]] as unknown as DecoratorRecord[];
  list.push({ decorator: regs[code[pc + 2]], receiver: regs[code[pc + 3]] });
  return pc + 4;
};

const FinishClass: Handler = (agent, { code }, regs, pc) => {
  const decorators = decoratorsAt(regs, code[pc + 3]);
  regs[code[pc + 1]] = classAt(regs, code[pc + 2]).applyDecorators(agent, decorators);
  return pc + 4;
};

const InitializeClass: Handler = (agent, frame, regs, pc) =>
  initializeClass(agent, frame, classAt(regs, frame.code[pc + 1]));

export const literalHandlers: Readonly<Record<string, Handler>> = {
  NewObject,
  DefineMethod,
  SetPrototype,
  CopyDataProperties: CopyDataPropertiesHandler,
  NewArray,
  ArrayAppend,
  ArrayAppendHole,
  ArrayAppendIterated,
  NewRegExp,
  GetTemplateObject,
  CreateClosure,
  CreateMethod,
  NewPrivateEnvironment,
  BeginClass,
  ClassMethod,
  ClassField,
  CreateClassElement,
  ClassStaticBlock,
  AppendDecorator,
  FinishClass,
  InitializeClass,
};
