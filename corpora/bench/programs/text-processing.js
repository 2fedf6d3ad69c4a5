// expect: the=40,window=8,bright=7,engine=7 y4ibyw 23xtf35m0 1463:16qrqtp 14:5cr5li ----========--+======+++ river/machine/curious
// scale: 40
// about: a text job: words counted, lines wrapped, markup rendered, tables joined, texts compared

const nouns = [
  'river',
  'garden',
  'machine',
  'letter',
  'island',
  'window',
  'market',
  'engine',
  'story',
  'mountain',
];
const verbs = ['crosses', 'holds', 'follows', 'opens', 'carries', 'forgets', 'measures', 'paints'];
const adjectives = ['quiet', 'narrow', 'bright', 'ancient', 'heavy', 'curious', 'hollow'];

function makeRandom(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % limit;
  };
}

function makeSentence(random) {
  const pick = (words) => words[random(words.length)];
  const subject = `the ${pick(adjectives)} ${pick(nouns)}`;
  const object = random(3) === 0 ? `a ${pick(nouns)}` : `the ${pick(adjectives)} ${pick(nouns)}`;
  const sentence = `${subject} ${pick(verbs)} ${object}`;
  return sentence[0].toUpperCase() + sentence.slice(1) + (random(4) === 0 ? '!' : '.');
}

function makeDocument(seed) {
  const random = makeRandom(seed);
  const lines = [];
  for (let chapter = 1; chapter <= 3; chapter++) {
    lines.push(`# Chapter ${chapter}`, '');
    for (let paragraph = 0; paragraph < 2; paragraph++) {
      const sentences = [];
      for (let i = 0; i < 3 + random(3); i++) sentences.push(makeSentence(random));
      lines.push(sentences.join(' '), '');
    }
    lines.push(
      `- *first* point, see [notes](notes/${chapter}.html)`,
      '- **second** point with `code < 1`',
      '',
    );
  }
  return lines.join('\n');
}

// ---- Words

function wordsOf(text) {
  return text.toLowerCase().match(/[a-z]+/g) ?? [];
}

function countWords(text) {
  const counts = new Map();
  for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function mostCommon(counts, limit) {
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([word, count]) => `${word}=${count}`)
    .join(',');
}

function makeIndex(text) {
  const index = Object.create(null);
  text.split('\n').forEach((line, number) => {
    for (const word of new Set(wordsOf(line))) {
      if (word.length < 6) continue;
      index[word] ??= [];
      index[word].push(number + 1);
    }
  });
  return Object.keys(index)
    .sort()
    .map((word) => `${word} ${index[word].join(' ')}`);
}

// ---- Lines

function wrap(text, width) {
  const lines = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}

function justify(line, width) {
  const words = line.split(' ');
  if (words.length === 1) return line.padEnd(width);
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const gaps = words.length - 1;
  const spaces = width - letters;
  let text = '';
  words.forEach((word, i) => {
    text += word;
    if (i < gaps) text += ' '.repeat(Math.floor(spaces / gaps) + (i < spaces % gaps ? 1 : 0));
  });
  return text;
}

// ---- Markup

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function renderInline(text) {
  return text
    .replace(/[&<>]/g, (c) => escapes[c])
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replace(/\*(.+?)\*/g, '<i>$1</i>')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_, label, target) => `<a href="${target}">${label}</a>`);
}

function render(text) {
  const html = [];
  let list = null;
  const closeList = () => {
    if (list === null) return;
    html.push(`<ul>${list.map((item) => `<li>${item}</li>`).join('')}</ul>`);
    list = null;
  };
  for (const line of text.split('\n')) {
    const heading = /^(#+) (.*)$/.exec(line);
    if (line.startsWith('- ')) {
      list ??= [];
      list.push(renderInline(line.slice(2)));
      continue;
    }
    closeList();
    if (heading !== null)
      html.push(`<h${heading[1].length}>${renderInline(heading[2])}</h${heading[1].length}>`);
    else if (line.trim() !== '') html.push(`<p>${renderInline(line)}</p>`);
  }
  closeList();
  return html.join('\n');
}

// ---- Tables in comma-separated form

function parseTable(text) {
  const rows = [];
  let row = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (isQuoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else isQuoted = false;
    } else if (c === '"') isQuoted = true;
    else if (c === ',' || c === '\n') {
      row.push(cell);
      cell = '';
      if (c === '\n') {
        rows.push(row);
        row = [];
      }
    } else cell += c;
  }
  const [names, ...records] = rows;
  return records.map((values) => Object.fromEntries(names.map((name, i) => [name, values[i]])));
}

function formatTable(records) {
  const names = Object.keys(records[0]);
  const quote = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = records.map((record) => names.map((name) => quote(String(record[name]))).join(','));
  return [names.join(','), ...lines, ''].join('\n');
}

function join(left, right, key) {
  const byKey = new Map(right.map((record) => [record[key], record]));
  return left
    .filter((record) => byKey.has(record[key]))
    .map((record) => ({ ...record, ...byKey.get(record[key]) }));
}

function makeTables() {
  const people = nouns.map((name, i) => ({ id: i, name: `${name} "${i}"`, city: `Town, ${i % 4}` }));
  const orders = Array.from({ length: 14 }, (_, i) => ({
    id: (i * 3) % 12,
    item: verbs[i % 8],
    count: i + 1,
  }));
  return [people, orders];
}

// ---- Differences

/** The longest common subsequence of two lists, as edit marks: ' ' both, '-' only left, '+' only right. */
function compareLists(a, b) {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i][j] =
        a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  let marks = '';
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      marks += ' ';
      i++;
      j++;
    } else if (j === b.length || (i < a.length && lengths[i + 1][j] >= lengths[i][j + 1])) {
      marks += '-';
      i++;
    } else {
      marks += '+';
      j++;
    }
  }
  return marks;
}

function editDistance(a, b) {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(change, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}

function closestWord(word, words) {
  let best = '';
  let least = Infinity;
  for (const other of words) {
    const distance = editDistance(word, other);
    if (distance < least) {
      least = distance;
      best = other;
    }
  }
  return best;
}

function hashOf(text) {
  let hash = 5381;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 33) ^ text.charCodeAt(i)) >>> 0;
  return hash.toString(36);
}

function unit() {
  const text = makeDocument(7);
  const counts = countWords(text);
  const paragraphs = text.split('\n\n').filter((part) => /^[A-Z]/.test(part));
  const lines = paragraphs.flatMap((part) => wrap(part, 48)).map((line) => justify(line, 48));
  const html = render(text);
  const [people, orders] = makeTables();
  const joined = join(parseTable(formatTable(orders)), parseTable(formatTable(people)), 'id');
  const marks = compareLists(lines.slice(0, 20), [...lines.slice(4, 12), 'new', ...lines.slice(14, 24)]);
  const corrected = ['rivver', 'mashine', 'cruious'].map((word) =>
    closestWord(word, [...nouns, ...adjectives]),
  );
  return [
    mostCommon(counts, 4),
    hashOf(makeIndex(text).join(';')),
    `${lines.length}x${hashOf(lines.join('\n'))}`,
    `${html.length}:${hashOf(html)}`,
    `${joined.length}:${hashOf(formatTable(joined))}`,
    marks.replaceAll(' ', '='),
    corrected.join('/'),
  ].join(' ');
}

function run(n) {
  let checksum = '';
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
