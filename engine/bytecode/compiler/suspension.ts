// The suspension points: Await, https://tc39.es/ecma262/#await , yield, https://tc39.es/ecma262/#sec-yield , and the yield*
// loop, https://tc39.es/ecma262/#sec-generator-function-definitions-runtime-semantics-evaluation .
import { CALL_ASYNC_GENERATOR } from '../unit.ts';
import { Label } from '../writer.ts';
import { compileReturn } from './exits.ts';
import type { FunctionCompiler } from './function-compiler.ts';

const MODE_NORMAL = 0;
const MODE_THROW = 1;
const MODE_RETURN = 2;

export function compileAwait(c: FunctionCompiler, value: number, dst: number): void {
  c.emit.await(dst, value);
}

/** Yield ( value ). A return that the generator is resumed with leaves the statements around. */
export function compileYield(c: FunctionCompiler, value: number, dst: number, isAsync: boolean): void {
  const { emit, writer } = c;
  const onReturn = new Label();
  const end = new Label();
  if (!isAsync) {
    emit.yield(dst, value, onReturn);
    emit.jump(end);
    writer.bind(onReturn);
    compileReturn(c, dst);
    writer.bind(end);
    return;
  }
  const mode = writer.newRegister();
  const received = writer.newRegister();
  emit.await(received, value);
  compileAsyncGeneratorYield(c, received, received, mode);
  const notReturn = new Label();
  const notThrow = new Label();
  const isReturn = new Label();
  emit.jumpIfInt(mode, MODE_RETURN, isReturn);
  emit.jump(notReturn);
  writer.bind(isReturn);
  compileReturn(c, received);
  writer.bind(notReturn);
  emit.jumpIfInt(mode, MODE_NORMAL, notThrow);
  emit.throw(received);
  writer.bind(notThrow);
  emit.move(dst, received);
}

/** AsyncGeneratorYield of what is in `value`: what it is resumed with, and how; what a return brings has been awaited. */
function compileAsyncGeneratorYield(c: FunctionCompiler, value: number, dst: number, mode: number): void {
  const { emit, writer } = c;
  const end = new Label();
  const isReturn = new Label();
  emit.yieldRaw(dst, mode, value);
  emit.jumpIfInt(mode, MODE_RETURN, isReturn);
  emit.jump(end);
  writer.bind(isReturn);
  const handler = writer.openHandler(dst);
  emit.await(dst, dst);
  writer.closeHandler(handler);
  emit.jump(end);
  writer.bind(handler.target);
  emit.loadInt(mode, MODE_THROW);
  writer.bind(end);
}

/** yield* value */
export function compileYieldDelegate(c: FunctionCompiler, value: number, dst: number): void {
  const { emit, writer } = c;
  const isAsync = c.unit.callKind === CALL_ASYNC_GENERATOR;
  const iterator = writer.newRegister();
  const received = writer.newRegister();
  const mode = writer.newRegister();
  const method = writer.newRegister();
  const object = writer.newRegister();
  const result = writer.newRegister();
  const argument = writer.newRegister();
  if (isAsync) emit.getAsyncIterator(iterator, value);
  else emit.getIterator(iterator, value);
  emit.loadUndefined(received);
  emit.loadInt(mode, MODE_NORMAL);
  const loop = new Label();
  const isThrow = new Label();
  const isReturn = new Label();
  const hasResult = new Label();
  const done = new Label();
  const end = new Label();
  writer.bind(loop);
  emit.jumpIfInt(mode, MODE_THROW, isThrow);
  emit.jumpIfInt(mode, MODE_RETURN, isReturn);
  emit.iteratorNextWith(result, iterator, received);
  emit.jump(hasResult);

  writer.bind(isThrow);
  const noThrow = new Label();
  emit.getMethodOf(method, iterator, writer.constant('throw'));
  emit.jumpIfUndefined(method, noThrow);
  emit.iteratorObject(object, iterator);
  emit.move(argument, received);
  emit.call(result, method, object, argument, 1, writer.ic());
  emit.jump(hasResult);
  // The delegate cannot be told of the error: it is closed, and the protocol violation reported.
  writer.bind(noThrow);
  if (isAsync) compileAsyncIteratorClose(c, iterator);
  else emit.iteratorClose(iterator, 0);
  emit.checkIteratorResult(writer.constantRegister('The iterator does not provide a throw method'));

  writer.bind(isReturn);
  const noReturn = new Label();
  emit.getMethodOf(method, iterator, writer.constant('return'));
  emit.jumpIfUndefined(method, noReturn);
  emit.iteratorObject(object, iterator);
  emit.move(argument, received);
  emit.call(result, method, object, argument, 1, writer.ic());
  emit.jump(hasResult);
  writer.bind(noReturn);
  if (isAsync) emit.await(received, received);
  compileReturn(c, received);

  writer.bind(hasResult);
  if (isAsync) emit.await(result, result);
  emit.checkIteratorResult(result);
  emit.iteratorComplete(object, result);
  emit.jumpIfTrue(object, done);
  if (isAsync) {
    emit.getNamed(received, result, writer.constant('value'), writer.ic());
    compileAsyncGeneratorYield(c, received, received, mode);
  } else emit.yieldRaw(received, mode, result);
  emit.loop(loop);

  writer.bind(done);
  emit.getNamed(dst, result, writer.constant('value'), writer.ic());
  const isDoneReturn = new Label();
  emit.jumpIfInt(mode, MODE_RETURN, isDoneReturn);
  emit.jump(end);
  writer.bind(isDoneReturn);
  compileReturn(c, dst);
  writer.bind(end);
}

/** AsyncIteratorClose with a normal or return completion — https://tc39.es/ecma262/#sec-asynciteratorclose */
export function compileAsyncIteratorClose(c: FunctionCompiler, iterator: number): void {
  const { emit, writer } = c;
  const mark = writer.mark();
  const method = writer.newRegister();
  const object = writer.newRegister();
  const end = new Label();
  emit.getMethodOf(method, iterator, writer.constant('return'));
  emit.jumpIfUndefined(method, end);
  emit.iteratorObject(object, iterator);
  emit.call(method, method, object, writer.mark(), 0, writer.ic());
  emit.await(method, method);
  emit.checkIteratorResult(method);
  writer.bind(end);
  writer.release(mark);
}

/** AsyncIteratorClose with a throw completion, which the caller throws on. */
export function compileAsyncIteratorCloseQuietly(c: FunctionCompiler, iterator: number): void {
  const { emit, writer } = c;
  const mark = writer.mark();
  const method = writer.newRegister();
  const object = writer.newRegister();
  const end = new Label();
  const handler = writer.openHandler(method);
  emit.getMethodOf(method, iterator, writer.constant('return'));
  emit.jumpIfUndefined(method, end);
  emit.iteratorObject(object, iterator);
  emit.call(method, method, object, writer.mark(), 0, writer.ic());
  emit.await(method, method);
  writer.closeHandler(handler);
  writer.bind(handler.target);
  writer.bind(end);
  writer.release(mark);
}
