// What the verifier holds of each opcode: one row each, beside the opcode table. An opcode without a row is never
// verified; a test finds it.
//
// A row is words `operand:type`:
//   registers read      the set of types (operand-types.ts) they may hold; a guest value if not named
//   registers written   the type they get; a guest value nothing is known of if not named
//   constants           what the constant has to be
//   imm                 `int`: any; `index`: not negative; `kind`: 0, 1 or 2; every one is named
//   jumps               `written`: the registers that the instruction writes are written where the jump leads
//   `falls=unwritten`   they are not where control goes on behind the instruction
// and `needs=…`, conditions beyond types (verify-instruction.ts), and `effect=…`, what it does to what is known
// (verify-transfer.ts), for more than writing its registers.
import { type OpcodeRow, type OperandKind, opcodeRows } from './opcodes.ts';
import { TYPE_OTHER, TYPE_VALUE, TYPES } from './operand-types.ts';

/** What a constant has to be. `name`: a String that is a property key; `key`: a property key. */
export type ConstantType =
  | 'primitive'
  | 'text'
  | 'name'
  | 'key'
  | 'names'
  | 'declarations'
  | 'parameter-map'
  | 'template'
  | 'class';

export type ImmediateType = 'int' | 'index' | 'kind';

const VALUE = '';

