// The verifier: what our compiler makes passes; by error code, code made by hand that does not; and the ways in which
// code that looks harmless could get at a record of the host.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseModule, parseScript } from '../syntax/parse.ts';
import type { ModuleEntries } from '../syntax/scope.ts';
import { SourceText } from '../syntax/source-text.ts';
import { decode, encode } from './codec.ts';
import { compileModule, compileScript } from './compiler/compile.ts';
import { Emitter } from './opcodes.gen.ts';
import {
  CALL_ASYNC,
  CALL_CLASS_CONSTRUCTOR,
  CALL_GENERATOR,
  CodeUnit,
  type DeclarationsConstant,
  REGION_BLOCK,
  REGION_LOOP,
  type ScopeDescriptor,
} from './unit.ts';
import { describeVerifyError, VERIFY_ERROR_CODES, type VerifyErrorCode, verify } from './verify.ts';
import { Label, Writer } from './writer.ts';

const TEXT = 'let text = 1;';

interface Tools {
  readonly emit: Emitter;
  readonly writer: Writer;
  readonly unit: CodeUnit;
}

/** A unit with code made by hand. It ends with `return undefined`, so that most cases need not. */
function made(
  unit: CodeUnit,
  build: (tools: Tools) => void,
  after: (unit: CodeUnit) => void = () => {},
): CodeUnit {
  const writer = new Writer(unit.parameterCount + 2);
  const emit = new Emitter(writer);
  build({ emit, writer, unit });
  emit.return(writer.constantRegister(undefined));
  writer.finish(unit);
  after(unit);
  return unit;
}

function script(build: (tools: Tools) => void, after?: (unit: CodeUnit) => void): CodeUnit {
  return made(new CodeUnit('script', new SourceText('made.js', TEXT)), build, after);
}

/** A script that makes a closure of a function with that code and those fields. */
function withFunction(
  fields: Partial<CodeUnit>,
  build: (tools: Tools) => void,
  after?: (unit: CodeUnit) => void,
): CodeUnit {
  const source = new SourceText('made.js', TEXT);
  const inner = made(Object.assign(new CodeUnit('function', source), fields), build, after);
  return made(new CodeUnit('script', source), ({ emit, writer, unit }) => {
    unit.functions = [inner];
    emit.createClosure(writer.newRegister(), 0, unit.environmentRegister, -1, -1);
  });
}

const NO_DECLARATIONS: DeclarationsConstant = {
  constantKind: 'declarations',
  varNames: [],
  lexicals: [],
  functions: [],
  annexBNames: [],
};

const NO_ENTRIES: ModuleEntries = {
  requestedModules: [],
  importEntries: [],
  localExportEntries: [],
  indirectExportEntries: [],
  starExportEntries: [],
};

function module(
  declarations: Partial<DeclarationsConstant>,
  entries: Partial<ModuleEntries>,
  build: (tools: Tools) => void = () => {},
): CodeUnit {
  const unit = new CodeUnit('module', new SourceText('made.mjs', TEXT));
  unit.moduleEntries = { ...NO_ENTRIES, ...entries };
  return made(unit, (tools) => {
    tools.writer.constant({ ...NO_DECLARATIONS, ...declarations });
    build(tools);
  });
}

function scopeOf(slots: number, fields: Partial<ScopeDescriptor> = {}): ScopeDescriptor {
  const list = <T>(value: T): T[] => new Array<T>(slots).fill(value);
  return {
    names: list('').map((_, i) => `v${i}`),
    mutability: list(0),
    uninitialized: list(false),
    lexical: list(false),
    isVariableScope: false,
    isCatch: false,
    ...fields,
  };
}

/** The codes of what is wrong, each once. */
function codesOf(unit: CodeUnit): VerifyErrorCode[] {
  return [...new Set(verify(unit).map(({ code }) => code))];
}

// ---- What passes

const folder = new URL('../../fuzz/bytecode/seeds/', import.meta.url);
const PROGRAMS = readdirSync(folder).filter((name) => /\.m?js$/.test(name));

