// JSON as a target: JSON.parse with and without revivers, JSON.stringify of odd values, JSON.rawJSON, on both tiers and against the
// host, whose JSON is the same but for source text access, which is held against JSON.parse itself.
import fc from 'fast-check';
import { TIERS, type Value } from '../../engine/engine.ts';
import { textOf } from '../grammar.ts';
import { differs, type Ending, Guest } from '../guest.ts';
import { Finding, type Target } from '../target.ts';
import {
  anyUnits,
  bytesOfTape,
  bytesOfText,
  edited,
  edits,
  inputsOf,
  nearlyValid,
  soupOf,
  tapes,
  textFromBytes,
} from '../texts.ts';
import { JSON_TEXT, JSON_TOKENS, STRINGIFIED } from './grammar.ts';

export interface JSONInput {
  /** `parse`: the text is JSON; `stringify`: an expression; `raw`: the text of JSON.rawJSON. */
  readonly kind: 'parse' | 'stringify' | 'raw';
  readonly text: string;
}

/** Parses in every way and shows what came: run by our tiers and the host. */
const PARSE = `(function parse(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return 'refused';
    throw error;
  }
  const results = [JSON.stringify(value), JSON.stringify(value, null, 1)];
  const calls = [];
  const revivers = [
    function (key, value) { calls.push(key, typeof value, Array.isArray(this)); return value; },
    (key, value) => (typeof value === 'string' ? undefined : value),
    (key, value) => (key === 'a' ? undefined : typeof value === 'number' ? value + 1 : value),
    function (key, value) { if (key === 'a' || key === '0') { delete this.b; this.c = [1]; this[1] = { d: 2 }; } return value; },
    function (key, value) { if (Array.isArray(this) && key === '0') this.length = 1; return [value].length > 1 ? 0 : value; },
  ];
  for (const reviver of revivers) results.push(JSON.stringify(JSON.parse(text, reviver)));
  return JSON.stringify([results, calls]);
})`;

/** What must hold of source text access; 'right' or what is wrong. */
const SOURCES = `(function sources(text) {
  let wrong = null;
  try {
    JSON.parse(text, function (key, value, context) {
      const isPrimitive = typeof value !== 'object' || value === null;
      const hasSource = Object.hasOwn(context, 'source');
      if (isPrimitive !== hasSource) wrong = 'source of ' + typeof value + ': ' + hasSource;
      else if (hasSource && !Object.is(JSON.parse(context.source), value)) wrong = 'source ' + context.source;
      return value;
    });
    // What a reviver has put there has no source, nor has what it moved.
    JSON.parse(text, function (key, value, context) {
      if (key === '0' && Array.isArray(this)) this[1] = 'new';
      if (key === '1' && Array.isArray(this) && value === 'new' && Object.hasOwn(context, 'source') && context.source !== '"new"') wrong = 'source of what is new';
      return value;
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return 'refused';
  }
  return wrong ?? 'right';
})`;

const RAW = `(function raw(text) {
  let value;
  try {
    value = JSON.rawJSON(text);
  } catch (error) {
    if (error instanceof SyntaxError) return 'refused';
    throw error;
  }
  if (!JSON.isRawJSON(value) || !Object.isFrozen(value) || Object.getPrototypeOf(value) !== null) return 'no raw JSON object';
  if (value.rawJSON !== text) return 'holds ' + value.rawJSON;
  return JSON.stringify(value) + JSON.stringify([value, { a: value }]);
})`;

const hostParse = new Function(`return ${PARSE}`)() as (text: string) => string;

/** What the host does, as our endings. */
function inHost(run: () => string): Ending {
  try {
    return { kind: 'value', text: run() };
  } catch (error) {
    const name = error instanceof Error ? error.constructor.name : typeof error;
    return { kind: 'throw', name, message: String(error) };
  }
}

class JSONProbe {
  private readonly guest: Guest;
  private readonly parseFunction: Value;
  private readonly sourcesFunction: Value;
  private readonly rawFunction: Value;

  constructor(tier: (typeof TIERS)[number]) {
    this.guest = new Guest({ tier });
    this.parseFunction = this.guest.evaluate(PARSE);
    this.sourcesFunction = this.guest.evaluate(SOURCES);
    this.rawFunction = this.guest.evaluate(RAW);
  }

  run({ kind, text }: JSONInput): Ending {
    switch (kind) {
      case 'parse':
        return this.guest.call(this.parseFunction, [text]);
      case 'raw':
        return this.guest.call(this.rawFunction, [text]);
      case 'stringify':
        return this.guest.run(scriptOf(text));
    }
  }

  sources(text: string): Ending {
    return this.guest.call(this.sourcesFunction, [text]);
  }
}

function scriptOf(expression: string): string {
  return `(function () { return String(${expression}\n); })()`;
}

/** Nesting of a text that either engine may refuse for its depth. */
const DEEP = 400;

function isDeep(text: string): boolean {
  let depth = 0;
  let deepest = 0;
  for (const c of text) {
    if (c === '{' || c === '[') deepest = Math.max(deepest, ++depth);
    else if (c === '}' || c === ']') depth--;
  }
  return deepest > DEEP;
}

