// Classes: fields, private names, accessors, static blocks, inheritance, super.
import type { Binding, Context, FunctionForm, Place } from './context.ts';
import { functionText, parameterList } from './functions.ts';
import { PROPERTY_NAMES } from './literals.ts';
import { expression, simple } from './terms.ts';

export interface ClassText {
  /** `extends … { … }`: what follows the name. */
  readonly text: string;
  readonly parameters: number;
  readonly cost: number;
  /** Methods of instances that can be called without arguments. */
  readonly methods: readonly string[];
}

/** The grammar's `classExpression`. */
export function makeClassExpression(c: Context): string {
  const name = c.choices.chance(40) ? `${c.fresh('C')} ` : '';
  return `class ${name}${classText(c).text}`;
}

/** Heritage and body of a class. */
export function classText(c: Context): ClassText {
  const { choices } = c;
  // Before costed(): calling the parent is what every construction does.
  const parent = choices.chance(45) ? c.callable(({ form }) => form === 'class') : null;
  const heritage =
    parent?.name ?? (choices.chance(8) ? choices.pick(['Array', 'Object', 'Map', 'Error', 'null']) : null);
  const privateNames = choices.list(0, 2, () => `#${c.fresh('s')}`);
  const methods: string[] = [...(parent?.methods ?? [])];
  const { result, cost } = c.costed(() =>
    c.within({ isStrict: true, privateNames: [...c.place.privateNames, ...privateNames] }, () => {
      const lines = privateNames.map((name) => privateElement(c, name));
      const built = heritage !== 'null' && choices.chance(50) ? constructor(c, heritage, parent) : null;
      if (built !== null) lines.push(built.text);
      else if (parent !== null) c.spend(parent.callable?.cost ?? 0);
      for (let count = choices.int(1, 4); count > 0; count--) lines.push(element(c, methods));
      return { lines, parameters: built?.parameters ?? parent?.callable?.parameters ?? 0 };
    }),
  );
  const text = `${heritage === null ? '' : `extends ${heritage} `}{\n${result.lines.join('\n')}\n}`;
  return { text, parameters: result.parameters, cost: cost + 1, methods: heritage === 'null' ? [] : methods };
}

/** Where the value of a field, or a static block, is written: like a method, but no function of its own can be left. */
const FIELD_PLACE: Partial<Place> = {
  canAwait: false,
  canYield: false,
  canReturn: false,
  hasSuper: true,
  hasArguments: false,
  hasNewTarget: true,
  labels: [],
  isInLoop: false,
  isInSwitch: false,
};

/** Static values are made when the class is, and their errors would end the program: they are mostly simple. */
function fieldValue(c: Context, isStatic: boolean): string {
  if (isStatic && c.choices.chance(80)) return simple(c, 'any');
  return c.within(FIELD_PLACE, () => expression(c, c.choices.pick(['number', 'string', 'any'])));
}

function privateElement(c: Context, name: string): string {
  const { choices } = c;
  switch (choices.int(0, 5)) {
    case 0:
      return `${name}() { log('${name}'); return ${c.costed(() => simple(c, 'number')).result}; }`;
    case 1:
      return `get ${name}() { log('get ${name}'); return 1; }\nset ${name}(v) { log('set ${name}', v); }`;
    case 2:
      return `static ${name} = ${fieldValue(c, true)};`;
    case 3:
      return `${c.fresh('m')}() { return typeof this.${name}; }\n${name} = ${fieldValue(c, false)};`;
    default:
      return `${name} = ${fieldValue(c, false)};`;
  }
}

function constructor(
  c: Context,
  heritage: string | null,
  parent: Binding | null,
): { readonly text: string; readonly parameters: number } {
  const { choices } = c;
  return c.scoped(() =>
    c.within({ ...FIELD_PLACE, canReturn: true, hasArguments: true, depth: c.place.depth + 1 }, () => {
      const parameters = parameterList(c, false);
      const lines: string[] = [];
      if (heritage !== null) {
        if (choices.chance(20)) lines.push(`log('before super');`);
        if (choices.chance(5)) lines.push(`${c.helper('attempt')}(() => this);`);
        c.spend(parent?.callable?.cost ?? 0);
        const args =
          parent === null
            ? ''
            : c.within({ hasSuper: false, privateNames: [] }, () => superArguments(c, parent));
        lines.push(choices.chance(90) ? `super(${args});` : `const self = () => super(${args}); self();`);
      }
      lines.push(...c.grammar.statements(c, choices.int(0, 2)));
      lines.push(`this.${choices.pick(PROPERTY_NAMES)} = ${expression(c, 'any')};`);
      if (choices.chance(6)) lines.push(`return ${choices.pick(['{ a: 1 }', 'undefined', 'this'])};`);
      return {
        text: `constructor(${parameters.text}) {\n${lines.join('\n')}\n}`,
        parameters: parameters.count,
      };
    }),
  );
}

function superArguments(c: Context, parent: Binding): string {
  const count = parent.callable?.parameters ?? 0;
  return Array.from({ length: count }, () => simple(c, 'any')).join(', ');
}

function element(c: Context, methods: string[]): string {
  const { choices } = c;
  const isStatic = choices.chance(20);
  const prefix = isStatic ? 'static ' : '';
  const name = choices.pick(PROPERTY_NAMES);
  switch (choices.int(0, 9)) {
    case 0:
      return `${prefix}get ${name}() { log('get ${name}'); return ${returned(c)}; }`;
    case 1:
      return `${prefix}set ${name}(v) { log('set ${name}', v); }`;
    case 2:
      return `${prefix}${name} = ${fieldValue(c, isStatic)};`;
    case 3:
      return `${prefix}[(log('name'), ${simple(c, 'string')})] = ${fieldValue(c, isStatic)};`;
    case 4:
      return staticBlock(c);
    case 5: {
      const form = choices.pick<FunctionForm>(['generator', 'async', 'asyncGenerator']);
      const mark = { generator: '*', async: 'async ', asyncGenerator: 'async *' }[form as 'generator'];
      return `${prefix}${mark}${c.fresh('m')}${method(c, form)}`;
    }
    case 6:
      if (choices.chance(30)) return `get [Symbol.toStringTag]() { log('tag'); return ${returned(c)}; }`;
      return `${prefix}[Symbol.${choices.pick(['toPrimitive', 'hasInstance'])}](v) { log('symbol', v); return ${returned(c)}; }`;
    default: {
      const own = c.fresh('m');
      const text = `${prefix}${own}${method(c, 'plain')}`;
      if (!isStatic) methods.push(own);
      return text;
    }
  }
}

function returned(c: Context): string {
  return c.within({ ...FIELD_PLACE, hasArguments: true }, () => expression(c, 'any'));
}

/** A method; what it costs counts for the class. */
function method(c: Context, form: FunctionForm): string {
  const { text, callable } = functionText(c, form, { hasSuper: true });
  c.spend(callable.cost);
  return text;
}

function staticBlock(c: Context): string {
  return c.scoped(() =>
    c.within({ ...FIELD_PLACE, depth: c.place.depth + 1 }, () => {
      const lines = c.grammar.statements(c, c.choices.int(1, 2));
      return `static {\ntry {\n${lines.join('\n')}\nlog('static', this.name);\n} catch (e) { log('static', ${c.helper('show')}(e)); }\n}`;
    }),
  );
}
