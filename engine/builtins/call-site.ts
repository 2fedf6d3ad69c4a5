// CallSite objects, which Error.prepareStackTrace gets: one frame of a stack trace each, in the form that V8 made customary and
// https://github.com/tc39/proposal-error-stacks starts from. They tell of places in source text, never of values: getThis,
// getFunction and getTypeName know nothing, as V8 has it for strict code.
import type { Agent } from '../runtime/agent.ts';
import { throwTypeError } from '../runtime/errors.ts';
import type { SourceLocator } from '../runtime/execution-context.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import { JSObject, OBJECT_BYTES } from '../runtime/objects/object.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../runtime/shape.ts';
import { formatFrame, type StackFrame } from '../runtime/stack-trace.ts';
import { chargeString } from '../runtime/string-work.ts';
import type { Value } from '../runtime/value.ts';
import { type IntrinsicSpec, type MethodRow, method, objectSpec } from './define.ts';

type Builtin = BuiltinFunction<undefined>;

/** What both tiers call the text of an eval. */
const EVAL_NAME = '<eval>';

class CallSiteObject extends JSObject {
  readonly frame: StackFrame;
  constructor(shape: Shape, frame: StackFrame) {
    super(shape);
    this.frame = frame;
  }
  override className(): string {
    return 'CallSite';
  }
}

/** The CallSite object of a frame, in the running realm. */
export function createCallSite(agent: Agent, frame: StackFrame): JSObject {
  agent.chargeBytes(OBJECT_BYTES);
  const prototype = agent.realm.intrinsic('%CallSite.prototype%');
  return new CallSiteObject(rootShape(agent, prototype, SHAPE_KIND_ORDINARY), frame);
}

/** A method that tells one thing of the frame. */
function fact(name: string, of: (frame: StackFrame, source: SourceLocator | null) => Value): MethodRow {
  return method(name, 0, (callee: Builtin, thisValue: Value) => {
    if (!(thisValue instanceof CallSiteObject))
      throwTypeError(
        callee.realm.agent,
        `CallSite.prototype.${name} called on an object that is no CallSite`,
      );
    const { frame } = thisValue;
    return of(frame, frame.source);
  });
}

/** CallSite.prototype.toString ( ): the line of a stack trace without `at` — https://github.com/tc39/proposal-error-stacks */
function CallSite_prototype_toString(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  if (!(thisValue instanceof CallSiteObject))
    throwTypeError(agent, 'CallSite.prototype.toString called on an object that is no CallSite');
  const text = formatFrame(thisValue.frame);
  chargeString(agent, text.length);
  return text;
}

export const callSiteIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%CallSite.prototype%', {
    rows: [
      fact('getColumnNumber', ({ offset }, source) => source?.positionAt(offset).column ?? null),
      fact('getEvalOrigin', () => undefined),
      fact('getFileName', (_frame, source) => source?.name ?? null),
      fact('getFunction', () => undefined),
      fact('getFunctionName', ({ functionName }) => (functionName === '' ? null : functionName)),
      fact('getLineNumber', ({ offset }, source) => source?.positionAt(offset).line ?? null),
      fact('getMethodName', () => null),
      fact('getPosition', ({ offset }) => offset),
      fact('getPromiseIndex', () => null),
      fact('getScriptNameOrSourceURL', (_frame, source) => source?.name ?? null),
      fact('getThis', () => undefined),
      fact('getTypeName', () => null),
      fact('isAsync', () => false),
      fact('isConstructor', ({ isConstructorCall }) => isConstructorCall),
      fact('isEval', ({ isTopLevel }, source) => isTopLevel && source?.name === EVAL_NAME),
      fact('isNative', (_frame, source) => source === null),
      fact('isPromiseAll', () => false),
      fact('isToplevel', ({ isTopLevel }) => isTopLevel),
      method('toString', 0, CallSite_prototype_toString),
    ],
  }),
];
