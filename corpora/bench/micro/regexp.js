// expect: 90076
// scale: 400
// about: regular expressions: test, exec with groups, matchAll, replace, split, backtracking

const log = Array.from(
  { length: 40 },
  (_, i) =>
    `2024-0${1 + (i % 9)}-1${i % 10} host${i % 3}.example.org GET /path/${i}?q=${i * 7} ${200 + i} ${i * 113}b`,
).join('\n');

function unit() {
  let sum = 0;
  for (const match of log.matchAll(/(?<year>\d{4})-(\d\d)-(\d\d) ([\w.]+) (GET|POST) (\S+) (\d+)/g))
    sum += Number(match.groups.year) + Number(match[2]) + match[4].length + match[6].length;
  for (const line of log.split(/\r?\n/)) {
    if (/host[12]\./.test(line)) sum++;
    const match = /\?(\w+)=(\d+)/.exec(line);
    if (match !== null) sum += Number(match[2]);
  }
  const hidden = log.replace(/\d+b$/gm, (size) => `<${size.length}>`).replace(/[aeiou]/gi, '*');
  const nested = /^(?:(\w+)\s?)+$/.exec('one two three four five six');
  return sum + hidden.length + hidden.indexOf('*') + nested[1].length;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
