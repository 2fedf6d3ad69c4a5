// What the host's own parser says of a text: it must take what ours takes and refuse what ours refuses, but for what is listed here.
import { Script } from 'node:vm';
import type { DynamicFunctionKind, ParseResult } from '../../engine/engine.ts';
import { Finding } from '../target.ts';

/** Syntax that this host lacks (V8 11.3 of Node 20), or has otherwise. */
const BEYOND_HOST =
  /@|\b(?:using|accessor)\b|import\s*\.\s*(?:defer|source)|import\s+(?:defer|source)|\(\?[ims-]+:|\(\?<(\w+)>.*\(\?<\1>|\\u|\\\n/s;

const functionConstructors: Readonly<Record<DynamicFunctionKind, FunctionConstructor>> = {
  normal: Function,
  generator: constructorOf(function* () {}),
  async: constructorOf(async () => {}),
  asyncGenerator: constructorOf(async function* () {}),
};

function constructorOf(made: object): FunctionConstructor {
  return Object.getPrototypeOf(made).constructor;
}

/** Null if the host takes the script; what it throws if not. Nothing is run. */
export function hostErrorOfScript(text: string): unknown {
  return errorOf(() => new Script(text));
}

/** The same for a dynamic function. */
export function hostErrorOfFunction(kind: DynamicFunctionKind, parameters: string, body: string): unknown {
  return errorOf(() => functionConstructors[kind](parameters, body));
}

function errorOf(parse: () => unknown): unknown {
  try {
    parse();
    return null;
  } catch (error) {
    return error;
  }
}

/** Throws if host and engine disagree and the reason is not known; says what is known, or null. */
export function checkAgainstHost(
  result: ParseResult<unknown>,
  texts: string,
  hostError: unknown,
): string | null {
  if (result.ok === (hostError === null)) return null;
  // Deep nesting: either may have less stack.
  if (hostError instanceof RangeError || (!result.ok && result.error.code === 'NestedTooDeeply'))
    return 'too deep for one';
  if (BEYOND_HOST.test(texts)) return 'beyond the host';
  if (result.ok) {
    // Letters of later versions of Unicode.
    if (/[^\0-\x7f]/.test(texts)) return 'Unicode beyond the host';
    throw new Finding(`the host refuses what we read: ${hostError}`);
  }
  if (result.error.code === 'InvalidAssignmentTarget')
    return 'assignment to a call, which the host leaves to run time';
  throw new Finding(
    `the host reads what we refuse: ${result.error.message} at ${result.error.line}:${result.error.column}`,
  );
}