const ROWS: Readonly<Record<string, string>> = {
  Move: 'src:movable effect=move',
  LoadUndefined: VALUE,
  LoadInt: 'imm:int effect=loadInt',
  LoadConst: 'const:primitive effect=loadConst',
  LoadUninitialized: 'dst:uninitialized',
  CheckInitialized: 'src:checked name:text effect=checkInitialized',
  ThrowConstAssignment: 'name:text effect=ends',
  ThrowReferenceError: 'message:text effect=ends',

  Add: VALUE,
  Subtract: VALUE,
  Multiply: VALUE,
  Divide: VALUE,
  Remainder: VALUE,
  Exponentiate: VALUE,
  LeftShift: VALUE,
  SignedRightShift: VALUE,
  UnsignedRightShift: VALUE,
  BitwiseAND: VALUE,
  BitwiseOR: VALUE,
  BitwiseXOR: VALUE,
  Increment: VALUE,
  Decrement: VALUE,
  Negate: VALUE,
  BitwiseNOT: VALUE,
  ToNumber: VALUE,
  ToNumeric: VALUE,
  ToString: 'dst:text',
  ToPropertyKey: 'dst:key',
  ToObject: 'dst:object',
  Concat: 'dst:text left:anyText right:anyText',
  Not: VALUE,
  TypeOf: VALUE,

  StrictEqual: VALUE,
  StrictNotEqual: VALUE,
  LooseEqual: VALUE,
  LooseNotEqual: VALUE,
  Less: VALUE,
  LessEqual: VALUE,
  Greater: VALUE,
  GreaterEqual: VALUE,
  InstanceOf: VALUE,
  HasProperty: VALUE,

  Jump: VALUE,
  Loop: VALUE,
  JumpIfTrue: VALUE,
  JumpIfFalse: VALUE,
  JumpIfUndefined: VALUE,
  JumpIfNotUndefined: VALUE,
  JumpIfNullish: VALUE,
  JumpIfNotNullish: VALUE,
  JumpIfInt: 'imm:int',
  JumpIfStrictEqual: VALUE,
  JumpIfNotStrictEqual: VALUE,
  JumpIfNotLess: VALUE,
  JumpIfNotLessEqual: VALUE,
  JumpIfNotGreater: VALUE,
  JumpIfNotGreaterEqual: VALUE,
  Throw: VALUE,
  Return: 'needs=boundThis',

  NewEnvironment: 'dst:environment outer:environment needs=knownOuter effect=newEnvironment',
  NewFunctionEnvironment:
    'dst:environment outer:environment needs=knownOuter,ownThis effect=newFunctionEnvironment',
  CopyEnvironment: 'dst:environment src:environment needs=slots effect=copyEnvironment',
  NewWithEnvironment:
    'dst:environment outer:environment object:anyObject needs=knownOuter effect=newWithEnvironment',
  LoadSlot: 'env:environment hops:index slot:index needs=slot,initializedSlot',
  LoadSlotChecked: 'env:environment hops:index slot:index name:text needs=slot',
  StoreSlot: 'env:environment hops:index slot:index needs=slot effect=storeSlot',
  StoreSlotChecked: 'env:environment hops:index slot:index name:text needs=slot',

  LoadGlobal: 'name:name',
  TypeOfGlobal: 'name:name',
  ResolveGlobal: 'name:name',
  StoreGlobal: 'name:name',
  InitializeGlobal: 'name:name needs=initializesGlobal',
  LoadModuleBinding: 'env:environment hops:index name:name needs=moduleBinding',
  StoreModuleBinding: 'env:environment hops:index name:name needs=moduleBinding',
  InitializeModuleBinding:
    'env:environment hops:index name:name needs=moduleBinding,initializesModuleBinding',
  LoadName: 'env:environment name:name',
  LoadNameForCall: 'env:environment name:name',
  TypeOfName: 'env:environment name:name',
  DeleteName: 'env:environment name:name needs=sloppyScript',
  ResolveName: 'dst:resolved env:environment name:name effect=resolveName',
  LoadResolved: 'resolved:resolved name:name needs=resolvedName',
  StoreResolved: 'resolved:resolved name:name needs=resolvedName',
  InitializeResolved: 'env:environment name:name needs=slots',

  DeclareGlobals: 'dst:active const:declarations needs=declaresGlobals effect=declareGlobals',
  DeclareEval: 'dst:active env:environment const:declarations needs=eval',
  AssignAnnexB: 'active:active index:index env:environment name:name needs=annexB',
  CreateArguments: 'dst:object needs=keptArguments',
  CreateMappedArguments: 'dst:object env:environment const:parameter-map needs=keptArguments,parameterSlots',
  RestArguments: 'dst:object index:index needs=keptArguments',

  CoerceThis: 'needs=coercible',
  LoadThisBinding: 'env:environment',
  BindThis: 'env:environment value:object needs=functionThis',
  LoadNewTarget: 'effect=loadNewTarget',
  LoadNewTargetBinding: 'env:environment effect=loadNewTargetBinding',
  LoadFieldName: 'dst:fieldName needs=activeFunction',
  LoadCallee: 'dst:object needs=activeFunction',
  GetSuperConstructor: 'env:environment needs=functionThis',
  GetSuperBase: 'env:environment needs=superBase',
  GetSuper: VALUE,
  SetSuper: VALUE,

  GetNamed: 'key:name',
  SetNamed: 'key:name',
  GetElement: VALUE,
  SetElement: VALUE,
  CheckDestructurable: VALUE,
  CheckObjectCoercible: VALUE,
  DeleteNamed: 'key:text',
  DeleteElement: VALUE,
  ResolvePrivate: 'dst:privateName env:privateEnvironment name:text needs=privateName',
  GetPrivate: 'name:privateName',
  SetPrivate: 'name:privateName',
  HasPrivate: 'name:privateName',

  NewObject: 'dst:literal',
  DefineNamed: 'object:literal key:key',
  DefineElement: 'object:anyObject key:anyKey',
  DefineMethod: 'object:literal key:anyKey value:function kind:kind',
  SetPrototype: 'object:anyObject',
  CopyDataProperties: 'object:anyObject',
  NewArray: 'dst:array',
  ArrayAppend: 'array:array',
  ArrayAppendHole: 'array:array',
  ArrayAppendIterated: 'array:array',
  NewRegExp: 'dst:object pattern:text flags:text',
  GetTemplateObject: 'dst:object const:template',

  CreateClosure: 'dst:function env:environment privateEnv:privateEnvironment name:functionName needs=closure',
  CreateMethod:
    'dst:function env:environment privateEnv:privateEnvironment home:anyObject key:name kind:kind needs=closure',
  NewPrivateEnvironment:
    'dst:privateEnvironment outer:privateEnvironment names:names needs=knownPrivateOuter effect=newPrivateEnvironment',
  BeginClass:
    'dst:class const:class env:environment privateEnv:privateEnvironment name:functionName needs=classConstructor',
  ClassMethod:
    'class:class env:environment privateEnv:privateEnvironment key:name kind:kind decorators:decorators needs=closure',
  ClassField: 'class:class initializer:elementFunction key:name decorators:decorators',
  CreateClassElement:
    'dst:elementFunction class:class env:environment privateEnv:privateEnvironment needs=closure',
  ClassStaticBlock: 'class:class value:elementFunction',
  AppendDecorator: 'list:decorators effect=appendDecorator',
  FinishClass: 'dst:function class:class decorators:decorators effect=finishClass',
  InitializeClass: 'class:finishedClass',

  Call: VALUE,
  CallSpread: 'list:arguments',
  CallEval: 'env:environment privateEnv:privateEnvironment',
  IsEval: VALUE,
  CallEvalSpread: 'list:arguments env:environment privateEnv:privateEnvironment',
  TailCall: 'needs=plainFunction',
  TailCallSpread: 'list:arguments needs=plainFunction',
  New: 'dst:object',
  NewSpread: 'dst:object list:arguments',
  SuperCall: 'dst:object newTarget:object',
  SuperCallSpread: 'dst:object newTarget:object list:arguments',
  NewList: 'dst:emptyList',
  ListAppend: 'list:arguments effect=appendArgument',
  ListAppendIterated: 'list:arguments effect=appendArgument',
  ImportCall: 'dst:object phase:kind',
  ImportMeta: 'dst:object needs=module',

  GetIterator: 'dst:iterator',
  GetAsyncIterator: 'dst:iterator',
  IteratorStep: 'iterator:iterator next:written falls=unwritten',
  IteratorNext: 'iterator:iterator',
  IteratorNextWith: 'iterator:iterator',
  IteratorUnwrap: 'iterator:iterator',
  IteratorStepValue: 'iterator:iterator',
  IteratorRest: 'dst:object iterator:iterator',
  IteratorClose: 'iterator:iterator',
  IteratorCloseQuietly: 'iterator:iterator',
  GetMethodOf: 'object:iterator key:name',
  IteratorObject: 'dst:object iterator:iterator',
  CheckIteratorResult: 'effect=checkIteratorResult',
  IteratorComplete: 'src:anyObject',
  ForInStart: 'dst:enumerator',
  ForInNext: 'enumerator:enumerator',

  CreateGenerator: 'needs=unstartedGenerator effect=createGenerator',
  Yield: 'return:written needs=startedGenerator',
  YieldRaw: 'needs=startedAnyGenerator',
  Await: 'needs=awaits',

  NewDisposeCapability: 'dst:capability',
  AddDisposable: 'capability:capability needs=disposesHere',
  BeginDisposal: 'dst:disposal capability:capability',
  DisposeStep: 'disposal:disposal effect=disposeStep',
  DisposeError: 'disposal:disposal',
  FinishDisposal: 'disposal:disposal',
};

