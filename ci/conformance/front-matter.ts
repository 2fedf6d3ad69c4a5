// Test262 front matter: the YAML between `/*---` and `---*/` at the head of each test.
// Only the keys that decide how a test runs are read. The suite writes them in a small corner of
// YAML (flow lists over one or more lines, block lists, one nested map), so a line scanner does,
// and it indexes the whole suite in the time it takes to read the files.

export type NegativePhase = 'parse' | 'resolution' | 'runtime';

export interface Negative {
  readonly phase: NegativePhase;
  /** Name of the constructor of the expected error. */
  readonly type: string;
}

export interface FrontMatter {
  readonly features: readonly string[];
  readonly flags: readonly string[];
  readonly includes: readonly string[];
  readonly negative: Negative | null;
}

/** Front matter that cannot be understood; the message says which key. */
export class FrontMatterError extends Error {}

/**
 * Reads the front matter of one test source. A source without any gives empty lists.
 * Throws `FrontMatterError` for a `negative` without a known phase or a type.
 */
export function parseFrontMatter(source: string): FrontMatter {
  const sections = new Map<string, string[]>();
  let current: string[] | null = null;
  for (const line of frontMatterText(source).split(/\r\n|\r|\n/)) {
    const match = /^([A-Za-z][\w-]*):(.*)$/.exec(line);
    if (match) {
      current = [match[2] as string];
      sections.set(match[1] as string, current);
    } else current?.push(line);
  }
  return {
    features: listOf(sections.get('features')),
    flags: listOf(sections.get('flags')),
    includes: listOf(sections.get('includes')),
    negative: negativeOf(sections.get('negative')),
  };
}

function frontMatterText(source: string): string {
  const start = source.indexOf('/*---');
  if (start < 0) return '';
  const end = source.indexOf('---*/', start);
  return end < 0 ? '' : source.slice(start + 5, end);
}

/** `[a, b]` over any number of lines, or `- a` lines. */
function listOf(lines: readonly string[] | undefined): string[] {
  if (!lines) return [];
  const text = lines.map((line) => line.replace(/\s+#.*$/, '').trim()).join('\n');
  const flow = /^\[([^\]]*)\]/.exec(text.trim());
  if (flow) return (flow[1] as string).split(/[,\n]/).map(unquote).filter(Boolean);
  const items: string[] = [];
  for (const line of text.split('\n')) if (line.startsWith('- ')) items.push(unquote(line.slice(2)));
  return items;
}

function negativeOf(lines: readonly string[] | undefined): Negative | null {
  if (!lines) return null;
  let phase = '';
  let type = '';
  for (const line of lines) {
    const match = /^\s+(phase|type):\s*(\S+)\s*$/.exec(line);
    if (match?.[1] === 'phase') phase = unquote(match[2] as string);
    else if (match?.[1] === 'type') type = unquote(match[2] as string);
  }
  if (phase !== 'parse' && phase !== 'resolution' && phase !== 'runtime')
    throw new FrontMatterError(`negative: unknown phase '${phase}'`);
  if (type === '') throw new FrontMatterError('negative: no type');
  return { phase, type };
}

function unquote(text: string): string {
  const trimmed = text.trim();
  const match = /^(['"])(.*)\1$/.exec(trimmed);
  return match ? (match[2] as string) : trimmed;
}