describe('what the compiler makes passes', () => {
  test.each(PROGRAMS)('%s', (name) => {
    const source = new SourceText(name, readFileSync(new URL(name, folder), 'utf8'));
    const parsed = name.endsWith('.mjs') ? parseModule(source) : parseScript(source);
    if (!parsed.ok) throw new Error(parsed.error.message);
    const unit = 'entries' in parsed.node ? compileModule(parsed.node) : compileScript(parsed.node);
    const again = decode(encode(unit));
    expect(verify(unit)).toEqual([]);
    expect(again.ok && verify(again.unit)).toEqual([]);
  });

  test('and so does code made by hand', () => {
    expect(verify(script(() => {}))).toEqual([]);
    expect(verify(withFunction({}, () => {}))).toEqual([]);
    expect(verify(module({}, {}))).toEqual([]);
  });
});

// ---- What does not, by code

type Case = readonly [VerifyErrorCode, name: string, unit: () => CodeUnit];

const CASES: readonly Case[] = [
  ['unit', 'an eval', () => made(new CodeUnit('eval', new SourceText('', TEXT)), () => {})],
  [
    'unit',
    'a function of another source text',
    () =>
      script(({ unit }) => {
        unit.functions = [made(new CodeUnit('function', new SourceText('', TEXT)), () => {})];
      }),
  ],
  [
    'unit',
    'a function that stands at two places',
    () => {
      const root = withFunction({}, () => {});
      root.functions = [root.functions[0], root.functions[0]];
      return root;
    },
  ],
  [
    'unit',
    'a script inside a script',
    () => {
      const root = script(() => {});
      root.functions = [made(new CodeUnit('script', root.source), () => {})];
      return root;
    },
  ],
  [
    'unit',
    'a unit that is not compiled',
    () =>
      script(
        () => {},
        (unit) => (unit.pending = () => {}),
      ),
  ],
  [
    'unit',
    'a text that ends behind its source',
    () =>
      script(
        () => {},
        (unit) => (unit.textEnd = 1000),
      ),
  ],
  [
    'unit',
    'a script that awaits',
    () =>
      script(
        () => {},
        (unit) => (unit.callKind = CALL_ASYNC),
      ),
  ],
  ['unit', 'a module that is a generator', () => Object.assign(module({}, {}), { callKind: CALL_GENERATOR })],
  ['unit', 'an unknown kind of call', () => withFunction({ callKind: 5 }, () => {})],
  [
    'unit',
    'a script with parameters',
    () =>
      script(
        () => {},
        (unit) => (unit.parameterCount = 1),
      ),
  ],
  ['unit', 'a strict function whose this is sloppy', () => withFunction({ strict: true }, () => {})],
  [
    'unit',
    'a generator that makes constructors',
    () => withFunction({ callKind: CALL_GENERATOR, makesConstructor: true }, () => {}),
  ],
  [
    'unit',
    'a derived constructor that is a plain function',
    () => withFunction({ isDerivedConstructor: true }, () => {}),
  ],
  [
    'unit',
    'registers without a count',
    () =>
      script(
        () => {},
        (unit) => (unit.registerCount = 1_000_000),
      ),
  ],
  [
    'unit',
    'more registers than the code can name',
    () =>
      script(
        () => {},
        (unit) => {
          const registers = new Array(100).fill(undefined);
          Object.assign(unit, { registers, registerCount: 100, firstConstantRegister: 100 });
        },
      ),
  ],
  [
    'unit',
    'a variable that starts with a value',
    () =>
      script(
        ({ writer }) => void writer.newRegister(),
        (unit) => (unit.registers = unit.registers.map(() => 1)),
      ),
  ],
  [
    'opcode',
    'an opcode that there is not',
    () =>
      script(
        () => {},
        ({ code }) => (code[0] = 9999),
      ),
  ],
  [
    'opcode',
    'a negative opcode',
    () =>
      script(
        () => {},
        ({ code }) => (code[0] = -1),
      ),
  ],
  [
    'length',
    'an instruction that is cut off',
    () =>
      script(
        () => {},
        (unit) => (unit.code = unit.code.slice(0, -1)),
      ),
  ],
  ['jump', 'a jump into an instruction', () => script(({ emit }) => emit.jump(at(1)))],
  ['jump', 'a jump behind the end', () => script(({ emit }) => emit.jump(at(1000)))],
  ['jump', 'a jump before the start', () => script(({ emit }) => emit.jump(at(-5)))],
  ['loop', 'a way back that charges nothing', () => script(({ emit }) => emit.jump(at(0)))],
  [
    'loop',
    'a conditional way back',
    () => script(({ emit, writer }) => emit.jumpIfTrue(writer.newRegister(), at(0))),
  ],
  ['register', 'a register that there is not', () => script(({ emit }) => emit.throw(100))],
  ['register', 'a negative register', () => script(({ emit }) => emit.throw(-1))],
  [
    'register',
    'writing a constant',
    () =>
      script(
        ({ emit, writer }) => emit.loadUndefined(writer.newRegister()),
        ({ code, firstConstantRegister }) => (code[1] = firstConstantRegister),
      ),
  ],
  ['register', 'writing the environment', () => script(({ emit }) => emit.loadUndefined(0))],
  ['register', 'writing this', () => script(({ emit }) => emit.loadUndefined(1))],
  [
    'arguments',
    'arguments that lie behind the registers',
    () => script(({ emit, writer }) => emit.newArray(writer.newRegister(), 1, 1000)),
  ],
  [
    'arguments',
    'a negative number of arguments',
    () => script(({ emit, writer }) => emit.newArray(writer.newRegister(), 1, -1)),
  ],
  [
    'constant',
    'a constant that there is not',
    () => script(({ emit, writer }) => emit.loadConst(writer.newRegister(), 7)),
  ],
  [
    'constant',
    'a record as a value',
    () =>
      script(({ emit, writer }) =>
        emit.loadConst(writer.newRegister(), writer.constant({ constantKind: 'names', names: [] })),
      ),
  ],
  [
    'constant',
    'a name that is an array index',
    () =>
      script(({ emit, writer }) => emit.loadGlobal(writer.newRegister(), writer.constant('0'), writer.ic())),
  ],
  [
    'constant',
    'a class whose constructor is no constructor',
    () => {
      const root = withFunction({}, () => {});
      const constant = {
        constantKind: 'class',
        unit: 0,
        isDerived: false,
        textStart: 0,
        textEnd: 0,
      } as const;
      root.constants = [constant];
      return root;
    },
  ],
  [
    'constant',
    'a name that is declared twice',
    () => script(({ writer }) => void writer.constant({ ...NO_DECLARATIONS, varNames: ['a', 'a'] })),
  ],
  ['constant', 'a module without declarations', () => Object.assign(module({}, {}), { constants: [] })],
  [
    'function',
    'a function that there is not',
    () => script(({ emit, writer }) => emit.createClosure(writer.newRegister(), 0, 0, -1, -1)),
  ],
  [
    'function',
    'a closure of a class constructor',
    () => withFunction({ callKind: CALL_CLASS_CONSTRUCTOR }, () => {}),
  ],
  [
    'scope',
    'a scope that there is not',
    () => script(({ emit, writer }) => emit.newEnvironment(writer.newRegister(), 0, 0)),
  ],
  [
    'scope',
    'a scope whose lists differ in length',
    () => script(({ writer }) => void writer.scope({ ...scopeOf(2), lexical: [] })),
  ],
  [
    'cache',
    'a cache of two instructions',
    () =>
      script(({ emit, writer }) => {
        const register = writer.newRegister();
        const cache = writer.ic();
        emit.increment(register, register, cache);
        emit.increment(register, register, cache);
      }),
  ],
  ['cache', 'caches that nothing uses', () => script(({ writer }) => void writer.ic())],
  [
    'cache',
    'a cache that there is not',
    () => script(({ emit, writer }) => emit.increment(writer.newRegister(), 1, 5)),
  ],
  [
    'immediate',
    'a flag that is neither 0 nor 1',
    () => script(({ emit, writer }) => emit.deleteNamed(writer.newRegister(), 1, writer.constant('x'), 2)),
  ],
  [
    'immediate',
    'a kind that there is not',
    () => script(({ emit, writer }) => emit.importCall(writer.newRegister(), 1, -1, 3)),
  ],
  [
    'immediate',
    'a negative number of hops',
    () => script(({ emit, writer }) => emit.loadSlot(writer.newRegister(), 0, -1, 0)),
  ],
  ['handler', 'a handler inside of what it guards', () => guarded([0, 4, 2, 2])],
  ['handler', 'a handler before what it guards', () => guarded([2, 4, 0, 2])],
  ['handler', 'a range that ends within an instruction', () => guarded([0, 1, 4, 2])],
  ['handler', 'an empty range', () => guarded([2, 2, 4, 2])],
  ['handler', 'a handler that writes the environment', () => guarded([0, 2, 4, 0])],
  ['handler', 'a table that is cut off', () => guarded([0, 2, 4])],
  ['region', 'regions that cross', () => regions([REGION_LOOP, 0, 4, REGION_BLOCK, 2, 6])],
  ['region', 'regions out of order', () => regions([REGION_LOOP, 2, 4, REGION_LOOP, 0, 2])],
  ['region', 'a kind that there is not', () => regions([9, 0, 2])],
  ['region', 'a region that ends within an instruction', () => regions([REGION_LOOP, 0, 3])],
  ['position', 'positions that do not ascend', () => positions([2, 0, 0, 0])],
  ['position', 'a position behind the source', () => positions([0, 1000])],
  ['position', 'a position within an instruction', () => positions([1, 0])],
  ['position', 'a callee of nothing', () => script(twice, (unit) => (unit.callees = Int32Array.of(1, 0, 1)))],
  [
    'position',
    'a callee that ends before it starts',
    () => script(twice, (unit) => (unit.callees = Int32Array.of(0, 5, 1))),
  ],
  [
    'end',
    'no code',
    () =>
      script(
        () => {},
        (unit) => (unit.code = new Int32Array(0)),
      ),
  ],
  [
    'end',
    'control that runs out of the code',
    () =>
      script(
        ({ emit, writer }) => emit.loadUndefined(writer.newRegister()),
        (unit) => (unit.code = unit.code.slice(0, 2)),
      ),
  ],
  ['type', 'the environment as a value', () => script(({ emit }) => emit.throw(0))],
  [
    'environment',
    'a slot that there is not',
    () =>
      script(({ emit, writer }) => {
        const env = writer.newRegister();
        emit.newEnvironment(env, 0, writer.scope(scopeOf(1)));
        emit.loadSlot(env, env, 0, 1);
      }),
  ],
  ['frame', 'waiting in a script', () => script(({ emit, writer }) => emit.await(writer.newRegister(), 1))],
  [
    'frame',
    'a yield before the generator is made',
    () =>
      withFunction({ callKind: CALL_GENERATOR }, ({ emit, writer }) => {
        const end = new Label();
        emit.yield(writer.newRegister(), 1, end);
        writer.bind(end);
      }),
  ],
  [
    'frame',
    'arguments that the frame does not keep',
    () => withFunction({}, ({ emit, writer }) => emit.createArguments(writer.newRegister())),
  ],
  [
    'frame',
    'leaving a derived constructor that has bound no this',
    () => {
      const root = withFunction({ callKind: CALL_CLASS_CONSTRUCTOR, isDerivedConstructor: true }, () => {});
      return made(root, ({ emit, writer, unit }) => {
        const constant = {
          constantKind: 'class',
          unit: 0,
          isDerived: true,
          textStart: 0,
          textEnd: 0,
        } as const;
        const record = writer.newRegister();
        const name = writer.constantRegister('C');
        emit.beginClass(record, writer.constant(constant), unit.environmentRegister, -1, 1, name);
      });
    },
  ],
  [
    'frame',
    'import.meta in a script',
    () => script(({ emit, writer }) => emit.importMeta(writer.newRegister())),
  ],
  [
    'frame',
    'a lexical binding that is initialized without having been declared',
    () =>
      script(({ emit, writer }) => {
        writer.constant({ ...NO_DECLARATIONS, lexicals: [{ name: 'a', isConstant: false }] });
        emit.initializeGlobal(writer.constant('a'), 1);
      }),
  ],
  [
    'frame',
    'a binding that is initialized twice',
    () =>
      module({ lexicals: [{ name: 'a', isConstant: false }] }, {}, ({ emit, writer }) => {
        emit.initializeModuleBinding(0, 0, writer.constant('a'), 1);
        emit.initializeModuleBinding(0, 0, writer.constant('a'), 1);
      }),
  ],
  [
    'module',
    'a script with exports',
    () =>
      script(
        () => {},
        (unit) => (unit.moduleEntries = NO_ENTRIES),
      ),
  ],
  ['module', 'a module without entries', () => Object.assign(module({}, {}), { moduleEntries: null })],
  ['module', 'an export of no binding', () => module({}, { localExportEntries: [exportOf('a')] })],
  [
    'module',
    'an import from a module that is not requested',
    () =>
      module(
        {},
        { importEntries: [{ moduleRequest: request, importName: 'a', localName: 'a', phase: 'evaluation' }] },
      ),
  ],
  [
    'module',
    'an import under the name of a declaration',
    () =>
      module(
        { varNames: ['a'] },
        {
          requestedModules: [request],
          importEntries: [{ moduleRequest: request, importName: 'a', localName: 'a', phase: 'evaluation' }],
        },
      ),
  ],
  [
    'complexity',
    'thousands of jumps between thousands of registers',
    () =>
      script(({ emit, writer }) => {
        for (let i = 0; i < 4_000; i++) {
          const next = new Label();
          emit.jumpIfTrue(writer.newRegister(), next);
          emit.loadUndefined(writer.newRegister());
          writer.bind(next);
        }
      }),
  ],
];

