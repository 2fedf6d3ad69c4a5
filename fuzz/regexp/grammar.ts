// A grammar of patterns with every construct, for the fuzzer of the whole path: more forms than the comparison with the host may have.
import type { Grammar } from '../grammar.ts';

export const PATTERN: Grammar = {
  Pattern: ['«D»', '«D»', '«D»«D»'],
  D: ['«A»', '«A»', '«A»|«D»', '«A»|«A»'],
  A: ['', '«T»', '«T»«A»', '«T»«A»'],
  T: ['a', '«Atom»', '«Atom»', '«Atom»«Q»', '«Atom»«Q»', '«Atom»«Q»', '^', '$', '\\b', '\\B', '(?=«D»)', '(?!«D»)', '(?<=«D»)', '(?<!«D»)', '(?=«D»)«Q»'],
  Atom: [
    'a', 'b', 'c', 'ab', '.', '1', 'k', 'ſ', 'ß', 'é', '😀', '\ud83d', '\ude00', '«Esc»', '«Esc»', '[«Cs»]', '[^«Cs»]', '[«Set»]', '[^«Set»]', '(«D»)', '(«D»)', '(?:«D»)', '(?:«D»)', '(?<n>«D»)', '(?<m>«D»)', '(?i:«D»)', '(?-i:«D»)', '(?ms-i:«D»)', '(?s:«D»)', '\\1', '\\2', '\\k<n>', '\\k<m>', '\\9', ']', '{', '}',
  ],
  Q: ['*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}?', '{2,}', '{0}', '{0,0}', '{3,2}', '{1,1000}', '{100}', '{4294967296}', '{0,99999999999999999999}', '{1', '{,2}', '**', '{1000,2000}?'],
  Esc: ['\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '\\t', '\\0', '\\00', '\\07', '\\cA', '\\c', '\\c1', '\\x41', '\\x4', '\\u0041', '\\u{1F600}', '\\u{110000}', '\\ud83d\\ude00', '\\ud83d', '\\/', '\\-', '\\.', '\\p{L}', '\\P{Lu}', '\\p{sc=Greek}', '\\p{Script_Extensions=Latin}', '\\p{RGI_Emoji}', '\\p{Any}', '\\p{x}', '\\P{RGI_Emoji}', '\\q', '\\a'],
  Cs: ['', 'a', 'a-z', 'A-Z0-9', '«Esc»', '«Esc»«Cs»', 'a«Cs»', 'z-a', '\\b', '\\B', '-', 'a-', '\\d-z', '😀-😎', '\ud83d\ude00', '^', '\\]', '\u0370-\u03ff', '\0-\uffff', '&&', '--', '(', 'k', 's'],
  Set: ['a', 'a-z', '«Esc»', 'a--b', '[a-z]--[b«Set»]', '[a-z]&&[«Set»]', '\\w--\\d', '\\q{abc|d|}', '\\q{😀|a}«Set»', '[«Set»][«Set»]', '[^«Set»]', '\\p{RGI_Emoji}--\\q{😀}', 'a&&b&&c', 'a--b&&c', '&&', '!!', '\\p{L}&&\\p{Lu}', '[a-z]&&&a'],
}; // biome-ignore format: rows of a grammar

export const PATTERN_TOKENS: readonly string[] = [
  'a', 'b', '(', ')', '(?:', '(?=', '(?!', '(?<=', '(?<!', '(?<n>', '(?i:', '(?-', '|', '[', ']', '[^', '^', '$', '.', '*', '+', '?', '{', '}', '{2,3}', '\\', '\\b', '\\1', '\\2', '\\k<n>', '\\k', '\\p{L}', '\\u{', '\\u{61}', '\\x61', '\\c', '\\q{a|b}', '--', '&&', '-', '\\d', '\\W', ',', ':', '1', '/', '(a*)*', '(a|ab)(c|bcd)(d*)', '(?:a|a)*',
]; // biome-ignore format: a list of words
