// What the host's own parser says of a text: it must take what ours takes and refuse what ours refuses, but for what is listed here.
import { Session } from 'node:inspector';
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

let session: Session | null = null;

/**
 * Null if the host takes the script; what is wrong with it if not. Nothing is run. By the inspector, because Node 20 ends the
 * process when it shows the source of some errors of vm.Script.
 */
export function hostErrorOfScript(text: string): unknown {
  if (session === null) {
    session = new Session();
    session.connect();
    session.post('Runtime.enable');
  }
  let found: unknown = null;
  // The answer comes before `post` returns.
  session.post(
    'Runtime.compileScript',
    { expression: text, sourceURL: '', persistScript: false },
    (error, { exceptionDetails } = {}) => {
      if (error !== null) throw error;
      if (exceptionDetails !== undefined)
        found = exceptionDetails.exception?.description ?? exceptionDetails.text;
    },
  );
  return found;
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
  if (String(hostError).startsWith('RangeError') || (!result.ok && result.error.code === 'NestedTooDeeply'))
    return 'too deep for one';
  if (BEYOND_HOST.test(texts)) return 'beyond the host';
  if (result.ok) {
    if (/Invalid destructuring assignment target/.test(String(hostError)) && /,\s*[[{]/.test(texts))
      return 'a pattern behind an argument that could not be one, as in f([1], [] = a)';
    // Letters of later versions of Unicode.
    if (/[^\0-\x7f]/.test(texts)) return 'Unicode beyond the host';
    throw new Finding(`the host refuses what we read: ${hostError}`);
  }
  if (result.error.code === 'InvalidAssignmentTarget')
    return 'assignment to a call, which the host leaves to run time';
  if (result.error.code === 'StrictOctal' && /\bclass\b/.test(texts))
    return 'legacy octals in the heritage, the names or the initializers of a class, which is strict code';
  throw new Finding(
    `the host reads what we refuse: ${result.error.message} at ${result.error.line}:${result.error.column}`,
  );
}