const request = { specifier: 'm', attributes: [], phase: 'evaluation' } as const;

function exportOf(name: string): ModuleEntries['localExportEntries'][number] {
  return { exportName: name, moduleRequest: null, importName: null, importKind: 'name', localName: name };
}

/** A label at a pc. */
function at(pc: number): Label {
  const label = new Label();
  label.pc = pc;
  return label;
}

/** Two instructions of two words: at 0 and 2, before the return at 4. */
function twice({ emit, writer }: Tools): void {
  const register = writer.newRegister();
  emit.loadUndefined(register);
  emit.loadUndefined(register);
}

function guarded(handlers: readonly number[]): CodeUnit {
  return script(twice, (unit) => (unit.handlers = Int32Array.from(handlers)));
}

function regions(words: readonly number[]): CodeUnit {
  return script(twice, (unit) => (unit.regions = Int32Array.from(words)));
}

function positions(words: readonly number[]): CodeUnit {
  return script(twice, (unit) => (unit.positions = Int32Array.from(words)));
}

describe('what is refused', () => {
  test.each(CASES)('%s: %s', (code, _name, unit) => {
    expect(codesOf(unit())).toContain(code);
  });

  test('every code has a case', () => {
    expect([...new Set(CASES.map(([code]) => code))].sort()).toEqual([...VERIFY_ERROR_CODES].sort());
  });

  test('an error says where it is', () => {
    const [error] = verify(withFunction({}, ({ emit }) => emit.throw(0)));
    expect(error).toMatchObject({ code: 'type', unit: '0', pc: 0 });
    expect(describeVerifyError(error)).toBe(
      'type: Throw: register 0, src, may hold environment (function 0, pc 0)',
    );
  });
});

