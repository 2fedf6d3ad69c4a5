// The panel that shows one test: what it came to in each run, the command that repeats it, and its source.

import { breakable, formatMs, h, link, pill, runName } from './elements.js';

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
      h('h2', {}, breakable(path.slice(path.lastIndexOf('/') + 1))),
      h('button', { type: 'button', 'aria-label': 'Close', onclick: () => page.go({ test: '' }) }, '×'),
    ),
    h('p', { class: 'path' }, breakable(path)),
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
