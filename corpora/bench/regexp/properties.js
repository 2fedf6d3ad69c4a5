// expect: 136366 68182871900 20661 10329797535 942151
// scale: 1
// about: property escapes over a million characters of several scripts

const samples = [
  'The quick brown fox jumps over the lazy dog, 1234 times. ',
  'Съешь же ещё этих мягких французских булок, да выпей чаю. ',
  'Ξεσκεπάζω την ψυχοφθόρα βδελυγμία! ',
  '色は匂へど散りぬるを我が世誰ぞ常ならむ。有為の奥山今日越えて、浅き夢見じ酔ひもせず。',
  'Zażółć gęślą jaźń — ﬁve ½ pizzas 😀🎉 𝒜𝓁𝓅𝒽𝒶. ',
];
let text = '';
for (let i = 0; text.length < 1_000_000; i++) text += samples[(i * 7) % 5];

function count(pattern) {
  let found = 0;
  let length = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) {
    found++;
    length += pattern.lastIndex;
  }
  return `${found} ${length}`;
}

const words = /\p{L}+/gu;
const capitals = /\p{Lu}\p{Ll}*/gu;
const marks = /[\p{P}\p{S}]/gu;

function unit() {
  return `${count(words)} ${count(capitals)} ${text.replace(marks, '').length}`;
}

function run(n) {
  let checksum = '';
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