/** A register that an instruction reads. */
export interface SourceRule {
  readonly name: string;
  /** Words behind the opcode. */
  readonly index: number;
  readonly isOptional: boolean;
  readonly accepts: number;
}

export interface ConstantRule {
  readonly name: string;
  readonly index: number;
  readonly constantType: ConstantType;
}

export interface JumpRule {
  readonly name: string;
  readonly index: number;
  /** The registers written are written where it leads. */
  readonly isWritten: boolean;
}

/** The row of an opcode, taken apart. */
export interface OpcodeRule {
  readonly row: OpcodeRow;
  readonly sources: readonly SourceRule[];
  /** Registers written: words behind the opcode, type. */
  readonly writes: readonly { readonly name: string; readonly index: number; readonly produces: number }[];
  readonly constants: readonly ConstantRule[];
  readonly immediates: readonly {
    readonly name: string;
    readonly index: number;
    readonly immediateType: ImmediateType;
  }[];
  readonly jumps: readonly JumpRule[];
  /** Index of the first of the registers of `args`, -1 for none; the count stands behind it. */
  readonly argsIndex: number;
  /** Indices of all operands by name. */
  readonly indexOf: ReadonlyMap<string, number>;
  readonly needs: readonly string[];
  /** '' for writing registers only. */
  readonly effect: string;
  /** Nothing has been written where control goes on behind the instruction. */
  readonly fallsUnwritten: boolean;
}

const CONSTANT_TYPES: readonly string[] = [
  'primitive',
  'text',
  'name',
  'key',
  'names',
  'declarations',
  'parameter-map',
  'template',
  'class',
];
const IMMEDIATE_TYPES: readonly string[] = ['int', 'index', 'kind'];

/** The row of an opcode as it is written above, for the reference; '' for one that has none. */
export function ruleText(opcode: string): string {
  return ROWS[opcode] ?? '';
}

