import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseModule, parseScript } from '../syntax/parse.ts';
import { SourceText } from '../syntax/source-text.ts';
import { compileModule, compileScript } from './compiler/compile.ts';
import { disassemble, disassembleToData } from './disassemble.ts';
import { Emitter } from './opcodes.gen.ts';
import { CodeUnit, REGION_TRY } from './unit.ts';
import { Label, Writer } from './writer.ts';

function script(text: string): CodeUnit {
  const parsed = parseScript(new SourceText('program.js', text));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return compileScript(parsed.node);
}

function module(text: string): CodeUnit {
  const parsed = parseModule(new SourceText('program.mjs', text));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return compileModule(parsed.node);
}

/** A unit made by hand, so that the compiler may change its mind about code. */
function handMade(): CodeUnit {
  const source = new SourceText('program.js', 'let total = f(\n1.5);');
  const root = new CodeUnit('script', source);
  const writer = new Writer(2);
  const emit = new Emitter(writer);
  const value = writer.newRegister();
  const other = writer.newRegister();
  const end = new Label();
  writer.at(0);
  const scope = {
    names: ['total', 'x'],
    mutability: [0, 1],
    uninitialized: [true, false],
    lexical: [true, false],
    isVariableScope: true,
    isCatch: false,
  };
  emit.newEnvironment(value, root.environmentRegister, writer.scope(scope));
  const handler = writer.openHandler(other);
  writer.at(12);
  emit.createClosure(other, 0, value, -1, -1);
  writer.callee(12, 13);
  emit.call(other, other, root.thisRegister, value, 1, writer.ic());
  emit.jumpIfTrue(other, end);
  emit.loadConst(other, writer.constant(10n));
  emit.add(other, other, writer.constantRegister('text'), writer.ic());
  writer.closeHandler(handler);
  writer.bind(handler.target);
  writer.at(15);
  emit.newPrivateEnvironment(other, -1, writer.constant({ constantKind: 'names', names: ['p'] }));
  writer.bind(end);
  emit.return(other);
  writer.region(REGION_TRY, 4);
  writer.finish(root);
  const inner = new CodeUnit('function', source);
  inner.name = 'f';
  inner.parameterCount = 1;
  inner.strict = true;
  const innerWriter = new Writer(3);
  new Emitter(innerWriter).return(0);
  innerWriter.finish(inner);
  root.functions = [inner];
  return root;
}

test('the text shows instructions, handlers, regions, constants, scopes and inner functions', () => {
  expect(disassemble(handMade())).toBe(`script: 0 parameters, 5 registers, 2 caches
      0  NewEnvironment         dst=r2 outer=env scope=S0                ; 1:1
      4  CreateClosure          dst=r3 func=F0 env=r2 privateEnv=none name=none ; 1:13
     10  Call                   dst=r3 callee=r3 this=this args=r2… count=1 ic=#0
     17  JumpIfTrue             src=r3 jump=@32
     20  LoadConst              dst=r3 const=10n
     23  Add                    dst=r3 left=r3 right="text" ic=#1
     28  NewPrivateEnvironment  dst=r3 outer=none names=K1               ; 2:1
>    32  Return                 src=r3
  handler 4..28 -> @28 r3
  region try 4..34
  constant K1 names {"names":["p"]}
  scope S0 variables "total":uninitialized:lexical "x":constant

function F0 "f": 1 parameter, 3 registers, 0 caches, strict
      0  Return                 src=r0                                   ; 1:1
`);
});

test('the data is plain, and tells what the text tells', () => {
  const data = disassembleToData(module("import { a } from 'm'; export let b = a(-0, 10n, 'é\\ud800');"));
  expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  expect(data.kind).toBe('module');
  expect(data.flags).toEqual(['strict']);
  expect(data.module?.importEntries).toHaveLength(1);
  expect(data.callees).toEqual([{ pc: expect.any(Number), text: 'a' }]);
  const call = data.instructions.find(({ opcode }) => opcode === 'Call');
  expect(call).toMatchObject({
    line: 1,
    operands: { this: 'undefined', count: '3', ic: expect.stringMatching(/^#\d+$/) },
  });
  const texts = data.instructions.flatMap(({ operands }) => Object.values(operands));
  expect(texts).toContain('10n');
  expect(texts).toContain('"é\\ud800"');
});

test('it shows code of any words, and tables of any numbers', () => {
  const word = fc.oneof(fc.nat(150), fc.integer());
  const words = fc.array(word, { maxLength: 40 });
  fc.assert(
    fc.property(words, words, words, (code, table, other) => {
      const unit = script('f(1, "two")');
      unit.code = Int32Array.from(code);
      unit.handlers = Int32Array.from(table);
      unit.regions = Int32Array.from(other);
      unit.positions = Int32Array.from(other);
      unit.callees = Int32Array.from(table);
      const data = disassembleToData(unit);
      expect(data.instructions.length).toBeLessThanOrEqual(code.length);
      expect(disassemble(unit)).toMatch(/^script: /);
    }),
    { numRuns: 300 },
  );
});
