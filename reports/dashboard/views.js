// The dashboard's views. Each takes the page (app.js) and returns an element; none keeps state of its
// own beyond what it shows: everything that can be linked to is in the page's state.

import { OUTCOMES } from './model.js';

const ROWS_AT_ONCE = 150;

/** Makes an element: properties, then children (elements or text). */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {}))
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== 'string') element[name] = value;
    else element.setAttribute(name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export const views = {
  overview: {
    title: 'Overview',
    render(page) {
      const tests = page.selected;
      const kinds = page.model.disagreements(tests);
      const hasTiers = page.model.newestOfTiers().length > 1;
      return h(
        'div',
        {},
        h(
          'div',
          { class: 'cards' },
          page.model.runs.map((run) => runCard(page, run, tests)),
        ),
        hasTiers ? h('h2', {}, 'Disagreements') : null,
        hasTiers ? disagreementLinks(page, kinds) : null,
        h('h2', {}, 'Folders'),
        folderTable(page),
      );
    },
  },

  disagreements: {
    title: 'Disagreements',
    render(page) {
      const kinds = page.model.disagreements(page.selected);
      const sections = Object.entries(disagreementTitles).map(([kind, title]) =>
        h(
          'section',
          { id: `kind-${kind}` },
          h('h2', {}, `${title} `, h('span', { class: 'badge' }, kinds[kind].length.toLocaleString('en'))),
          testTable(page, kinds[kind], page.model.newestOfTiers(), 'None.'),
        ),
      );
      if (page.model.newestOfTiers().length < 2)
        return note(
          'There is one tier here. Run another with --tier, or keep runs of several, to compare tiers.',
        );
      return h('div', {}, sections);
    },
  },

  features: {
    title: 'Features',
    render(page) {
      const { model } = page;
      const byFeature = new Map(model.features.map((feature) => [feature, []]));
      for (const test of page.selected)
        for (const feature of model.testFeatures[test]) byFeature.get(feature).push(test);
      const rows = [...byFeature].filter(([, tests]) => tests.length > 0);
      const score = ([, tests]) => passShare(model.counts(model.runs[0], tests));
      rows.sort((a, b) => score(a) - score(b) || (a[0] < b[0] ? -1 : 1));
      if (rows.length === 0) return note('No test here has a feature tag.');
      return runTable(
        page,
        'Feature',
        rows.map(([feature, tests]) =>
          h(
            'tr',
            {},
            h(
              'th',
              { scope: 'row' },
              link(page, { view: 'tests', feature }, feature),
              ' ',
              small(tests.length),
            ),
            model.runs.map((run) => barCell(model.counts(run, tests))),
          ),
        ),
      );
    },
  },

  failures: {
    title: 'Failures',
    render(page) {
      const run = page.chosenRun();
      const clusters = page.model.clusters(run, page.selected);
      if (clusters.length === 0) return note(`No failure in ${runName(run)}.`);
      const rows = clusters.map((cluster) => {
        const details = h(
          'details',
          { class: 'cluster' },
          h(
            'summary',
            {},
            h('span', { class: 'badge' }, cluster.count.toLocaleString('en')),
            h('span', {}, [...cluster.letters].map(pill)),
            h('code', {}, cluster.text),
          ),
        );
        details.addEventListener(
          'toggle',
          () => details.append(testTable(page, [...cluster.tests], [run], '')),
          { once: true },
        );
        return details;
      });
      return h('div', {}, h('h2', {}, `Failures of ${runName(run)} by message`), ...inParts(rows));
    },
  },

  slowest: {
    title: 'Slowest',
    render(page) {
      const run = page.chosenRun();
      const timed = page.selected
        .map((test) => ({ test, ms: page.model.timeMs(run, test) }))
        .filter(({ ms }) => ms > 0);
      timed.sort((a, b) => b.ms - a.ms);
      const rows = timed
        .slice(0, 500)
        .map(({ test, ms }) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, testLink(page, test)),
            h('td', { class: 'number' }, formatMs(ms)),
            h('td', {}, pill(page.model.outcome(run, test))),
          ),
        );
      if (rows.length === 0) return note(`No test of ${runName(run)} took a millisecond.`);
      const head = h(
        'tr',
        {},
        h('th', {}, 'Test'),
        h('th', { class: 'number' }, 'Time'),
        h('th', {}, 'Outcome'),
      );
      return h('div', {}, h('h2', {}, `Slowest tests of ${runName(run)}`), table(head, rows));
    },
  },

  compare: {
    title: 'Compare',
    render(page) {
      const { model, state } = page;
      if (model.runs.length < 2)
        return note('There is one run here; two are needed. --from FILE,FILE takes kept ones.');
      const a = model.runs[Number(state.a || 1)] ?? model.runs[1];
      const b = model.runs[Number(state.b || 0)] ?? model.runs[0];
      const choose = (key, chosen) =>
        h(
          'select',
          {
            'aria-label': key === 'a' ? 'Before' : 'After',
            onchange: (event) => page.go({ [key]: event.target.value }),
          },
          model.runs.map((run) =>
            h('option', { value: String(run.index), selected: run === chosen }, runName(run)),
          ),
        );
      const changes = model.changes(a, b, page.selected);
      const titles = { broke: 'Broke', fixed: 'Fixed', other: 'Failed differently' };
      return h(
        'div',
        {},
        h('p', { class: 'choose' }, 'From ', choose('a', a), ' to ', choose('b', b)),
        Object.entries(titles).map(([kind, title]) =>
          h(
            'section',
            {},
            h(
              'h2',
              {},
              `${title} `,
              h('span', { class: 'badge' }, changes[kind].length.toLocaleString('en')),
            ),
            testTable(page, changes[kind], [a, b], 'None.'),
          ),
        ),
      );
    },
  },

  tests: {
    title: 'Tests',
    render(page) {
      return testTable(page, page.selected, page.model.runs, 'No test passes the filters.');
    },
  },
};

