// expect: 160 543984,80 274770,80 273427,80 275640,160 549063,80 276986
// scale: 17
// about: back references, lookbehind, nested and lazy repetition, case without regard: what no host may be given

const text = Array.from(
  { length: 80 },
  (_, i) =>
    `<a href='x${i}' title="say 'hi' ${i}">the the price is $${i * 7}.${10 + i} or €${i}</a> AaBb${i} word${'x'.repeat(i % 9)}y\n`,
).join('');

function count(pattern) {
  let found = 0;
  let sum = 0;
  for (const match of text.matchAll(pattern)) {
    found++;
    sum += match.index + match[0].length;
  }
  return `${found} ${sum}`;
}

function unit() {
  return [
    count(/(["'])(?:(?!\1).)*\1/g),
    count(/(?<=\$)\d+(?:\.\d+)?/g),
    count(/\b(\w+)\s+\1\b/gi),
    count(/<(\w+)[^>]*>.*?<\/\1>/g),
    count(/(?:[a-z]+x*)*y/g),
    count(/^(?:(\w+|[^\w\n]+))+$/gm),
  ].join();
}

function run(n) {
  let checksum = '';
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