// ---- Records of the host that a guest could get at

/** Scripts that would break the engine, by what they do; each is refused for its types or environments. */
const ATTACKS: readonly (readonly [name: string, build: (tools: Tools) => void])[] = [
  [
    'a binding in its dead zone is read without a check',
    ({ emit, writer }) => {
      const env = writer.newRegister();
      emit.newEnvironment(env, 0, writer.scope(scopeOf(1, { uninitialized: [true] })));
      emit.loadSlot(writer.newRegister(), env, 0, 0);
    },
  ],
  [
    'one of two ways does not initialize a slot',
    ({ emit, writer }) => {
      const env = writer.newRegister();
      const otherwise = new Label();
      emit.newEnvironment(env, 0, writer.scope(scopeOf(2, { uninitialized: [false, true] })));
      emit.jumpIfTrue(1, otherwise);
      emit.storeSlot(env, 0, 1, 1);
      writer.bind(otherwise);
      emit.loadSlot(writer.newRegister(), env, 0, 1);
    },
  ],
  [
    'the mark of an uninitialized binding is stored',
    ({ emit, writer }) => {
      const env = writer.newRegister();
      const mark = writer.newRegister();
      emit.newEnvironment(env, 0, writer.scope(scopeOf(1)));
      emit.loadUninitialized(mark);
      emit.storeSlot(env, 0, 0, mark);
    },
  ],
  [
    'the mark of an uninitialized binding is passed on',
    ({ emit, writer }) => {
      const mark = writer.newRegister();
      emit.loadUninitialized(mark);
      emit.newArray(writer.newRegister(), mark, 1);
    },
  ],
  [
    'an iterator record is returned by way of another register',
    ({ emit, writer }) => {
      const record = writer.newRegister();
      const other = writer.newRegister();
      emit.getIterator(record, 1);
      emit.move(other, record);
      emit.return(other);
    },
  ],
  [
    'a value is used as an iterator record if a branch goes the other way',
    ({ emit, writer }) => {
      const record = writer.newRegister();
      const otherwise = new Label();
      emit.jumpIfTrue(1, otherwise);
      emit.getIterator(record, 1);
      writer.bind(otherwise);
      emit.iteratorClose(record, 0);
    },
  ],
  [
    'what was thrown is used as the record that the register held',
    ({ emit, writer }) => {
      const record = writer.newRegister();
      emit.getIterator(record, 1);
      const handler = writer.openHandler(record);
      emit.iteratorNext(writer.newRegister(), record);
      writer.closeHandler(handler);
      writer.bind(handler.target);
      emit.iteratorClose(record, 0);
    },
  ],
  [
    'a list of arguments becomes one of decorators',
    ({ emit, writer }) => {
      const list = writer.newRegister();
      emit.newList(list);
      emit.listAppend(list, 1);
      emit.appendDecorator(list, 1, 1);
    },
  ],
  [
    'a list has got arguments before what appends them throws',
    ({ emit, writer }) => {
      const list = writer.newRegister();
      const thrown = writer.newRegister();
      emit.newList(list);
      const handler = writer.openHandler(thrown);
      emit.listAppendIterated(list, 1);
      writer.closeHandler(handler);
      writer.bind(handler.target);
      emit.appendDecorator(list, 1, 1);
    },
  ],
  [
    'a list is in two registers',
    ({ emit, writer }) => {
      const list = writer.newRegister();
      emit.newList(list);
      emit.move(writer.newRegister(), list);
    },
  ],
  [
    'an array is appended to that the guest has made sparse',
    ({ emit, writer }) => {
      const array = writer.newRegister();
      emit.newArray(array, 1, 0);
      emit.call(writer.newRegister(), 1, 1, array, 1, writer.ic());
      emit.arrayAppend(array, 1);
    },
  ],
  [
    'an array is appended to that the guest got before a call threw',
    ({ emit, writer }) => {
      const array = writer.newRegister();
      const thrown = writer.newRegister();
      emit.newArray(array, 1, 0);
      const handler = writer.openHandler(thrown);
      emit.call(thrown, 1, 1, array, 1, writer.ic());
      writer.closeHandler(handler);
      writer.bind(handler.target);
      emit.arrayAppend(array, 1);
    },
  ],
  [
    'a class is finished twice',
    ({ emit, writer }) => {
      const record = beginClass({ emit, writer });
      emit.finishClass(writer.newRegister(), record, -1);
      emit.finishClass(writer.newRegister(), record, -1);
    },
  ],
  [
    'a class is finished again after a decorator threw',
    ({ emit, writer }) => {
      const record = beginClass({ emit, writer });
      const thrown = writer.newRegister();
      const handler = writer.openHandler(thrown);
      emit.finishClass(thrown, record, -1);
      writer.closeHandler(handler);
      writer.bind(handler.target);
      emit.finishClass(thrown, record, -1);
    },
  ],
  [
    'a method is added to a finished class',
    ({ emit, writer }) => {
      const record = beginClass({ emit, writer });
      emit.finishClass(writer.newRegister(), record, -1);
      emit.classField(record, -1, writer.constantRegister('x'), 0, 0, -1);
    },
  ],
  [
    'a getter is no function',
    ({ emit, writer }) => {
      const object = writer.newRegister();
      const other = writer.newRegister();
      emit.newObject(object);
      emit.newObject(other);
      emit.defineMethod(object, writer.constantRegister('x'), other, 1);
    },
  ],
  [
    'a property key is any value',
    ({ emit, writer }) => {
      const object = writer.newRegister();
      emit.newObject(object);
      emit.defineElement(object, 1, 1);
    },
  ],
  [
    'a property key is the text of an index',
    ({ emit, writer }) => {
      const object = writer.newRegister();
      emit.newObject(object);
      emit.defineElement(object, writer.constantRegister('0'), 1);
    },
  ],
  ['concatenation of what may be no strings', ({ emit, writer }) => emit.concat(writer.newRegister(), 1, 1)],
  [
    'this is bound where no function is',
    ({ emit, writer }) => {
      const object = writer.newRegister();
      emit.toObject(object, 1);
      emit.bindThis(0, object);
    },
  ],
  [
    'hops that lead behind the global environment',
    ({ emit, writer }) => emit.loadSlot(writer.newRegister(), 0, 2_000_000_000, 0),
  ],
  [
    'a chain of environments that grows with each turn of a loop',
    ({ emit, writer }) => {
      const env = writer.newRegister();
      const top = new Label();
      emit.move(env, 0);
      writer.bind(top);
      emit.newEnvironment(env, env, writer.scope(scopeOf(0)));
      emit.loop(top);
    },
  ],
  [
    'a private name that no class around declares',
    ({ emit, writer }) => emit.resolvePrivate(writer.newRegister(), -1, writer.constant('x')),
  ],
  [
    'a reference to one name is used for another',
    ({ emit, writer }) => {
      const resolved = writer.newRegister();
      emit.resolveName(resolved, 0, writer.constant('a'));
      emit.loadResolved(resolved, resolved, writer.constant('b'), 0);
    },
  ],
  [
    'a disposal of what is no capability',
    ({ emit, writer }) => emit.beginDisposal(writer.newRegister(), 1, 1, 1),
  ],
  [
    'an object with slots is no environment',
    ({ emit, writer }) => {
      const object = writer.newRegister();
      emit.newObject(object);
      emit.newEnvironment(writer.newRegister(), object, writer.scope(scopeOf(0)));
    },
  ],
];

