// expect: 8528853 252 22 1684
// scale: 27
// about: parsing the lines of access logs with anchored patterns, groups and tests

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];
const AGENTS = ['Mozilla/5.0 (X11; Linux x86_64)', 'curl/8.5.0', 'Bot/1.0 (+https://example.org/bot)'];
const lines = Array.from({ length: 400 }, (_, i) => {
  const time = `${String(i % 28).padStart(2, '0')}/Nov/2024:1${i % 10}:${10 + (i % 50)}:${59 - (i % 49)} +0000`;
  const path = `/shop/item-${i * 7}/view?id=${i}&ref=${(i * 7919).toString(36)}`;
  const line = `10.${i % 256}.${(i * 3) % 256}.${(i * 7) % 256} - user${i % 9} [${time}] "${METHODS[i % 4]} ${path} HTTP/1.1" ${200 + (i % 4) * 100} ${i * 113} "-" "${AGENTS[i % 3]}"`;
  return i % 19 === 0 ? `garbage ${line.slice(20)}` : line;
});

const entry =
  /^(\d{1,3}(?:\.\d{1,3}){3}) - (\S+) \[(\d\d)\/(\w{3})\/(\d{4}):([\d:]+) [-+]\d{4}\] "([A-Z]+) ([^ "?]*)(?:\?([^ "]*))? HTTP\/[\d.]+" (\d{3}) (\d+|-) "([^"]*)" "([^"]*)"$/;
const robot = /bot|crawler|spider|curl/i;
const reference = /(?:^|&)ref=([a-z\d]+)/;

function unit() {
  let bytes = 0;
  let robots = 0;
  let failed = 0;
  let references = 0;
  for (const line of lines) {
    const match = entry.exec(line);
    if (match === null) {
      failed++;
      continue;
    }
    bytes += Number(match[11]) + match[8].length;
    if (robot.test(match[13])) robots++;
    const found = reference.exec(match[9]);
    if (found !== null) references += found[1].length;
  }
  return `${bytes} ${robots} ${failed} ${references}`;
}

function run(n) {
  let checksum = '';
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