const disagreementTitles = {
  tiers: 'Tiers differ',
  behind: 'A reference passes, we do not',
  ahead: 'We pass, a reference does not',
};

/** The contents of the panel that shows one test. */
export function testPanel(page, test) {
  const { model } = page;
  const path = model.paths[test];
  const code = h('pre', { class: 'source' }, 'Loading…');
  model.source(test).then(
    (text) => code.replaceChildren(...numberedLines(text)),
    (error) => code.replaceChildren(String(error.message)),
  );
  return [
    h(
      'div',
      { class: 'panel-head' },
      h('h2', {}, path.slice(path.lastIndexOf('/') + 1)),
      h('button', { type: 'button', 'aria-label': 'Close', onclick: () => page.go({ test: '' }) }, '×'),
    ),
    h('p', { class: 'path' }, path),
    model.testFeatures[test].length === 0
      ? null
      : h(
          'p',
          { class: 'chips' },
          model.testFeatures[test].map((feature) =>
            link(page, { view: 'tests', feature, test: '' }, feature),
          ),
        ),
    h('h3', {}, 'Outcomes'),
    h(
      'div',
      { class: 'outcomes' },
      model.runs.map((run) => runOutcome(page, run, test)),
    ),
    h('h3', {}, 'Source'),
    code,
  ].filter(Boolean);
}

function runOutcome(page, run, test) {
  const { model } = page;
  const scenarios = model.scenarios(test).filter(({ id }) => run.outcomes[id] !== '-');
  if (scenarios.length === 0)
    return h('section', {}, h('h4', {}, runName(run)), h('p', { class: 'note' }, 'Not run.'));
  const command = `npm run conformance -- --tier ${run.tier} --filter '${model.paths[test]}'`;
  return h(
    'section',
    {},
    h('h4', {}, runName(run)),
    scenarios.map(({ mode, id }) => {
      const message = model.message(run, id);
      return h(
        'div',
        { class: 'scenario' },
        h(
          'div',
          {},
          pill(run.outcomes[id]),
          ` ${mode} `,
          h('span', { class: 'faint' }, formatMs(run.times[id])),
        ),
        message ? h('pre', { class: 'message' }, message) : null,
      );
    }),
    h(
      'div',
      { class: 'command' },
      h('code', {}, command),
      h('button', { type: 'button', onclick: (event) => copy(event.target, command) }, 'Copy'),
    ),
  );
}

