// The flags of a RegExp as properties of its prototype, https://tc39.es/ecma262/#sec-get-regexp.prototype.flags and its siblings.
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { RegExpObject } from '../../runtime/objects/regexp.ts';
import { ToBoolean } from '../../runtime/operations/type-conversion.ts';
import { AccessorPair } from '../../runtime/property-descriptor.ts';
import type { Realm } from '../../runtime/realm.ts';
import { ENTRY_SLOT_SHIFT, NOT_FOUND } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import { getter, type Row } from '../define.ts';
import { thisObject, thisRegExp } from './brands.ts';

type Builtin = BuiltinFunction<undefined>;
type GetterCode = (callee: Builtin, thisValue: Value) => Value;

/** The flags in the order in which `flags` lists them. */
const FLAG_PROPERTIES: readonly (readonly [property: string, letter: string])[] = [
  ['hasIndices', 'd'],
  ['global', 'g'],
  ['ignoreCase', 'i'],
  ['multiline', 'm'],
  ['dotAll', 's'],
  ['unicode', 'u'],
  ['unicodeSets', 'v'],
  ['sticky', 'y'],
];

/** get RegExp.prototype.flags — https://tc39.es/ecma262/#sec-get-regexp.prototype.flags */
function get_RegExp_prototype_flags(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const R = thisObject(agent, thisValue, 'RegExp.prototype.flags getter');
  let codeUnits = '';
  for (const [property, letter] of FLAG_PROPERTIES) {
    if (ToBoolean(R.Get(agent, property, R))) codeUnits += letter;
  }
  return codeUnits;
}

/** get RegExp.prototype.hasIndices and its siblings: RegExpHasFlag ( R, codeUnit ) — https://tc39.es/ecma262/#sec-regexphasflag */
function flagGetter(property: string, letter: string): GetterCode {
  return (callee: Builtin, thisValue: Value): Value => {
    if (thisValue instanceof RegExpObject) return thisValue.originalFlags.includes(letter);
    if (thisValue === callee.realm.intrinsic('%RegExp.prototype%')) return undefined;
    return thisRegExp(callee.realm.agent, thisValue, `RegExp.prototype.${property} getter`);
  };
}

const getters: readonly (readonly [property: string, code: GetterCode])[] = [
  ...FLAG_PROPERTIES.map(
    ([property, letter]) => [property, flagGetter(property, letter)] as [string, GetterCode],
  ),
  ['flags', get_RegExp_prototype_flags],
];

export const regexpFlagRows: readonly Row[] = getters.map(([property, code]) => getter(property, code));

/** Whether a prototype has the getters above, of this realm: then `flags` of what inherits them says what it was made with. */
export function hasOriginalFlags(realm: Realm, prototype: JSObject): boolean {
  return getters.every(([property, code]) => {
    const entry = prototype.lookupOwn(property);
    if (entry === NOT_FOUND) return false;
    const slot = prototype.getSlot(entry >> ENTRY_SLOT_SHIFT);
    const get = slot instanceof AccessorPair ? slot.get : undefined;
    return get !== undefined && get.code === code && get.realm === realm;
  });
}

/** Flags in the order of the getter `flags`, from the order in which they were given. */
export function orderedFlags(flags: string): string {
  if (flags.length < 2) return flags;
  let ordered = '';
  for (const [, letter] of FLAG_PROPERTIES) if (flags.includes(letter)) ordered += letter;
  return ordered;
}

/** Whether flags ask for whole code points. */
export function isUnicode(flags: string): boolean {
  return flags.includes('u') || flags.includes('v');
}