function beginClass({ emit, writer }: Pick<Tools, 'emit' | 'writer'>): number {
  const constant = { constantKind: 'class', unit: -1, isDerived: false, textStart: 0, textEnd: 0 } as const;
  const record = writer.newRegister();
  emit.beginClass(record, writer.constant(constant), 0, -1, -1, writer.constantRegister('C'));
  return record;
}

describe('no record of the host gets out', () => {
  test.each(ATTACKS)('%s', (_name, build) => {
    const codes = codesOf(script(build));
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) expect(['type', 'environment']).toContain(code);
  });

  test('a closure sees the environments that all the places know where it is made', () => {
    const source = new SourceText('made.js', TEXT);
    const build = (isEverywhere: boolean): CodeUnit => {
      const inner = made(new CodeUnit('function', source), ({ emit, writer, unit }) =>
        emit.loadSlot(writer.newRegister(), unit.environmentRegister, 0, 0),
      );
      return made(new CodeUnit('script', source), ({ emit, writer, unit }) => {
        unit.functions = [inner];
        const env = writer.newRegister();
        const closure = writer.newRegister();
        emit.newEnvironment(env, 0, writer.scope(scopeOf(1, { uninitialized: [true] })));
        if (!isEverywhere) emit.createClosure(closure, 0, env, -1, -1);
        emit.storeSlot(env, 0, 0, 1);
        emit.createClosure(closure, 0, env, -1, -1);
      });
    };
    expect(verify(build(true))).toEqual([]);
    expect(codesOf(build(false))).toEqual(['environment']);
  });

  test('long rows of arguments count as work', () => {
    const unit = script(({ emit, writer }) => {
      const first = writer.newRegisters(6_000);
      for (let i = 0; i < 6_000; i++) emit.newArray(first + i, first, 6_000);
    });
    expect(codesOf(unit)).toEqual(['complexity']);
  });

  test('code that cannot be reached may be of any types, if its form is right', () => {
    const unit = script(({ emit }) => {
      const end = new Label();
      emit.jump(end);
      emit.throw(0);
      end.pc = -1;
      emit.writer.bind(end);
    });
    expect(verify(unit)).toEqual([]);
  });
});
