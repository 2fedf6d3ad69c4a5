// GetTemplateObject, https://tc39.es/ecma262/#sec-gettemplateobject .
import type { Agent } from '../agent.ts';
import { createArrayFrom } from '../objects/array.ts';
import type { JSObject } from '../objects/object.ts';
import { ATTRS_NONE, dataDescriptor } from '../property-descriptor.ts';
import type { Realm } from '../realm.ts';
import type { Value } from '../value.ts';
import { DefinePropertyOrThrow, SetIntegrityLevel } from './object-operations.ts';

/** The template object of a site in a realm; `site` is what stands for its Parse Node. */
export function GetTemplateObject(
  agent: Agent,
  realm: Realm,
  site: object,
  cooked: readonly Value[],
  raw: readonly Value[],
): JSObject {
  const templateRegistry = realm.templateMap;
  const known = templateRegistry.get(site);
  if (known !== undefined) return known;
  const template = createArrayFrom(agent, cooked.slice());
  const rawObj = createArrayFrom(agent, raw.slice());
  SetIntegrityLevel(agent, rawObj, 'frozen');
  DefinePropertyOrThrow(agent, template, 'raw', dataDescriptor(rawObj, ATTRS_NONE));
  SetIntegrityLevel(agent, template, 'frozen');
  templateRegistry.set(site, template);
  return template;
}
