// The text that console.log and its kin make of their arguments: Node's format specifiers over guest values.
// Unlike the inspector it may run guest code, where a specifier asks for a conversion (%s, %d, %i, %f, %j).
import { type InspectOptions, inspect } from './inspect.ts';
import { peekChain, peekOwnProperty, peekPrototype, targetOf } from './peek.ts';
import type { Agent } from './runtime/agent.ts';
import { Call } from './runtime/call.ts';
import { ThrowCompletion } from './runtime/completion.ts';
import { BuiltinFunction } from './runtime/objects/function.ts';
import { JSObject } from './runtime/objects/object.ts';
import { ToNumber, ToString } from './runtime/operations/type-conversion.ts';
import { ownDataString } from './runtime/stack-trace.ts';
import type { Value } from './runtime/value.ts';

/** How %o prints: everything there is. */
const FULL: InspectOptions = { showHidden: true, showProxy: true, depth: 4 };
/** How %s prints objects that do not define how they convert. */
const BRIEF: InspectOptions = { depth: 0, colors: false };

/**
 * Strings as they are, other values inspected, separated by spaces; specifiers in a leading string are replaced by
 * the arguments behind it. Throws what a conversion throws.
 */
export function formatMessage(agent: Agent, args: readonly Value[], options: InspectOptions = {}): string {
  const [first] = args;
  if (typeof first !== 'string') return joinValues('', args, options);
  if (args.length === 1) return first;
  let used = 1;
  const text = first.replace(/%[sdifjoOc%]/g, (specifier) => {
    if (specifier === '%%') return '%';
    if (used >= args.length) return specifier;
    return formatArgument(agent, specifier, args[used++], options);
  });
  return joinValues(text, args.slice(used), options, ' ');
}

function joinValues(
  start: string,
  values: readonly Value[],
  options: InspectOptions,
  separator = '',
): string {
  let text = start;
  let between = separator;
  for (const value of values) {
    text += between + (typeof value === 'string' ? value : inspect(value, options));
    between = ' ';
  }
  return text;
}

function formatArgument(agent: Agent, specifier: string, value: Value, options: InspectOptions): string {
  switch (specifier) {
    case '%s':
      return asText(agent, value);
    case '%d':
      if (typeof value === 'bigint') return inspect(value);
      return inspect(typeof value === 'symbol' ? Number.NaN : ToNumber(agent, value));
    case '%i':
      if (typeof value === 'bigint') return inspect(value);
      return inspect(typeof value === 'symbol' ? Number.NaN : Number.parseInt(ToString(agent, value), 10));
    case '%f':
      return inspect(typeof value === 'symbol' ? Number.NaN : Number.parseFloat(ToString(agent, value)));
    case '%j':
      return asJSON(agent, value);
    case '%o':
      return inspect(value, { ...options, ...FULL });
    case '%O':
      return inspect(value, options);
    default:
      // %c asks for a style, which only browsers have.
      return '';
  }
}

function asText(agent: Agent, value: Value): string {
  switch (typeof value) {
    case 'number':
    case 'bigint':
    case 'symbol':
      return inspect(value);
    case 'object':
      if (value !== null && value.code === null && convertsByBuiltin(value)) return inspect(value, BRIEF);
      return ToString(agent, value);
    default:
      return String(value);
  }
}

/** The object's `toString` is a built-in one, or there is none. */
function convertsByBuiltin(O: JSObject): boolean {
  const target = targetOf(O);
  if (target === null || target !== O) return true;
  if (peekOwnProperty(O, 'toString') !== undefined) return false;
  for (const o of peekChain(peekPrototype(O))) {
    if (peekOwnProperty(o, 'toString') === undefined) continue;
    const maker = peekOwnProperty(o, 'constructor')?.value;
    return maker instanceof BuiltinFunction;
  }
  return true;
}

function asJSON(agent: Agent, value: Value): string {
  const JSONObject = agent.realm.intrinsic('%JSON%');
  try {
    const text = Call(agent, JSONObject.Get(agent, 'stringify', JSONObject), JSONObject, [value]);
    return typeof text === 'string' ? text : 'undefined';
  } catch (thrown) {
    const isCycle =
      thrown instanceof ThrowCompletion &&
      thrown.value instanceof JSObject &&
      ownDataString(thrown.value, 'message').includes('circular structure');
    if (isCycle) return '[Circular]';
    throw thrown;
  }
}