/** An ending without wording. */
function essence(ending: Ending): string {
  return ending.kind === 'value'
    ? ending.text
    : ending.kind === 'throw'
      ? `throws ${ending.name}`
      : `limit ${ending.limit}`;
}

function checkRaw(text: string, own: string): string {
  const isPrimitive = /^[^\s[{]/.test(text) && !/[\t\n\r ]$/.test(text);
  let isJSON = false;
  try {
    JSON.parse(text);
    isJSON = true;
  } catch {
    // The host says that the text is no JSON.
  }
  const expected = isPrimitive && isJSON ? `${text}[${text},{"a":${text}}]` : 'refused';
  if (own !== expected) differs('rawJSON', own, expected);
  return own === 'refused' ? 'raw: refused' : 'raw: taken';
}

export function makeTarget(_seedFolder: string): Target<JSONInput> {
  const probes = TIERS.map((tier) => new JSONProbe(tier));

  function run(input: JSONInput): string {
    const { kind, text } = input;
    const endings = probes.map((probe) => probe.run(input));
    const [first] = endings;
    if (endings.some(({ kind }) => kind === 'limit')) return `${kind}: limit`;
    for (const ending of endings)
      if (essence(ending) !== essence(first)) differs('the tiers', essence(ending), essence(first));
    if (kind === 'raw') return first.kind === 'value' ? checkRaw(text, first.text) : `raw: ${essence(first)}`;
    if (first.kind === 'throw' && first.name === 'RangeError' && isDeep(text)) return `${kind}: too deep`;
    const host = inHost(() =>
      kind === 'parse' ? hostParse(text) : (new Function(`return ${scriptOf(text)}`)() as string),
    );
    if (essence(first) !== essence(host)) differs(kind, essence(first), essence(host));
    if (kind === 'parse') {
      const sources = probes[0].sources(text);
      if (sources.kind === 'value' && sources.text !== 'right' && sources.text !== 'refused')
        throw new Finding(sources.text);
      if (sources.kind === 'throw') throw new Finding(`${sources.name}: ${sources.message}`);
    }
    if (first.kind === 'throw') return `${kind}: throws ${first.name}`;
    return first.kind === 'value' && first.text === 'refused' ? `${kind}: refused` : `${kind}: same`;
  }

  return {
    name: 'json',
    covers: ['builtins/json'],
    inputAt: inputsOf(inputs),
    run,
    fromBytes(bytes) {
      const high = (bytes[0] ?? 0) >> 2;
      // Expressions are made of tapes only: bytes would be programs that may do anything.
      if (high % 3 === 1) return { kind: 'stringify', text: textOf(STRINGIFIED, 'Call', bytes.subarray(1)) };
      return { kind: high % 3 === 0 ? 'parse' : 'raw', text: textFromBytes(bytes, JSON_TEXT, 'Text') };
    },
    seedBytes() {
      const made = fc.sample(tapes, { seed: 1, numRuns: 90 });
      return [
        ...SEED_TEXTS.map((text, i) => bytesOfText(text, i % 2 === 0 ? 0 : 2)),
        ...made.map((tape, i) => bytesOfTape(tape, i % 3)),
      ];
    },
  };
}

const SEED_TEXTS: readonly string[] = [
  '{"a":[1,-2.5e-3,true,false,null,"x\\n\\u0041"],"b":{"__proto__":{}}}',
  '"\\ud83d\\ude00"',
  ' [ ] ',
  '-0',
  '[[[[[[]]]]]]',
  '"😀"',
];

const nested = fc
  .tuple(
    fc.array(fc.constantFrom('[', '{"a":', '[1,', '{"b":1,"a":[', ' [\n'), { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 1, max: 900 }),
    fc.boolean(),
  )
  .map(([opens, count, isClosed]) => {
    const all = opens.join('').repeat(count);
    const closes = [...all]
      .filter((c) => c === '{' || c === '[')
      .reverse()
      .map((c) => (c === '{' ? '}' : ']'));
    return `${all}1${isClosed ? closes.join('') : ''}`;
  });

const jsonText: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: nearlyValid(JSON_TEXT, 'Text', JSON_TOKENS) },
  { weight: 4, arbitrary: fc.json() },
  { weight: 2, arbitrary: fc.tuple(fc.json(), edits).map(([text, list]) => edited(text, list, JSON_TOKENS)) },
  { weight: 2, arbitrary: soupOf(JSON_TOKENS, 12) },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: anyUnits },
);

const inputs: fc.Arbitrary<JSONInput> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('parse' as const), text: jsonText }) },
  {
    weight: 4,
    arbitrary: tapes.map((tape) => ({ kind: 'stringify' as const, text: textOf(STRINGIFIED, 'Call', tape) })),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('raw' as const), text: jsonText }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('raw' as const),
      text: fc.oneof(nearlyValid(JSON_TEXT, 'Num', JSON_TOKENS), nearlyValid(JSON_TEXT, 'Str', JSON_TOKENS)),
    }),
  },
);
