// script: js-yaml/dist/browser/js-yaml.umd.min.js
// js-yaml reads documents of every kind of node and writes them again; errors carry their place.
const documents = [
  'a: 1\nb: [x, y, {z: null}]\nc:\n  - 1.5\n  - 0x1f\n  - 0o17\n  - .inf\n  - -.inf\n  - .nan\n  - true\n  - ~\n',
  'text: |\n  line one\n    indented\n\n  last\nfolded: >-\n  one\n  two\n\n  three\nquoted: "tab\\t\\u00e9"\nplain: it\'s\n',
  'base: &base\n  name: x\n  size: 3\nderived:\n  <<: *base\n  size: 4\nlist: &l [1, 2]\nagain: *l\n',
  '- ? key one\n  : value\n- 2001-12-14t21:59:43.10-05:00\n- "2001-01-01"\n- !!str 12\n- !!int "7"\n',
];
for (const text of documents) {
  const value = jsyaml.load(text);
  print(JSON.stringify(value, (key, v) => (typeof v === 'number' && !Number.isFinite(v) ? String(v) : v)));
  print(jsyaml.dump(value, { sortKeys: true }));
  print(jsyaml.dump(value, { flowLevel: 1, lineWidth: 40 }));
}
const many = [];
jsyaml.loadAll('---\n1\n---\n{a: b}\n...\n---\n- c\n', (document) => many.push(document));
print(JSON.stringify(many));
for (const bad of ['a: [1, 2', 'a: b: c', '\t- x', '*unknown', 'a: 1\na: 2']) {
  try {
    print(JSON.stringify(jsyaml.load(bad)));
  } catch (error) {
    print(`${error.name}: ${error.message}`);
  }
}
