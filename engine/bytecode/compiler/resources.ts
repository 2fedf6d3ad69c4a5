// Scopes that declare `using` or `await using`: leaving one disposes of its resources, however it is left,
// https://tc39.es/proposal-explicit-resource-management/#sec-disposeresources .
import type { Scope } from '../../syntax/scope.ts';
import { Label } from '../writer.ts';
import { compileExit, enterCleanup, leave } from './exits.ts';
import type { FunctionCompiler } from './function-compiler.ts';

/** True if the scope declares resources. */
export function declaresResources(scope: Scope): boolean {
  return scope.lexicals.some((lexical) => lexical.bindingKind === 'using');
}

/** Compiles the body of a scope with resources, and their disposal. */
export function compileWithResources(c: FunctionCompiler, compileBody: () => void): void {
  const { emit, writer } = c;
  const outerCapability = c.disposeCapability;
  const { tailCallsAllowed } = c;
  const capability = writer.newRegister();
  const thrown = writer.newRegister();
  c.disposeCapability = capability;
  c.tailCallsAllowed = false;
  emit.newDisposeCapability(capability);
  const cleanup = enterCleanup(c);
  const handler = writer.openHandler(thrown);
  compileBody();
  writer.closeHandler(handler);
  leave(c, cleanup);
  c.disposeCapability = outerCapability;
  const end = new Label();
  const no = writer.constantRegister(false);
  compileDisposal(c, capability, no, no);
  emit.jump(end);
  writer.bind(handler.target);
  compileDisposal(c, capability, writer.constantRegister(true), thrown);
  emit.throw(thrown);
  for (const exit of cleanup.exits ?? []) {
    writer.bind(exit.stub);
    compileDisposal(c, capability, no, no);
    compileExit(c, exit.target);
  }
  writer.bind(end);
  c.tailCallsAllowed = tailCallsAllowed;
}

/** DisposeResources under a throw completion with `value` if `isThrow`; throws what it ends with. */
function compileDisposal(c: FunctionCompiler, capability: number, isThrow: number, value: number): void {
  const { emit, writer } = c;
  const mark = writer.mark();
  const disposal = writer.newRegister();
  const awaited = writer.newRegister();
  const loop = new Label();
  const done = new Label();
  emit.beginDisposal(disposal, capability, isThrow, value);
  writer.bind(loop);
  emit.disposeStep(awaited, disposal, done);
  const handler = writer.openHandler(awaited);
  emit.await(awaited, awaited);
  writer.closeHandler(handler);
  emit.loop(loop);
  writer.bind(handler.target);
  emit.disposeError(disposal, awaited);
  emit.loop(loop);
  writer.bind(done);
  emit.finishDisposal(disposal);
  writer.release(mark);
}
