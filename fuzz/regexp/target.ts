// Regular expressions as a target: pattern parser, compiler and both ways to match, through a function of the guest that uses a
// pattern in every way (compare.ts). Our matcher, patterns delegated to the host, and our matcher on the other tier must
// agree on every pattern; the host must agree where it has the syntax and ends in time.
import { createContext, Script } from 'node:vm';
import fc from 'fast-check';
import { DEFAULT_TIER, TIERS } from '../../engine/engine.ts';
import { textOf } from '../grammar.ts';
import { differs } from '../guest.ts';
import type { Target } from '../target.ts';
import {
  anyUnits,
  bytesOfTape,
  bytesOfText,
  inputsOf,
  nearlyValid,
  soupOf,
  textFromBytes,
} from '../texts.ts';
import { FUEL, FUEL_OF_HOST_MODE, hostProbe, Probe } from './compare.ts';
import { practical, type Sample, soup, wellFormed } from './generate.ts';
import { PATTERN, PATTERN_TOKENS } from './grammar.ts';
import { KNOWN_DIFFERENCES, splitsPair } from './known-differences.ts';

const FLAGS = [
  '',
  'g',
  'i',
  'm',
  's',
  'u',
  'v',
  'y',
  'd',
  'gi',
  'iu',
  'iv',
  'gu',
  'gv',
  'gy',
  'my',
  'dgimsuy',
  'uv',
  'gg',
  'x',
];

/** What the host may take for a probe before it is not asked. */
const HOST_MS = 400;

/** The host is not asked about longer subjects, for which it may take forever. */
const MAX_HOST_SUBJECT = 1_000;

