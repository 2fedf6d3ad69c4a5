// The bytecode: one row per opcode. From the rows come numbers and emitters (opcodes.gen.ts), lengths, the
// decoder, disassembler and verifier, the handler table of the VM and the reference in docs.
//
// An instruction is the opcode word followed by one 32-bit word per operand. Registers belong to the frame:
//
//   parameters | environment the code was entered with | this | variables and temporaries | constants
//
// Constants that are used often enough are registers too, filled in when the frame is made. A jump is relative to the
// next instruction.
//
// Operand kinds:
//   dst    register written            src    register read          opt    register read, or -1 for none
//   args   first of `count` registers  count  number of registers of the args before it
//   const  constant pool index         func   index of an inner code unit
//   scope  index of a scope descriptor ic     feedback slot          imm    integer
//   jump   offset                      flag   0 or 1
//
// Meaning: R[x] register, K[x] constant, `throw` a guest exception.

export const OPERAND_KINDS = [
  'dst',
  'src',
  'opt',
  'args',
  'count',
  'const',
  'func',
  'scope',
  'ic',
  'imm',
  'jump',
  'flag',
] as const;
export type OperandKind = (typeof OPERAND_KINDS)[number];

/** May throw a guest exception. */
export const FLAG_THROWS = 1;
/** May run guest code. */
export const FLAG_USER = 2;
/** Control does not go on to the next instruction. */
export const FLAG_TERMINATOR = 4;
/** May suspend the frame. */
export const FLAG_SUSPENDS = 8;

const THROW = FLAG_THROWS;
const USER = FLAG_THROWS | FLAG_USER;
const END = FLAG_TERMINATOR;
const SUSPEND = FLAG_THROWS | FLAG_USER | FLAG_SUSPENDS;

export interface OperandRow {
  readonly name: string;
  readonly operandKind: OperandKind;
}

export interface OpcodeRow {
  readonly name: string;
  readonly operands: readonly OperandRow[];
  readonly flags: number;
  readonly meaning: string;
}

/** `operands` is a list of kinds, each with a name of its own behind a colon where the kind does not say enough. */
function row(name: string, operands: string, flags: number, meaning: string): OpcodeRow {
  return {
    name,
    operands: operands
      .split(' ')
      .filter((text) => text !== '')
      .map((text) => {
        const [operandKind, operandName] = text.split(':');
        return { name: operandName ?? operandKind, operandKind: operandKind as OperandKind };
      }),
    flags,
    meaning,
  };
}

/**
 * Opcodes that the VM's hot core executes itself. They have the lowest numbers, without gaps, because V8 makes a jump table of
 * dense labels only: this order is part of the table's meaning.
 */
export const HOT_OPCODES: readonly string[] = [
  'Move',
  'LoadUndefined',
  'LoadInt',
  'LoadConst',
  'Add',
  'Subtract',
  'Multiply',
  'BitwiseAND',
  'BitwiseOR',
  'Increment',
  'Decrement',
  'StrictEqual',
  'Jump',
  'Loop',
  'JumpIfTrue',
  'JumpIfFalse',
  'JumpIfStrictEqual',
  'JumpIfNotStrictEqual',
  'JumpIfNotLess',
  'JumpIfNotGreaterEqual',
  'LoadSlot',
  'StoreSlot',
  'Return',
  'LoadGlobal',
  'CheckObjectCoercible',
  'ToPropertyKey',
  'Call',
  'ToNumeric',
  'JumpIfNotLessEqual',
  'JumpIfNotGreater',
];