async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Select it'; // A page from disk may be refused the clipboard.
  }
}

function numberedLines(text) {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => h('span', { class: 'line' }, `${line}\n`));
}

function runCard(page, run, tests) {
  const counts = page.model.counts(run, tests);
  const sum = counts.p + counts.f + counts.t + counts.c;
  return h(
    'article',
    { class: 'card' },
    h('h3', {}, run.tier, run.isReference ? h('span', { class: 'tag' }, 'reference') : null),
    h('p', { class: 'big' }, share(counts)),
    bar(counts),
    h(
      'p',
      { class: 'legend' },
      ['p', 'f', 't', 'c'].map((letter) =>
        link(
          page,
          { view: 'tests', run: String(run.index), outcome: letter },
          h('i', { class: `dot ${OUTCOMES[letter]}` }),
          `${counts[letter].toLocaleString('en')} ${OUTCOMES[letter]}`,
        ),
      ),
    ),
    h(
      'p',
      { class: 'faint' },
      `${sum.toLocaleString('en')} scenarios${run.isComplete ? '' : ' (part of the suite)'} · ${run.date.slice(0, 16).replace('T', ' ')} · ` +
        `${run.commit === 'none' ? 'no commit' : run.commit.slice(0, 8)} · ${run.node}`,
    ),
  );
}

function disagreementLinks(page, kinds) {
  return h(
    'ul',
    { class: 'kinds' },
    Object.entries(disagreementTitles).map(([kind, title]) =>
      h(
        'li',
        {},
        link(
          page,
          { view: 'disagreements', section: kind },
          h('b', {}, kinds[kind].length.toLocaleString('en')),
          ` ${title}`,
        ),
      ),
    ),
  );
}

function folderTable(page) {
  const isSelected = new Uint8Array(page.model.paths.length);
  for (const test of page.selected) isSelected[test] = 1;
  const open = new Set(page.state.open ? page.state.open.split(',') : ['test']);
  const rows = [];
  const visit = (node, depth) => {
    const tests = testsBelow(node).filter((test) => isSelected[test]);
    if (tests.length === 0) return;
    const isOpen = open.has(node.path);
    rows.push(
      h(
        'tr',
        {},
        h(
          'th',
          { scope: 'row', style: `--depth:${depth}` },
          h(
            'button',
            {
              type: 'button',
              class: 'folder',
              'aria-expanded': String(isOpen),
              onclick: () => toggle(node.path),
            },
            node.name,
          ),
          ' ',
          small(tests.length),
        ),
        page.model.runs.map((run) => barCell(page.model.counts(run, tests))),
      ),
    );
    if (!isOpen) return;
    for (const child of node.folders.values()) visit(child, depth + 1);
    for (const test of node.tests)
      if (isSelected[test]) rows.push(testRow(page, test, page.model.runs, depth + 1, 'name'));
  };
  const toggle = (path) => {
    if (!open.delete(path)) open.add(path);
    page.go({ open: [...open].join(',') });
  };
  for (const child of page.model.tree.folders.values()) visit(child, 0);
  if (rows.length === 0) return note('No test passes the filters.');
  return runTable(page, 'Folder', rows);
}

function testsBelow(node) {
  node.below ??= [...node.tests, ...[...node.folders.values()].flatMap(testsBelow)];
  return node.below;
}

function testTable(page, tests, runs, emptyText) {
  if (tests.length === 0) return note(emptyText);
  const head = h(
    'tr',
    {},
    h('th', {}, 'Test'),
    runs.map((run) => h('th', { class: 'run' }, ...runHeading(run))),
  );
  return table(head, tests, (test) => testRow(page, test, runs, 0, 'path'));
}

