import self, * as ns from './module.mjs';
import { twice as double } from './module.mjs';
export { counter as renamed, ns };
export * from './module.mjs';
export * as again from './module.mjs';
export let counter = 0;
export var later;
export const twice = (x) => { counter++; return 2 * x; };
export default class Named { static s = double(1); }
export function hoisted() { return counter; }
export class Exported { m() { return Exported; } }
let result = [hoisted(), double(3), typeof self, Object.keys(ns), import.meta.url, new Exported().m() === Exported, typeof this];
try { counter = result.length; twice = 1; } catch (e) { result.push(e.name); }
later = () => result;