/** Syntax that this host lacks, or that its compiler finds too large. */
const BEYOND_HOST = /\(\?[ims-]+:|\{\d{3,}|\{\d+,\d{3,}/;

class HostProbe {
  private readonly context = createContext({ probe: hostProbe, sample: null as unknown });
  private readonly script = new Script(
    'probe(sample.pattern, sample.flagText, sample.text, sample.lastIndex)',
  );

  /** What the host gives; null if it takes too long. */
  run(sample: Sample): string | null {
    this.context.sample = sample;
    try {
      return this.script.runInContext(this.context, { timeout: HOST_MS }) as string;
    } catch (error) {
      if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null;
      throw error;
    }
  }
}

/** A pattern that names two groups alike, which this host does not take. */
function hasDuplicateNames(pattern: string): boolean {
  const names = [...pattern.matchAll(/\(\?<([^=!][^>]*)>/g)].map(([, name]) => name);
  return new Set(names).size < names.length;
}

export function makeTarget(_seedFolder: string): Target<Sample> {
  const own = new Probe({ regexp: 'own' });
  const delegated = new Probe({ regexp: 'host' });
  const others = TIERS.filter((tier) => tier !== DEFAULT_TIER).map(
    (tier) => new Probe({ regexp: 'own', tier }),
  );
  const host = new HostProbe();

  function run(sample: Sample): string {
    const fuel = FUEL + 30 * sample.text.length;
    const result = own.run(sample, fuel);
    if (result === null) {
      delegated.run(sample, fuel);
      return 'limit';
    }
    const shared = delegated.run(sample, FUEL_OF_HOST_MODE);
    if (shared !== result) differs('delegated to the host', result, shared);
    for (const other of others) {
      // Another tier counts other fuel.
      const same = other.run(sample, 2 * fuel + FUEL);
      if (same !== null && same !== result) differs('the tiers', result, same);
    }
    const kind = result === 'rejected' ? 'refused' : result.startsWith('round') ? result : 'matched';
    if (kind.startsWith('round')) differs('the rounds', result, null);
    const { pattern } = sample;
    if (result !== 'rejected' && sample.text.length > MAX_HOST_SUBJECT) return `${kind}, a long subject`;
    if (BEYOND_HOST.test(pattern) || hasDuplicateNames(pattern)) return `${kind}, beyond the host`;
    const theirs = host.run(sample);
    if (theirs === null) return `${kind}, the host takes too long`;
    if (theirs === result) return `${kind}, as the host`;
    const known = KNOWN_DIFFERENCES.find(({ applies }) => applies(sample));
    if (known !== undefined) return `${kind}, known: ${known.reason}`;
    if (splitsPair(sample, result, theirs)) return `${kind}, known: the host splits a surrogate pair`;
    return differs('the host', result, theirs);
  }

  return {
    name: 'regexp',
    covers: ['regexp/', 'syntax/regexp/', 'builtins/regexp/'],
    inputAt: inputsOf(inputs),
    run,
    fromBytes(bytes) {
      // The second byte gives flags, the third where the subject, which comes last, begins.
      const [first = 0, flags = 0, length = 0] = bytes;
      const rest = bytes.subarray(3);
      const end = Math.max(0, rest.length - (length % 24));
      return {
        pattern: textFromBytes(new Uint8Array([first, ...rest.subarray(0, end)]), PATTERN, 'Pattern'),
        flagText: FLAGS[flags % FLAGS.length],
        text: textOf(SUBJECT, 'Subject', rest.subarray(end)),
        lastIndex: first >> 6,
      };
    },
    seedBytes() {
      const tapes = fc.sample(fc.array(fc.nat(255), { maxLength: 40 }), { seed: 1, numRuns: 80 });
      const texts = SEED_PATTERNS.map((pattern, i) =>
        withFlags(bytesOfText(`${pattern}\x01\x02\x03\x04\x05`), i, 5),
      );
      return [...texts, ...tapes.map((tape, i) => withFlags(bytesOfTape(tape), i, 6))];
    },
  };
}

function withFlags([first, ...rest]: Uint8Array, flags: number, subjectLength: number): Uint8Array {
  return new Uint8Array([first, flags, subjectLength, ...rest]);
}

const SUBJECT = {
  Subject: ['', '«C»«Subject»', '«C»«C»«Subject»'],
  C: ['a', 'b', 'c', 'ab', 'A', 'K', 'k', '\u212a', 'ſ', 'ß', '1', '_', ' ', '\n', '\u2028', '😀', '\ud83d', '\ude00', 'é', '-', ']', 'aaaaaaaa', '{2', '\0', '\u0001', '/'],
}; // biome-ignore format: rows of a grammar

const SEED_PATTERNS: readonly string[] = [
  '(a*)*b', '(?<n>a)|(?<m>b)\\k<n>', '[^\\W\\d-]+?(?=x|$)', '(?<=(\\d+)(\\d))a{2,3}', '^(?:a|ab)(?:c|bcd)(d*)$', '[\\w--[a-c]&&\\p{L}]', '\\u{1F600}|[😀-😎]', '(?i:a(?-i:b))', '\\1(a)(?:b|(c))*', '[\\q{abc|d}\\p{RGI_Emoji}]', '(?!(a))b\\1|\\cA[\\b]',
]; // biome-ignore format: a list of patterns

const subject = fc.array(fc.nat(255), { maxLength: 24 }).map((tape) => textOf(SUBJECT, 'Subject', tape));

const pattern: fc.Arbitrary<string> = fc.oneof(
  { weight: 10, arbitrary: nearlyValid(PATTERN, 'Pattern', PATTERN_TOKENS) },
  { weight: 3, arbitrary: soupOf(PATTERN_TOKENS, 8) },
  { weight: 1, arbitrary: anyUnits },
);

const inputs: fc.Arbitrary<Sample> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      pattern,
      flagText: fc.constantFrom(...FLAGS),
      text: subject,
      lastIndex: fc.nat(4),
    }),
  },
  {
    weight: 1,
    // What takes the square or the power of the length takes it here.
    arbitrary: fc.record({
      pattern,
      flagText: fc.constantFrom(...FLAGS),
      text: fc
        .tuple(subject, fc.integer({ min: 20, max: 400 }), subject)
        .map(([text, times, end]) => text.repeat(times) + end),
      lastIndex: fc.nat(4),
    }),
  },
  { weight: 1, arbitrary: wellFormed },
  { weight: 1, arbitrary: practical },
  { weight: 1, arbitrary: soup },
);
