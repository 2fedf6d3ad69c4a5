// expect: 22580  Ada 0 &amp; 7 sold &quot;things&quot; 01 on.01.20
// scale: 16
// about: replace with callbacks, with and without groups, and with templates

const page = Array.from(
  { length: 150 },
  (_, i) =>
    `<p class="item-${i}">{{ user.name }} bought ${i} & sold {{count}} "things" on 2024-${1 + (i % 12)}-${1 + (i % 28)}.</p>\n<b>some-long-name is_there too</b>\n`,
).join('');
const values = { 'user.name': 'Ada', count: 7 };
const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function unit() {
  const filled = page.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name) => values[name]);
  const dated = filled.replace(
    /(\d{4})-(\d{1,2})-(\d{1,2})/g,
    (_, year, month, day) => `${day.padStart(2, '0')}.${month.padStart(2, '0')}.${year}`,
  );
  const camel = dated.replace(/[-_]([a-z])/g, (_, letter) => letter.toUpperCase());
  const escaped = camel.replace(/[&<>"]/g, (character) => escapes[character]);
  const squeezed = escaped.replace(/\s+/g, ' ').replace(/(\w+) (\w+)/g, '$2 $1');
  return `${squeezed.length} ${squeezed.slice(40, 90)}`;
}

function run(n) {
  let checksum = '';
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
