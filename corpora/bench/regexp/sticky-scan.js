// expect: 1381,780,120,120 9173
// scale: 56
// about: a scanner of nested data that moves one lastIndex through sticky patterns

const text = JSON.stringify(
  Array.from({ length: 60 }, (_, i) => ({
    id: i,
    name: `item "${i}"`,
    tags: ['a', 'bc', `tag-${i}`],
    price: i * 1.25,
    nested: { ok: i % 2 === 0, none: null, text: 'lorem ipsum dolor sit amet, consectetur' },
  })),
  null,
  2,
);
const space = /[ \n\r\t]*/y;
const string = /"(?:[^"\\]|\\.)*"/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const word = /true|false|null/y;
const punctuator = /[[\]{},:]/y;
const patterns = [punctuator, string, number, word];

function unit() {
  const counts = [0, 0, 0, 0];
  let position = 0;
  let lengths = 0;
  for (;;) {
    space.lastIndex = position;
    space.test(text);
    position = space.lastIndex;
    if (position >= text.length) break;
    let kind = 0;
    for (;;) {
      const pattern = patterns[kind];
      pattern.lastIndex = position;
      if (pattern.test(text)) break;
      kind++;
    }
    counts[kind]++;
    lengths += patterns[kind].lastIndex - position;
    position = patterns[kind].lastIndex;
  }
  return `${counts.join()} ${lengths}`;
}

function run(n) {
  let checksum = '';
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
