// The page: its state is the part of the address after `#`, so that every view can be linked to and the
// back button works. A change of the state renders again what depends on it.

import { h, runName } from './elements.js';
import { load, Model } from './model.js';
import { testPanel } from './panel.js';
import { views } from './views.js';
import { benchView } from './views-bench.js';
import { wasmView } from './views-wasm.js';

const DEFAULTS = {
  view: 'overview',
  text: '',
  feature: '',
  outcome: '',
  run: '',
  open: '',
  test: '',
  a: '',
  b: '',
  section: '',
  stage: '',
  sort: '',
};
const FILTERS = ['text', 'feature', 'outcome', 'run'];
const TYPING_MS = 150;

class Page {
  constructor(model) {
    this.model = model;
    this.state = readState();
    this.selected = [];
    this.shownKey = '';
    const [run] = model.runs;
    byId('suite').textContent = run ? `${run.suite} at ${run.suiteCommit.slice(0, 8)}` : '';
    const tags = model.features.map(({ name }) => name).sort();
    byId('features').append(...tags.map((value) => h('option', { value })));
    byId('outcome').append(
      ...Object.entries({
        '': 'Any outcome',
        x: 'not passed',
        p: 'pass',
        f: 'fail',
        t: 'timeout',
        c: 'crash',
      }).map(([value, text]) => h('option', { value }, text)),
    );
    byId('run').append(
      h('option', { value: '' }, 'in any run'),
      ...model.runs.map((each) => h('option', { value: String(each.index) }, `in ${runName(each)}`)),
    );
    this.listen();
    this.render();
  }

  listen() {
    let timer = 0;
    byId('filters').addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(
        () => this.go(Object.fromEntries(FILTERS.map((id) => [id, byId(id).value]))),
        TYPING_MS,
      );
    });
    byId('filters').addEventListener('submit', (event) => event.preventDefault());
    byId('filters').addEventListener('reset', (event) => {
      event.preventDefault();
      this.go(Object.fromEntries(FILTERS.map((id) => [id, ''])));
    });
    window.addEventListener('hashchange', () => {
      this.state = readState();
      this.render();
    });
    window.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.state.test) this.go({ test: '' });
    });
  }

  /** The run that views of one run show: the chosen one, else the first. */
  chosenRun() {
    return this.model.runs[Number(this.state.run || 0)] ?? this.model.runs[0];
  }

  hrefOf(change) {
    const state = { ...this.state, section: '', ...change };
    const pairs = Object.entries(state).filter(([key, value]) => value !== DEFAULTS[key]);
    return `#${new URLSearchParams(pairs)}`;
  }

  go(change) {
    location.hash = this.hrefOf(change);
  }

  render() {
    const { state } = this;
    for (const id of FILTERS) if (byId(id).value !== state[id]) byId(id).value = state[id];
    byId('tabs').replaceChildren(
      ...Object.entries(views).map(([view, { title }]) =>
        h(
          'a',
          { href: this.hrefOf({ view }), ...(view === state.view ? { 'aria-current': 'page' } : {}) },
          title,
        ),
      ),
    );
    const current = byId('tabs').querySelector('[aria-current]');
    if (current) byId('tabs').scrollLeft = current.offsetLeft - byId('tabs').clientWidth / 3;
    this.renderView();
    this.renderPanel();
  }

  renderView() {
    const { state } = this;
    // Opening a test changes no view.
    const key = JSON.stringify({ ...state, test: '' });
    if (key === this.shownKey) return;
    const isSameView = JSON.parse(this.shownKey || '{}').view === state.view;
    this.shownKey = key;
    this.selected = this.model.select(state);
    const all = this.model.paths.length;
    byId('count').textContent =
      `${this.selected.length.toLocaleString('en')} ${this.selected.length === all ? '' : `of ${all.toLocaleString('en')} `}tests`;
    byId('view').replaceChildren((views[state.view] ?? views.overview).render(this));
    if (!isSameView) window.scrollTo(0, 0);
    if (state.section) byId(`kind-${state.section}`)?.scrollIntoView();
  }

  renderPanel() {
    const panel = byId('panel');
    const test = this.model.indexOfPath.get(this.state.test);
    panel.hidden = test === undefined;
    document.body.classList.toggle('has-panel', test !== undefined);
    if (test === undefined) panel.replaceChildren();
    else panel.replaceChildren(...testPanel(this, test));
    panel.scrollTop = 0;
  }
}

function readState() {
  return { ...DEFAULTS, ...Object.fromEntries(new URLSearchParams(location.hash.slice(1))) };
}

function byId(id) {
  return document.getElementById(id);
}

Promise.all([Model.load(), load('bench', 0), load('wasm', 0)]).then(
  ([model, benchRuns, wasm]) => {
    if (wasm !== null) views.wasm = wasmView(wasm);
    if (benchRuns.length > 0) views.benchmark = benchView(benchRuns);
    return new Page(model);
  },
  (error) =>
    byId('view').replaceChildren(h('p', { class: 'note' }, `The data cannot be loaded: ${error.message}`)),
);
