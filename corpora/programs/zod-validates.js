// zod, loaded from its CommonJS files, checks data of many shapes, transforms it, and explains what is wrong with it.
const loaded = new Map();
const load = (path) => {
  if (!loaded.has(path)) {
    const module = { exports: {} };
    loaded.set(path, module);
    const require = (name) => {
      const parts = path.split('/').slice(0, -1);
      for (const part of name.split('/')) {
        if (part === '..') parts.pop();
        else if (part !== '.') parts.push(part);
      }
      return load(parts.join('/'));
    };
    new Function('module', 'exports', 'require', readText(path))(module, module.exports, require);
  }
  return loaded.get(path).exports;
};
const { z } = load('zod/index.cjs');
print(`${loaded.size} files, ${Object.keys(z).length} names`);

const shown = (value) =>
  JSON.stringify(value, (key, each) => {
    if (typeof each === 'bigint') return `${each}n`;
    if (each instanceof Map || each instanceof Set) return [...each];
    return each === undefined ? 'undefined' : each;
  });
const check = (name, schema, ...values) => {
  for (const value of values) {
    const result = schema.safeParse(value);
    if (result.success) print(`${name}: ${shown(result.data)}`);
    else for (const { code, path, message } of result.error.issues) print(`${name}: ${code} at ${shown(path)}: ${message}`);
  }
};

const Address = z.object({ street: z.string().min(1), zip: z.string().regex(/^\d{5}$/, 'five digits'), country: z.enum(['NL', 'DE', 'FR']) });
const User = z.object({
  id: z.uuid(),
  name: z.string().trim().min(2).max(20),
  email: z.email().optional(),
  age: z.number().int().nonnegative().lt(150).nullable(),
  tags: z.array(z.string().toLowerCase()).min(1).default(['none']),
  address: Address.partial({ street: true }),
  born: z.coerce.date().transform((date) => date.toISOString()),
});
const good = {
  id: '123e4567-e89b-12d3-a456-426614174000',
  name: '  Ada ',
  email: 'ada@example.com',
  age: 36,
  tags: ['Math', 'POETRY'],
  address: { zip: '12345', country: 'NL' },
  born: '1815-12-10T00:00:00Z',
};
check('user', User, good, { ...good, tags: undefined, age: null }, { ...good, id: 'x', name: 'A', email: 'no', age: 1.5, tags: [], address: { zip: '1', country: 'XX' }, born: 'never' }, null);
check('strict', Address.strict(), { street: 'a', zip: '00000', country: 'DE', more: 1 });
check('loose', z.looseObject({ a: z.number() }), { a: 1, b: 2 }, { b: 2 });

const Shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('circle'), radius: z.number().positive() }),
  z.object({ kind: z.literal('rectangle'), sides: z.tuple([z.number(), z.number()]).refine(([a, b]) => a <= b, { error: 'sides are sorted' }) }),
]);
check('shape', Shape, { kind: 'circle', radius: 2 }, { kind: 'circle', radius: -1 }, { kind: 'rectangle', sides: [2, 1] }, { kind: 'blob' }, { kind: 'rectangle', sides: [1] });

const Tree = z.object({ value: z.number(), get children() { return z.array(Tree).optional(); } });
check('tree', Tree, { value: 1, children: [{ value: 2, children: [{ value: 'three' }] }, { value: 4 }] }, { value: 1, children: [{ value: 2 }] });

check('union', z.union([z.string(), z.number(), z.bigint()]), 'a', 1, 2n, true);
check('intersection', z.intersection(z.object({ a: z.number() }), z.object({ b: z.string() })), { a: 1, b: 'x' }, { a: 1 });
check('record', z.record(z.string().regex(/^[a-z]+$/), z.number()), { a: 1, b: 2 }, { A: 1, b: 'x' });
check('map', z.map(z.string(), z.number()), new Map([['a', 1]]), new Map([['a', 'b']]));
check('set', z.set(z.number()).max(2), new Set([1, 2]), new Set([1, 2, 3]));
check('coerced', z.tuple([z.coerce.number(), z.coerce.boolean(), z.coerce.string(), z.coerce.bigint()]), ['12', '', 5, '99'], ['x', 1, null, 'y']);
check('pipe', z.string().transform((text) => text.length).pipe(z.number().multipleOf(2)), 'abcd', 'abc');
check('preprocess', z.preprocess((value) => (typeof value === 'string' ? value.split(',') : value), z.array(z.coerce.number())), '1,2,3', '1,x');
check('catch', z.number().catch(-1), 'no', 5);
check('custom', z.custom((value) => typeof value === 'string' && value.endsWith('px')), '5px', 5);
check('super', z.array(z.number()).superRefine((list, context) => {
  list.forEach((each, i) => {
    if (list.indexOf(each) !== i) context.addIssue({ code: 'custom', path: [i], message: `${each} again` });
  });
}), [1, 2, 1, 2], [1, 2]);
for (const [name, schema] of Object.entries({ url: z.url(), ipv4: z.ipv4(), ipv6: z.ipv6(), base64: z.base64(), date: z.iso.date(), time: z.iso.time(), datetime: z.iso.datetime(), jwt: z.jwt(), cidr: z.cidrv4(), emoji: z.emoji() }))
  check(name, schema, 'https://example.com/a?b#c', '127.0.0.1', '::1', 'aGVsbG8=', '2024-02-29', '2023-02-29', '12:34:56', '2024-01-01T00:00:00Z', '10.0.0.0/8', '😀');

const failed = User.safeParse({ name: 1, address: { zip: [] } });
print(z.prettifyError(failed.error));
print(shown(z.flattenError(failed.error)));
print(shown(z.treeifyError(failed.error)));
print(JSON.stringify(z.toJSONSchema(z.object({ user: User.omit({ born: true }), shape: Shape, tree: Tree })), null, 1));
try {
  Shape.parse({});
} catch (error) {
  print(`${error.name} ${error instanceof z.ZodError} ${error.message}`);
}
let total = 0;
for (let i = 0; i < 200; i++) total += User.parse({ ...good, age: i % 150, name: `name ${i}` }).name.length;
print(`${total} characters of names`);
User.parseAsync(good).then((user) => print(`later: ${user.name}`));