function testRow(page, test, runs, depth, label) {
  return h(
    'tr',
    { class: 'test' },
    h('th', { scope: 'row', style: `--depth:${depth}` }, testLink(page, test, label)),
    runs.map((run) => {
      const message = page.model.testMessage(run, test);
      return h(
        'td',
        { title: message },
        pill(page.model.outcome(run, test)),
        message ? h('span', { class: 'snippet' }, message.split('\n', 1)[0]) : null,
      );
    }),
  );
}

function runTable(page, title, rows) {
  const head = h(
    'tr',
    {},
    h('th', {}, title),
    page.model.runs.map((run) => h('th', { class: 'run' }, ...runHeading(run))),
  );
  return table(head, rows);
}

/** A table that shows some rows and, on request, more. `make` turns an item into a row. */
function table(head, items, make = (row) => row) {
  const body = h('tbody', {});
  const more = h('button', { type: 'button', class: 'more', onclick: () => show() });
  let shown = 0;
  const show = () => {
    body.append(...items.slice(shown, shown + ROWS_AT_ONCE).map(make));
    shown = Math.min(items.length, shown + ROWS_AT_ONCE);
    more.textContent = `Show more (${(items.length - shown).toLocaleString('en')} left)`;
    more.hidden = shown === items.length;
  };
  show();
  return h('div', { class: 'scroll' }, h('table', {}, h('thead', {}, head), body), more);
}

function inParts(elements) {
  const more = h('button', { type: 'button', class: 'more' });
  let shown = ROWS_AT_ONCE;
  const label = () => {
    more.textContent = `Show more (${(elements.length - shown).toLocaleString('en')} left)`;
    more.hidden = shown >= elements.length;
  };
  more.addEventListener('click', () => {
    more.before(...elements.slice(shown, shown + ROWS_AT_ONCE));
    shown += ROWS_AT_ONCE;
    label();
  });
  label();
  return [...elements.slice(0, ROWS_AT_ONCE), more];
}

function barCell(counts) {
  return h(
    'td',
    { class: 'bar-cell', title: countsText(counts) },
    bar(counts),
    h('span', { class: 'share' }, share(counts)),
  );
}

function bar(counts) {
  const sum = counts.p + counts.f + counts.t + counts.c;
  return h(
    'div',
    { class: 'bar', role: 'img', 'aria-label': countsText(counts) },
    ['p', 'f', 't', 'c']
      .filter((letter) => counts[letter] > 0)
      .map((letter) => h('i', { class: OUTCOMES[letter], style: `width:${(100 * counts[letter]) / sum}%` })),
  );
}

function countsText(counts) {
  return ['p', 'f', 't', 'c'].map((letter) => `${counts[letter]} ${OUTCOMES[letter]}`).join(', ');
}

function passShare(counts) {
  const sum = counts.p + counts.f + counts.t + counts.c;
  return sum === 0 ? 2 : counts.p / sum;
}

/** Rounded down, so that only a clean row says 100%. */
function share(counts) {
  const part = passShare(counts);
  if (part > 1) return '–';
  return part === 1 ? '100%' : `${(Math.floor(part * 1000) / 10).toFixed(1)}%`;
}

function pill(letter) {
  return h('span', { class: `pill ${OUTCOMES[letter].replace(' ', '-')}` }, OUTCOMES[letter]);
}

function small(count) {
  return h('span', { class: 'faint' }, count.toLocaleString('en'));
}

function note(text) {
  return h('p', { class: 'note' }, text);
}

function link(page, change, ...children) {
  return h('a', { href: page.hrefOf(change) }, ...children);
}

function testLink(page, test, label = 'path') {
  const path = page.model.paths[test];
  const text = label === 'name' ? path.slice(path.lastIndexOf('/') + 1) : path.replace(/^test\//, '');
  return link(page, { test: path }, text);
}

function runHeading(run) {
  return [
    run.tier,
    h('small', {}, run.commit === 'none' ? '' : run.commit.slice(0, 8)),
    h('small', {}, run.date.slice(0, 10)),
  ];
}

export function runName(run) {
  const commit = run.commit === 'none' ? '' : ` ${run.commit.slice(0, 8)}`;
  return `${run.tier}${commit} (${run.date.slice(0, 16).replace('T', ' ')})`;
}

function formatMs(ms) {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms} ms`;
}
