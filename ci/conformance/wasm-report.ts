// The table at the end of a run of the WebAssembly suite: commands passed per proposal and per kind.

export interface ScriptCounts {
  readonly path: string;
  readonly proposal: string;
  readonly byKind: Readonly<Record<string, { readonly passed: number; readonly total: number }>>;
}

interface Tally {
  passed: number;
  total: number;
}

/** Rows are kinds of commands, columns proposals. */
export function formatCounts(counts: readonly ScriptCounts[]): string {
  const proposals = [...new Set(counts.map(({ proposal }) => proposal))].sort((a, b) =>
    a === 'core' ? -1 : b === 'core' ? 1 : a < b ? -1 : 1,
  );
  const kinds = [...new Set(counts.flatMap(({ byKind }) => Object.keys(byKind)))].sort();
  const cell = (proposal: string | null, kind: string | null): string => {
    const tally: Tally = { passed: 0, total: 0 };
    for (const each of counts) {
      if (proposal !== null && each.proposal !== proposal) continue;
      for (const [name, { passed, total }] of Object.entries(each.byKind)) {
        if (kind !== null && name !== kind) continue;
        tally.passed += passed;
        tally.total += total;
      }
    }
    return tally.total === 0 ? '' : `${tally.passed}/${tally.total}`;
  };
  const columns: (string | null)[] = [...proposals, null];
  const rows = [
    ['command', ...columns.map((proposal) => proposal ?? 'all')],
    ...[...kinds, null].map((kind) => [kind ?? 'total', ...columns.map((proposal) => cell(proposal, kind))]),
  ];
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => (row[i] as string).length))) ?? [];
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) => (i === 0 ? text.padEnd(widths[i] as number) : text.padStart(widths[i] as number)))
      .join('  ');
  return `${rows.map((row) => line(row).trimEnd()).join('\n')}\n`;
}