const rows: readonly OpcodeRow[] = [
  // Values.
  row('Move', 'dst src', 0, 'R[dst] := R[src]'),
  row('LoadUndefined', 'dst', 0, 'R[dst] := undefined'),
  row('LoadInt', 'dst imm', 0, 'R[dst] := imm'),
  row('LoadConst', 'dst const', 0, 'R[dst] := K[const]'),
  row('LoadUninitialized', 'dst', 0, 'R[dst] := the mark of an uninitialized binding'),
  row(
    'CheckInitialized',
    'src const:name',
    THROW,
    'if R[src] is uninitialized throw a ReferenceError that names K[name]',
  ),
  row('ThrowConstAssignment', 'const:name', THROW, 'throw the TypeError of assigning to constant K[name]'),
  row('ThrowReferenceError', 'const:message', THROW, 'throw a ReferenceError with message K[message]'),

  // Arithmetic. Slot ic records the kinds of operands that took the slow path.
  row('Add', 'dst src:left src:right ic', USER, 'R[dst] := R[left] + R[right]'),
  row('Subtract', 'dst src:left src:right ic', USER, 'R[dst] := R[left] - R[right]'),
  row('Multiply', 'dst src:left src:right ic', USER, 'R[dst] := R[left] * R[right]'),
  row('Divide', 'dst src:left src:right ic', USER, 'R[dst] := R[left] / R[right]'),
  row('Remainder', 'dst src:left src:right ic', USER, 'R[dst] := R[left] % R[right]'),
  row('Exponentiate', 'dst src:left src:right ic', USER, 'R[dst] := R[left] ** R[right]'),
  row('LeftShift', 'dst src:left src:right ic', USER, 'R[dst] := R[left] << R[right]'),
  row('SignedRightShift', 'dst src:left src:right ic', USER, 'R[dst] := R[left] >> R[right]'),
  row('UnsignedRightShift', 'dst src:left src:right ic', USER, 'R[dst] := R[left] >>> R[right]'),
  row('BitwiseAND', 'dst src:left src:right ic', USER, 'R[dst] := R[left] & R[right]'),
  row('BitwiseOR', 'dst src:left src:right ic', USER, 'R[dst] := R[left] | R[right]'),
  row('BitwiseXOR', 'dst src:left src:right ic', USER, 'R[dst] := R[left] ^ R[right]'),
  row('Increment', 'dst src ic', USER, 'R[dst] := ToNumeric(R[src]) + 1'),
  row('Decrement', 'dst src ic', USER, 'R[dst] := ToNumeric(R[src]) - 1'),
  row('Negate', 'dst src', USER, 'R[dst] := - ToNumeric(R[src])'),
  row('BitwiseNOT', 'dst src', USER, 'R[dst] := ~ ToNumeric(R[src])'),
  row('ToNumber', 'dst src', USER, 'R[dst] := ToNumber(R[src])'),
  row('ToNumeric', 'dst src', USER, 'R[dst] := ToNumeric(R[src])'),
  row('ToString', 'dst src', USER, 'R[dst] := ToString(R[src])'),
  row('ToPropertyKey', 'dst src', USER, 'R[dst] := ToPropertyKey(R[src])'),
  row('ToObject', 'dst src', THROW, 'R[dst] := ToObject(R[src])'),
  row(
    'Concat',
    'dst src:left src:right',
    THROW,
    'R[dst] := string concatenation of the Strings R[left] and R[right]',
  ),
  row('Not', 'dst src', 0, 'R[dst] := not ToBoolean(R[src])'),
  row('TypeOf', 'dst src', 0, 'R[dst] := the typeof text of R[src]'),

  // Comparison.
  row('StrictEqual', 'dst src:left src:right', 0, 'R[dst] := R[left] === R[right]'),
  row('StrictNotEqual', 'dst src:left src:right', 0, 'R[dst] := R[left] !== R[right]'),
  row('LooseEqual', 'dst src:left src:right', USER, 'R[dst] := R[left] == R[right]'),
  row('LooseNotEqual', 'dst src:left src:right', USER, 'R[dst] := R[left] != R[right]'),
  row('Less', 'dst src:left src:right', USER, 'R[dst] := R[left] < R[right]'),
  row('LessEqual', 'dst src:left src:right', USER, 'R[dst] := R[left] <= R[right]'),
  row('Greater', 'dst src:left src:right', USER, 'R[dst] := R[left] > R[right]'),
  row('GreaterEqual', 'dst src:left src:right', USER, 'R[dst] := R[left] >= R[right]'),
  row('InstanceOf', 'dst src:left src:right', USER, 'R[dst] := InstanceofOperator(R[left], R[right])'),
  row('HasProperty', 'dst src:key src:object', USER, 'R[dst] := R[key] in R[object]'),

  // Control.
  row('Jump', 'jump', END, 'pc += jump'),
  row('Loop', 'jump', END, 'charge one unit of fuel, pc += jump'),
  row('JumpIfTrue', 'src jump', 0, 'if ToBoolean(R[src]) then pc += jump'),
  row('JumpIfFalse', 'src jump', 0, 'if not ToBoolean(R[src]) then pc += jump'),
  row('JumpIfUndefined', 'src jump', 0, 'if R[src] is undefined then pc += jump'),
  row('JumpIfNotUndefined', 'src jump', 0, 'if R[src] is not undefined then pc += jump'),
  row('JumpIfNullish', 'src jump', 0, 'if R[src] is undefined or null then pc += jump'),
  row('JumpIfNotNullish', 'src jump', 0, 'if R[src] is neither undefined nor null then pc += jump'),
  row('JumpIfInt', 'src imm jump', 0, 'if R[src] is the Number imm then pc += jump'),
  row('JumpIfStrictEqual', 'src:left src:right jump', 0, 'if R[left] === R[right] then pc += jump'),
  row('JumpIfNotStrictEqual', 'src:left src:right jump', 0, 'if R[left] !== R[right] then pc += jump'),
  row('JumpIfNotLess', 'src:left src:right jump', USER, 'if not R[left] < R[right] then pc += jump'),
  row('JumpIfNotLessEqual', 'src:left src:right jump', USER, 'if not R[left] <= R[right] then pc += jump'),
  row('JumpIfNotGreater', 'src:left src:right jump', USER, 'if not R[left] > R[right] then pc += jump'),
  row('JumpIfNotGreaterEqual', 'src:left src:right jump', USER, 'if not R[left] >= R[right] then pc += jump'),
  row('Throw', 'src', THROW | END, 'throw R[src]'),
  row('Return', 'src', USER | END, 'leave the frame with R[src]'),

  // Environments. `hops` is how many environments outwards from R[env] the slot lies.
  row('NewEnvironment', 'dst src:outer scope', 0, 'R[dst] := a new environment of the scope inside R[outer]'),
  row(
    'NewFunctionEnvironment',
    'dst src:outer scope flag:bindThis',
    0,
    'R[dst] := a new environment that also holds this and new.target of the call; this is bound if bindThis',
  ),
  row('CopyEnvironment', 'dst src', 0, 'R[dst] := a copy of environment R[src]'),
  row(
    'NewWithEnvironment',
    'dst src:outer src:object',
    0,
    'R[dst] := an object environment of a with statement',
  ),
  row('LoadSlot', 'dst src:env imm:hops imm:slot', 0, 'R[dst] := the slot'),
  row(
    'LoadSlotChecked',
    'dst src:env imm:hops imm:slot const:name',
    THROW,
    'R[dst] := the slot; throw a ReferenceError if it is uninitialized',
  ),
  row('StoreSlot', 'src:env imm:hops imm:slot src:value', 0, 'the slot := R[value]'),
  row(
    'StoreSlotChecked',
    'src:env imm:hops imm:slot src:value const:name',
    THROW,
    'the slot := R[value]; throw a ReferenceError if it is uninitialized',
  ),

  // Names that are not resolved ahead.
  row(
    'LoadGlobal',
    'dst const:name ic',
    USER,
    'R[dst] := the global binding; throw a ReferenceError if there is none',
  ),
  row(
    'TypeOfGlobal',
    'dst const:name ic',
    USER,
    'R[dst] := the typeof text of the global binding, "undefined" if there is none',
  ),
  row('ResolveGlobal', 'dst const:name', USER, 'R[dst] := whether the global binding exists'),
  row(
    'StoreGlobal',
    'const:name src:value ic flag:strict opt:resolved',
    USER,
    'assign to the global binding; strict code throws if it did not exist',
  ),
  row('InitializeGlobal', 'const:name src:value', THROW, 'initialize the global lexical binding'),
  row(
    'LoadModuleBinding',
    'dst src:env imm:hops const:name ic',
    THROW,
    'R[dst] := the binding of the module environment',
  ),
  row(
    'StoreModuleBinding',
    'src:env imm:hops const:name src:value',
    THROW,
    'assign to the binding of the module environment',
  ),
  row(
    'InitializeModuleBinding',
    'src:env imm:hops const:name src:value',
    0,
    'initialize the binding of the module environment',
  ),
  row(
    'LoadName',
    'dst src:env const:name flag:strict',
    USER,
    'R[dst] := GetValue(ResolveBinding(name, R[env]))',
  ),
  row(
    'LoadNameForCall',
    'dst dst:this src:env const:name flag:strict',
    USER,
    'R[dst] and R[this] := value and with-base of the binding',
  ),
  row(
    'TypeOfName',
    'dst src:env const:name flag:strict',
    USER,
    'R[dst] := the typeof text of the binding, "undefined" if there is none',
  ),
  row('DeleteName', 'dst src:env const:name', USER, 'R[dst] := the delete operator on the binding'),
  row(
    'ResolveName',
    'dst src:env const:name',
    USER,
    'R[dst] := the environment that binds the name, or the mark of none',
  ),
  row('LoadResolved', 'dst src:resolved const:name flag:strict', USER, 'R[dst] := GetValue of the reference'),
  row('StoreResolved', 'src:resolved const:name src:value flag:strict', USER, 'PutValue of the reference'),
  row(
    'InitializeResolved',
    'src:env const:name src:value',
    USER,
    'InitializeBinding(name, R[value]) in R[env]',
  ),

  // Declarations.
  row(
    'DeclareGlobals',
    'dst const',
    USER,
    'GlobalDeclarationInstantiation; R[dst] := the Annex B functions that are active',
  ),
  row(
    'DeclareEval',
    'dst src:env const flag:strict',
    USER,
    'EvalDeclarationInstantiation; R[dst] := the Annex B functions that are active',
  ),
  row(
    'AssignAnnexB',
    'src:active imm:index src:env const:name src:value',
    USER,
    'if function index is active, assign to its var binding',
  ),
  row('CreateArguments', 'dst', 0, 'R[dst] := an unmapped arguments object'),
  row(
    'CreateMappedArguments',
    'dst src:env const',
    0,
    'R[dst] := an arguments object whose elements are slots of R[env]',
  ),
  row('RestArguments', 'dst imm:index', 0, 'R[dst] := an array of the arguments from index'),

  // This, new.target, super.
  row('CoerceThis', 'dst', 0, 'OrdinaryCallBindThis of sloppy code on R[dst]'),
  row('LoadThisBinding', 'dst src:env', THROW, 'R[dst] := ResolveThisBinding() from R[env]'),
  row('BindThis', 'src:env src:value', USER, 'BindThisValue, then InitializeInstanceElements'),
  row('LoadNewTarget', 'dst', 0, 'R[dst] := new.target of the frame'),
  row('LoadNewTargetBinding', 'dst src:env', 0, 'R[dst] := GetNewTarget() from R[env]'),
  row('LoadFieldName', 'dst', 0, 'R[dst] := [[ClassFieldInitializerName]] of the active function'),
  row('LoadCallee', 'dst', 0, 'R[dst] := the active function'),
  row('GetSuperConstructor', 'dst src:env', USER, 'R[dst] := GetSuperConstructor() from R[env]'),
  row(
    'GetSuperBase',
    'dst opt:env',
    USER,
    'R[dst] := [[HomeObject]].[[GetPrototypeOf]]() of the active function, or of the function of R[env]',
  ),
  row(
    'GetSuper',
    'dst src:base src:key src:this',
    USER,
    'R[dst] := ToObject(R[base]).[[Get]](ToPropertyKey(R[key]), R[this])',
  ),
  row(
    'SetSuper',
    'src:base src:key src:this src:value flag:strict',
    USER,
    'ToObject(R[base]).[[Set]](ToPropertyKey(R[key]), R[value], R[this])',
  ),

  // Properties.
  row('GetNamed', 'dst src:object const:key ic', USER, 'R[dst] := GetV(R[object], K[key])'),
  row(
    'SetNamed',
    'src:object const:key src:value ic flag:strict',
    USER,
    'Set(R[object], K[key], R[value]), throwing if strict',
  ),
  row('GetElement', 'dst src:object src:key ic', USER, 'R[dst] := GetV(R[object], ToPropertyKey(R[key]))'),
  row(
    'SetElement',
    'src:object src:key src:value ic flag:strict',
    USER,
    'Set(R[object], ToPropertyKey(R[key]), R[value]), throwing if strict',
  ),
  row('CheckDestructurable', 'src', THROW, 'throw a TypeError if R[src] is undefined or null'),
  row(
    'CheckObjectCoercible',
    'src:object src:key',
    THROW,
    'throw a TypeError if R[object] is undefined or null: R[key] can not be read from it',
  ),
  row('DeleteNamed', 'dst src:object const:key flag:strict', USER, 'R[dst] := delete R[object].K[key]'),
  row('DeleteElement', 'dst src:object src:key flag:strict', USER, 'R[dst] := delete R[object][R[key]]'),
  row('ResolvePrivate', 'dst opt:env const:name', 0, 'R[dst] := ResolvePrivateIdentifier(R[env], K[name])'),
  row('GetPrivate', 'dst src:object src:name ic', USER, 'R[dst] := PrivateGet(ToObject(R[object]), R[name])'),
  row(
    'SetPrivate',
    'src:object src:name src:value ic',
    USER,
    'PrivateSet(ToObject(R[object]), R[name], R[value])',
  ),
  row('HasPrivate', 'dst src:object src:name', THROW, 'R[dst] := R[name] in R[object]'),

  // Literals.
  row('NewObject', 'dst', 0, 'R[dst] := OrdinaryObjectCreate(%Object.prototype%)'),
  row(
    'DefineNamed',
    'src:object const:key src:value ic',
    0,
    'CreateDataPropertyOrThrow(R[object], K[key], R[value]) on a fresh object',
  ),
  row(
    'DefineElement',
    'src:object src:key src:value',
    0,
    'CreateDataPropertyOrThrow(R[object], R[key], R[value]); R[key] is a property key',
  ),
  row(
    'DefineMethod',
    'src:object src:key src:value imm:kind',
    0,
    'define method (0), getter (1) or setter (2) R[value] as an enumerable property',
  ),
  row('SetPrototype', 'src:object src:value', 0, '[[SetPrototypeOf]] if R[value] is an object or null'),
  row(
    'CopyDataProperties',
    'src:object src:from args:excluded count',
    USER,
    'CopyDataProperties without the keys in the registers',
  ),
  row('NewArray', 'dst args count', 0, 'R[dst] := an array of the registers'),
  row('ArrayAppend', 'src:array src:value', THROW, 'append R[value]'),
  row('ArrayAppendHole', 'src:array', THROW, 'append a hole'),
  row('ArrayAppendIterated', 'src:array src:iterable', USER, 'append all that R[iterable] gives'),
  row('NewRegExp', 'dst const:pattern const:flags', THROW, 'R[dst] := RegExpCreate(K[pattern], K[flags])'),
  row('GetTemplateObject', 'dst const', 0, 'R[dst] := GetTemplateObject of the site'),

  // Functions and classes.
  row(
    'CreateClosure',
    'dst func src:env opt:privateEnv opt:name',
    0,
    'R[dst] := a closure; named R[name] if given, else as the unit says',
  ),
  row(
    'CreateMethod',
    'dst func src:env opt:privateEnv src:home src:key imm:kind',
    0,
    'R[dst] := a method (0), getter (1) or setter (2) with its home object',
  ),
  row(
    'NewPrivateEnvironment',
    'dst opt:outer const:names',
    0,
    'R[dst] := a private environment with fresh private names',
  ),
  row(
    'BeginClass',
    'dst const src:env opt:privateEnv opt:heritage src:name',
    USER,
    'R[dst] := the record of a class under definition, with its constructor and prototype',
  ),
  row(
    'ClassMethod',
    'src:class func src:env opt:privateEnv src:key imm:kind flag:static opt:decorators',
    USER,
    'MethodDefinitionEvaluation in a class',
  ),
  row(
    'ClassField',
    'src:class opt:initializer src:key flag:static flag:accessor opt:decorators',
    USER,
    'ClassFieldDefinitionEvaluation',
  ),
  row(
    'CreateClassElement',
    'dst src:class func src:env opt:privateEnv flag:static',
    0,
    'R[dst] := the function of a field initializer or static block',
  ),
  row('ClassStaticBlock', 'src:class src:value', 0, 'append the function of a static block'),
  row('AppendDecorator', 'src:list src:decorator src:receiver', 0, 'append a decorator to the list'),
  row('FinishClass', 'dst src:class opt:decorators', USER, 'apply the decorators; R[dst] := the class'),
  row('InitializeClass', 'src:class', USER, 'the static private methods, fields and blocks'),

  // Calls.
  row(
    'Call',
    'dst src:callee src:this args count ic',
    USER,
    'R[dst] := Call(R[callee], R[this], the registers)',
  ),
  row(
    'CallSpread',
    'dst src:callee src:this src:list',
    USER,
    'R[dst] := Call(R[callee], R[this], the list R[list])',
  ),
  row(
    'CallEval',
    'dst src:callee args count src:env opt:privateEnv flag:strict',
    USER,
    'a direct eval if R[callee] is %eval%, else a call',
  ),
  row('IsEval', 'dst src', 0, 'R[dst] := whether R[src] is %eval%'),
  row(
    'CallEvalSpread',
    'dst src:callee src:list src:env opt:privateEnv flag:strict',
    USER,
    'the same with a list',
  ),
  row(
    'TailCall',
    'src:callee src:this args count',
    USER | END,
    'leave the frame with the result of the call, which takes its place',
  ),
  row('TailCallSpread', 'src:callee src:this src:list', USER | END, 'the same with a list'),
  row('New', 'dst src:callee args count ic', USER, 'R[dst] := Construct(R[callee], the registers)'),
  row('NewSpread', 'dst src:callee src:list', USER, 'R[dst] := Construct(R[callee], the list)'),
  row(
    'SuperCall',
    'dst src:callee src:newTarget args count',
    USER,
    'R[dst] := Construct(R[callee], the registers, R[newTarget])',
  ),
  row('SuperCallSpread', 'dst src:callee src:newTarget src:list', USER, 'the same with a list'),
  row('NewList', 'dst', 0, 'R[dst] := an empty list of arguments'),
  row('ListAppend', 'src:list src:value', THROW, 'append R[value]'),
  row('ListAppendIterated', 'src:list src:iterable', USER, 'append all that R[iterable] gives'),
  row(
    'ImportCall',
    'dst src:specifier opt:options imm:phase',
    USER,
    'R[dst] := the promise of a dynamic import',
  ),
  row('ImportMeta', 'dst', USER, 'R[dst] := import.meta'),

  // Iteration.
  row('GetIterator', 'dst src:object', USER, 'R[dst] := GetIterator(R[object], sync)'),
  row('GetAsyncIterator', 'dst src:object', USER, 'R[dst] := GetIterator(R[object], async)'),
  row(
    'IteratorStep',
    'dst src:iterator jump:done jump:next',
    0,
    'where the iterator is one of the engine, take a step of it: done, or R[dst] := the value and on to next',
  ),
  row('IteratorNext', 'dst src:iterator', USER, 'R[dst] := Call(next method of the record)'),
  row(
    'IteratorNextWith',
    'dst src:iterator src:value',
    USER,
    'R[dst] := Call(next method of the record, R[value])',
  ),
  row(
    'IteratorUnwrap',
    'dst src:iterator src:result jump:done',
    USER,
    'throw a TypeError if R[result] is no object; done if it says so, else R[dst] := its value',
  ),
  row(
    'IteratorStepValue',
    'dst src:iterator',
    USER,
    'R[dst] := IteratorStepValue(record), undefined once it is done',
  ),
  row('IteratorRest', 'dst src:iterator', USER, 'R[dst] := an array of the remaining values'),
  row(
    'IteratorClose',
    'src:iterator flag:onlyOpen',
    USER,
    'IteratorClose with a normal completion; onlyOpen: unless the record is done',
  ),
  row(
    'IteratorCloseQuietly',
    'src:iterator flag:onlyOpen',
    USER,
    'IteratorClose with a throw completion, which stays that of the caller',
  ),
  row(
    'GetMethodOf',
    'dst src:object const:key',
    USER,
    'R[dst] := GetMethod(iterator of record R[object], K[key])',
  ),
  row('IteratorObject', 'dst src:iterator', 0, 'R[dst] := the iterator of the record'),
  row('CheckIteratorResult', 'src', THROW, 'throw a TypeError if R[src] is no object'),
  row('IteratorComplete', 'dst src', USER, 'R[dst] := IteratorComplete(R[src])'),
  row(
    'ForInStart',
    'dst src:object',
    USER,
    'R[dst] := an enumerator of the properties of ToObject(R[object])',
  ),
  row('ForInNext', 'dst src:enumerator jump:done', USER, 'R[dst] := the next key, or done'),

  // Suspension.
  row(
    'CreateGenerator',
    '',
    SUSPEND,
    'make the generator object, leave the frame with it, go on at the first resumption',
  ),
  row(
    'Yield',
    'dst src:value jump:return',
    SUSPEND,
    'GeneratorYield of R[value] in an iterator result object; R[dst] := what comes back; a return goes to the jump',
  ),
  row(
    'YieldRaw',
    'dst dst:mode src:value',
    SUSPEND,
    'suspend with R[value]; R[dst] := what comes back, R[mode] := 0 next, 1 throw, 2 return',
  ),
  row('Await', 'dst src', SUSPEND, 'R[dst] := Await(R[src])'),

  // Disposal.
  row('NewDisposeCapability', 'dst', 0, 'R[dst] := a new DisposeCapability'),
  row('AddDisposable', 'src:capability src:value flag:async', USER, 'AddDisposableResource'),
  row(
    'BeginDisposal',
    'dst src:capability src:isThrow src:value',
    0,
    'R[dst] := a disposal of the resources under that completion',
  ),
  row(
    'DisposeStep',
    'dst src:disposal jump:done',
    USER,
    'dispose until something has to be awaited, which is R[dst], or all is done',
  ),
  row('DisposeError', 'src:disposal src:error', THROW, 'note that what was awaited threw R[error]'),
  row('FinishDisposal', 'src:disposal', THROW, 'throw the error of the disposal if it has one'),
];

/** All rows by opcode number. */
export const opcodeRows: readonly OpcodeRow[] = [
  ...HOT_OPCODES.flatMap((name) => rows.filter((each) => each.name === name)),
  ...rows.filter((each) => !HOT_OPCODES.includes(each.name)),
];
