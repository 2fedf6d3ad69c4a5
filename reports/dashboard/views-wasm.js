// The page 'WebAssembly': the proposal matrix of the kept runs of the WebAssembly suite, ours and the host's, and the tests of its
// JavaScript API by file. It is there only when a run was kept; ci/conformance/wasm-runs.ts documents the data.

import { h, note, table } from './elements.js';

const STYLE = `
body:has(.wasm) #filters { display: none; }
.wasm .part-passed { color: var(--fail-ink); }
.wasm th[scope="row"] small { white-space: nowrap; }
`;

/** The view of the page for a `WasmReport`. */
export function wasmView({ rows, runs, jsApi }) {
  return {
    title: 'WebAssembly',
    render() {
      return h(
        'div',
        { class: 'wasm' },
        h('h2', {}, 'Proposals'),
        runs.length === 0 ? note('No run of --suite wasm is kept.') : proposalMatrix(rows, runs),
        runs.length === 0
          ? null
          : note(
              'Commands of the suite that did what they say, of all. A script counts in the row that it is about, and may use later proposals. The host is asked only what has a binary, not about texts.',
            ),
        h('h2', {}, 'JavaScript API'),
        jsApi.length === 0 ? note('No run of --suite wasm-js-api is kept.') : fileMatrix(jsApi),
        h('style', {}, STYLE),
      );
    },
  };
}

function proposalMatrix(rows, runs) {
  const used = rows.filter(({ id }) => runs.some(({ proposals }) => proposals[id] !== undefined));
  return table(heading('Proposal', runs), [
    totalRow(runs.map(({ proposals }) => proposals)),
    ...used.map(({ id, title, version }) =>
      h(
        'tr',
        {},
        h('th', { scope: 'row' }, title, ' ', h('small', {}, version)),
        runs.map(({ proposals }) => tallyCell(proposals[id])),
      ),
    ),
  ]);
}

function fileMatrix(runs) {
  const paths = [...new Set(runs.flatMap(({ files }) => Object.keys(files)))].sort();
  return table(heading('File', runs), [
    totalRow(runs.map(({ files }) => files)),
    ...paths.map((path) =>
      h(
        'tr',
        {},
        h('th', { scope: 'row' }, path),
        runs.map(({ files }) => tallyCell(files[path])),
      ),
    ),
  ]);
}

function heading(title, runs) {
  return h(
    'tr',
    {},
    h('th', {}, title),
    runs.map((run) =>
      h(
        'th',
        { class: 'run' },
        run.tier,
        h('small', {}, run.commit.slice(0, 8)),
        h('small', {}, run.date.slice(0, 10)),
        run.node.split(', ').map((part) => h('small', {}, part.replace(/-node\.\d+$/, ''))),
        run.isComplete ? null : h('small', {}, 'a part of the suite'),
      ),
    ),
  );
}

function totalRow(tables) {
  return h(
    'tr',
    { class: 'total' },
    h('th', { scope: 'row' }, 'all'),
    tables.map((tallies) => tallyCell(sum(Object.values(tallies)))),
  );
}

function sum(tallies) {
  return tallies.reduce(
    (all, { passed, total }) => ({ passed: all.passed + passed, total: all.total + total }),
    { passed: 0, total: 0 },
  );
}

function tallyCell(tally) {
  if (tally === undefined || tally.total === 0) return h('td', { class: 'bar-cell' }, '–');
  const { passed, total } = tally;
  const text = `${passed.toLocaleString('en')}/${total.toLocaleString('en')}`;
  // Rounded down, so that only a clean row says 100%.
  const share = passed === total ? '100%' : `${(Math.floor((1000 * passed) / total) / 10).toFixed(1)}%`;
  return h(
    'td',
    { class: 'bar-cell' },
    h(
      'div',
      { class: 'bar', role: 'img', 'aria-label': `${text} passed` },
      h('i', { class: 'pass', style: `width:${(100 * passed) / total}%` }),
      passed === total
        ? null
        : h('i', { class: 'fail', style: `width:${(100 * (total - passed)) / total}%` }),
    ),
    h('span', { class: passed === total ? 'share' : 'share part-passed' }, share),
    h('small', { class: 'files' }, text),
  );
}