/** What is wrong with the rows, by opcode, in words; empty once each opcode has a row that fits. */
export function ruleMistakes(): string[] {
  const mistakes: string[] = [];
  for (const row of opcodeRows) {
    const text = ROWS[row.name];
    if (text === undefined) mistakes.push(`${row.name} has no rule for the verifier`);
    else {
      const { operands } = parseRow(text);
      for (const [name, type] of operands) {
        const operand = row.operands.find((each) => each.name === name);
        if (operand === undefined) mistakes.push(`${row.name} has no operand ${name}`);
        else if (!isTypeFor(operand.operandKind, type)) mistakes.push(`${row.name} ${name}: no type ${type}`);
      }
      for (const { name, operandKind } of row.operands)
        if ((operandKind === 'imm' || operandKind === 'const') && !operands.has(name))
          mistakes.push(`${row.name} ${name} has no type`);
    }
  }
  for (const name of Object.keys(ROWS))
    if (!opcodeRows.some((row) => row.name === name)) mistakes.push(`there is no opcode ${name}`);
  return mistakes;
}

function isTypeFor(kind: OperandKind, type: string): boolean {
  switch (kind) {
    case 'src':
    case 'opt':
    case 'dst':
      return Object.hasOwn(TYPES, type);
    case 'const':
      return CONSTANT_TYPES.includes(type);
    case 'imm':
      return IMMEDIATE_TYPES.includes(type);
    case 'jump':
      return type === 'written';
    default:
      return false;
  }
}

interface ParsedRow {
  readonly operands: ReadonlyMap<string, string>;
  readonly needs: readonly string[];
  readonly effect: string;
  readonly fallsUnwritten: boolean;
}

function parseRow(text: string): ParsedRow {
  const operands = new Map<string, string>();
  let needs: readonly string[] = [];
  let effect = '';
  let fallsUnwritten = false;
  for (const word of text.split(' ')) {
    if (word.startsWith('needs=')) needs = word.slice('needs='.length).split(',');
    else if (word.startsWith('effect=')) effect = word.slice('effect='.length);
    else if (word === 'falls=unwritten') fallsUnwritten = true;
    else if (word !== '') {
      const [name, type] = word.split(':');
      operands.set(name, type);
    }
  }
  return { operands, needs, effect, fallsUnwritten };
}

function ruleOf(row: OpcodeRow): OpcodeRule | null {
  const text = ROWS[row.name];
  if (text === undefined) return null;
  const { operands, needs, effect, fallsUnwritten } = parseRow(text);
  const places = row.operands.map(({ name, operandKind }, i) => ({
    name,
    operandKind,
    index: i + 1,
    type: operands.get(name),
  }));
  return {
    row,
    sources: places
      .filter(({ operandKind }) => operandKind === 'src' || operandKind === 'opt')
      .map(({ name, operandKind, index, type }) => ({
        name,
        index,
        isOptional: operandKind === 'opt',
        accepts: type === undefined ? TYPE_VALUE : TYPES[type],
      })),
    writes: places
      .filter(({ operandKind }) => operandKind === 'dst')
      .map(({ name, index, type }) => ({
        name,
        index,
        produces: type === undefined ? TYPE_OTHER : TYPES[type],
      })),
    constants: places
      .filter(({ operandKind }) => operandKind === 'const')
      .map(({ name, index, type }) => ({ name, index, constantType: type as ConstantType })),
    immediates: places
      .filter(({ operandKind }) => operandKind === 'imm')
      .map(({ name, index, type }) => ({ name, index, immediateType: type as ImmediateType })),
    jumps: places
      .filter(({ operandKind }) => operandKind === 'jump')
      .map(({ name, index, type }) => ({ name, index, isWritten: type === 'written' })),
    argsIndex: places.find(({ operandKind }) => operandKind === 'args')?.index ?? -1,
    indexOf: new Map(places.map(({ name, index }) => [name, index])),
    needs,
    effect,
    fallsUnwritten,
  };
}

/** By opcode number; null for opcodes that have no row. */
export const opcodeRules: readonly (OpcodeRule | null)[] = opcodeRows.map(ruleOf);

/** All conditions that rows name, and all effects, for the test that they are known. */
export function namesInRules(): { readonly needs: readonly string[]; readonly effects: readonly string[] } {
  const rows = Object.values(ROWS).map(parseRow);
  return {
    needs: [...new Set(rows.flatMap(({ needs }) => needs))],
    effects: [...new Set(rows.map(({ effect }) => effect).filter((effect) => effect !== ''))],
  };
}
