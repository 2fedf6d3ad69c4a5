// expect: 252474389
// scale: 400
// about: characters: charCodeAt, indexing, split, indexOf, slice, case, comparison

const text = 'The quick brown fox jumps over the lazy dog; pack my box with five dozen liquor jugs. '.repeat(
  40,
);

function unit() {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (hash * 33 + text.charCodeAt(i)) & 0xfffffff;
  let vowels = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === 'a' || c === 'e' || c === 'i' || c === 'o' || c === 'u') vowels++;
  }
  const words = text.split(' ');
  let longest = '';
  for (let i = 0; i < words.length; i++) {
    const word = words[i].toLowerCase();
    if (word.length > longest.length || (word.length === longest.length && word < longest)) longest = word;
  }
  let found = 0;
  for (let at = text.indexOf('o'); at >= 0; at = text.indexOf('o', at + 1)) found += at & 3;
  return hash + vowels + found + longest.length + text.slice(10, 20).toUpperCase().charCodeAt(3);
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
