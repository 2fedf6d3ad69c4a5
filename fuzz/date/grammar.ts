// Texts of dates: the specified format, what toString and toUTCString write, and the loose notation.
import type { Grammar } from '../grammar.ts';

export const DATE: Grammar = {
  Text: ['«ISO»', '«ISO»', '«ISO»', '«Written»', '«Written»', '«Loose»', '«Loose»', ' «ISO»', '«ISO»«Zone»'],
  ISO: ['«Y»', '«Y»-«MM»', '«Y»-«MM»-«DD»', '«Y»-«MM»-«DD»T«Time»', '«Y»-«MM»-«DD»T«Time»', '«Y»-«MM»-«DD»T«Time»«Zone»', '«Y»-«MM»-«DD»T«Time»«Zone»', '«Y»T«Time»Z', '«Y»-«MM»T«Time»', '«Y»-«MM»-«DD»t«Time»z', '«Y»-«MM»-«DD» «Time»'],
  Y: ['2020', '2019', '1970', '1969', '2000', '0000', '0001', '0099', '9999', '1883', '1900', '2100', '+002020', '-000001', '+275760', '-271821', '+275761', '-000000', '+000000', '+010000', '99', '20200', '-1', '12345'],
  MM: ['01', '02', '03', '04', '06', '09', '10', '11', '12', '00', '13', '1', '99'],
  DD: ['01', '02', '08', '12', '13', '20', '28', '29', '30', '31', '00', '32', '1'],
  Time: ['00:00', '12:34', '23:59:59', '23:59:59.999', '02:30', '01:30:00', '24:00', '24:00:00.000', '24:00:01', '12:00:00.1', '12:00:00.12', '12:00:00.1234', '12:00:00.9999999999', '12:60', '12:00:60', '25:00', '1:00', '12', '12:00:00,5', '12:00:00.', '00:00:00.000'],
  Zone: ['Z', '+00:00', '-00:00', '+01:30', '-08:00', '+14:00', '+23:59', '+24:00', '+0530', '+05', ' GMT', ' UTC', ' EST', 'z', ' +0100', ' GMT+1', ' GMT-0330', ' (PST)', ' GMT+0100 (Central European Standard Time)', ' Z'],
  Written: ['«Day» «Mon» «DD» «Y» «Time» GMT+0000', '«Day» «Mon» «DD» «Y» «HMS» GMT-0400 (EDT)', '«Day» «Mon» «DD» «Y»', '«Day», «DD» «Mon» «Y» «HMS» GMT', '«Day» «Mon» «DD» «Y» «HMS» GMT+0530 (x) (y)', '«Day», «DD» «Mon» «Y»'],
  HMS: ['00:00:00', '12:34:56', '23:59:59', '24:00:00', '02:30:00', '7:08:09'],
  Day: ['Thu', 'Mon', 'Sun', 'Xyz', 'thu', 'Thursday'],
  Mon: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', 'jan', 'January', 'Foo', 'Sept', 'JUNE'],
  Loose: ['«N»/«N»/«N»', '«N»-«N»-«N»', '«Mon» «N», «N»', '«N» «Mon» «N»', '«Mon» «N» «N» «Time»', '«N»/«N»/«N» «Time» «AP»', '«N»/«N»/«N» «Time»«Zone»', '«Loose» («Loose»)', '«Day», «Loose»', '«Loose»«Zone»', '«N» «Mon»', '«Mon» «N»', '«N»', '«Mon»-«N»-«N»', '«N».«N».«N»', '«Loose» «Time»', '«Time» «Loose»', '«Mon»'],
  N: ['1', '2', '12', '13', '29', '31', '32', '0', '00', '49', '50', '99', '100', '1970', '2020', '12345', '275760', '999999', '20200101', '1e3', '-1'],
  AP: ['AM', 'PM', 'am', 'pm', 'A', 'P.M.'],
}; // biome-ignore format: rows of a grammar

export const DATE_TOKENS: readonly string[] = [
  'T', 'Z', '-', '+', ':', '.', '/', ',', ' ', '(', ')', '00', '01', '12', '24', '31', '60', '99', '2020', '000', '1', '9', 'Jan', 'GMT', 'UTC', 'PM', 'AM', 'EST', 'Thu', 'x', '  ', '275760', '8640000000000001', '999999999999999999999', '4294967296',
]; // biome-ignore format: a list of words

/** Numbers as arguments of the constructor and the setters, as source text. */
export const FIELD_VALUES: readonly string[] = [
  '0', '1', '2', '11', '12', '13', '23', '24', '31', '59', '60', '99', '100', '1900', '1969', '1970', '2000', '2020', '2024', '-1', '-0', '-12', '1.9', '-1.9', '0.5', 'NaN', 'Infinity', '-Infinity', '1e3', '1e8', '1e9', '-1e9', '1e15', '8.64e15', '8640000000000001', '-8.64e15', '1e21', '1e300', '5e-324', '2147483648', '4294967296', '275760', '-271821', '275761', 'undefined', 'null', '"5"', '"x"', 'true', '2 ** 53', '100000001', '366', '1e5',
]; // biome-ignore format: a list of numbers
