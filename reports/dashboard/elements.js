// The elements that the views are made of: links, pills, bars, and tables with a column for each run.

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

export function runName(run) {
  const commit = run.commit === 'none' ? '' : ` ${run.commit.slice(0, 8)}`;
  return `${run.tier}${commit} (${run.date.slice(0, 16).replace('T', ' ')})`;
}

export function runHeading(run) {
  return [
    run.tier,
    h('small', {}, run.commit === 'none' ? '' : run.commit.slice(0, 8)),
    h('small', {}, run.date.slice(0, 10)),
  ];
}

export function formatMs(ms) {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms} ms`;
}

/** The text with places where a line may end: behind separators and between words of a camel-cased name. */
export function breakable(text) {
  const parts = text.split(/(?<=[/._-])|(?<=[a-z])(?=[A-Z])/);
  return parts.flatMap((part, i) => (i === 0 ? [part] : [h('wbr'), part]));
}

export function link(page, change, ...children) {
  return h('a', { href: page.hrefOf(change) }, ...children);
}

export function testLink(page, test, label = 'path') {
  const path = page.model.paths[test];
  const text = label === 'name' ? path.slice(path.lastIndexOf('/') + 1) : path.replace(/^test\//, '');
  return link(page, { test: path }, breakable(text));
}

export function pill(letter) {
  return h('span', { class: `pill ${OUTCOMES[letter].replace(' ', '-')}` }, OUTCOMES[letter]);
}

export function small(count) {
  return h('span', { class: 'faint' }, count.toLocaleString('en'));
}

export function note(text) {
  return h('p', { class: 'note' }, text);
}

/** A table that shows some rows and, on request, more. `make` turns an item into a row. */
export function table(head, items, make = (row) => row) {
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

export function runTable(page, title, rows) {
  const head = h(
    'tr',
    {},
    h('th', {}, title),
    page.model.runs.map((run) => h('th', { class: 'run' }, ...runHeading(run))),
  );
  return table(head, rows);
}

export function testTable(page, tests, runs, emptyText) {
  if (tests.length === 0) return note(emptyText);
  const head = h(
    'tr',
    {},
    h('th', {}, 'Test'),
    runs.map((run) => h('th', { class: 'run' }, ...runHeading(run))),
  );
  return table(head, tests, (test) => testRow(page, test, runs, 0, 'path'));
}

export function testRow(page, test, runs, depth, label) {
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

export function inParts(elements) {
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

export function barCell(counts) {
  return h(
    'td',
    { class: 'bar-cell', title: countsText(counts) },
    bar(counts),
    h('span', { class: 'share' }, share(counts)),
  );
}

/** A bar of scenarios with, below it, how many files passed wholly. */
export function fileCell(counts, files) {
  const cell = barCell(counts);
  if (files.total > 0)
    cell.append(
      h(
        'small',
        { class: 'files' },
        `${files.passed.toLocaleString('en')}/${files.total.toLocaleString('en')}`,
      ),
    );
  return cell;
}

export function bar(counts) {
  const sum = counts.p + counts.f + counts.t + counts.c;
  return h(
    'div',
    { class: 'bar', role: 'img', 'aria-label': countsText(counts) },
    ['p', 'f', 't', 'c']
      .filter((letter) => counts[letter] > 0)
      .map((letter) => h('i', { class: OUTCOMES[letter], style: `width:${(100 * counts[letter]) / sum}%` })),
  );
}

/** Rounded down, so that only a clean row says 100%. */
export function share(counts) {
  const part = passShare(counts);
  if (part > 1) return '–';
  return part === 1 ? '100%' : `${(Math.floor(part * 1000) / 10).toFixed(1)}%`;
}

/** The share that passed; 2 if nothing ran. */
export function passShare(counts) {
  const sum = counts.p + counts.f + counts.t + counts.c;
  return sum === 0 ? 2 : counts.p / sum;
}

function countsText(counts) {
  return ['p', 'f', 't', 'c'].map((letter) => `${counts[letter]} ${OUTCOMES[letter]}`).join(', ');
}
