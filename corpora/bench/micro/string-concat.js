// expect: 26074372
// scale: 300
// about: strings built piece by piece, then read; join, repeat, padStart

function hashOf(text) {
  let hash = 0;
  for (let i = 0; i < text.length; i += 7) hash = (hash * 31 + text.charCodeAt(i)) & 0xffffff;
  return hash;
}

function unit() {
  let text = '';
  for (let i = 0; i < 1200; i++) {
    text += 'item ' + i;
    text += i % 2 === 0 ? ', ' : '; ';
  }
  const parts = [];
  for (let i = 0; i < 600; i++) parts.push('p' + (i & 31));
  const joined = parts.join('-');
  const padded = String(text.length).padStart(12, '.') + '='.repeat(40);
  return hashOf(text) + hashOf(joined) + hashOf(padded) + text.length + joined.length;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
