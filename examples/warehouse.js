// A day in a warehouse: orders come in, stock runs low, suppliers deliver. Shows classes with private fields, generators,
// destructuring, Map and Set, tagged templates, regular expressions with named groups, JSON, and async code on timers.
//
//   kataan examples/warehouse.js [number of orders]

const CATALOG = JSON.parse(`[
  { "sku": "BOLT-8",  "name": "Hex bolt M8",  "cents": 35,   "stock": 120, "reorderAt": 40 },
  { "sku": "GEAR-24", "name": "Spur gear 24", "cents": 1290, "stock": 14,  "reorderAt": 5 },
  { "sku": "BELT-3",  "name": "Drive belt 3", "cents": 845,  "stock": 9,   "reorderAt": 6 }
]`);

/** Money as text: money`${cents} in total`. */
const money = (strings, ...amounts) =>
  String.raw({ raw: strings }, ...amounts.map((cents) => `$${(cents / 100).toFixed(2)}`));

class OutOfStockError extends Error {
  constructor(item, wanted) {
    super(`${wanted} of ${item.sku} wanted, ${item.stock} there`);
    this.missing = wanted - item.stock;
  }
}

class Warehouse {
  #items = new Map();
  #listeners = new Map();
  revenue = 0;

  constructor(catalog) {
    for (const { sku, ...rest } of catalog) this.#items.set(sku, { sku, ...rest });
  }

  on(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  #emit(event, ...details) {
    for (const listener of this.#listeners.get(event) ?? []) listener(...details);
  }

  ship({ sku, quantity }) {
    const item = this.#items.get(sku);
    if (item === undefined) throw new RangeError(`no item ${sku}`);
    if (item.stock < quantity) throw new OutOfStockError(item, quantity);
    item.stock -= quantity;
    this.revenue += item.cents * quantity;
    if (item.stock <= item.reorderAt) this.#emit('low', item);
  }

  deliver(sku, quantity) {
    this.#items.get(sku).stock += quantity;
    this.#emit('delivered', sku, quantity);
  }

  get value() {
    return [...this.#items.values()].reduce((sum, { cents, stock }) => sum + cents * stock, 0);
  }

  *[Symbol.iterator]() {
    for (const { sku, name, stock } of this.#items.values()) yield { sku, name, stock };
  }
}

/** Orders as lines of text, the same ones in each run. */
function* orderLines(count, seed = 7) {
  const skus = CATALOG.map(({ sku }) => sku);
  for (let i = 1; i <= count; i++) {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    yield `#${String(i).padStart(3, '0')} ${skus[seed % 3]} x${1 + ((seed >> 8) % 9)}`;
  }
}

const ORDER = /^#(?<id>\d+) (?<sku>[A-Z]+-\d+) x(?<quantity>[1-9]\d*)$/;

function parseOrder(line) {
  const { id, sku, quantity } = ORDER.exec(line)?.groups ?? {};
  if (id === undefined) throw new SyntaxError(`not an order: ${line}`);
  return { id: Number(id), sku, quantity: Number(quantity) };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function run(orderCount) {
  const ordered = new Set();
  const warehouse = new Warehouse(CATALOG);
  warehouse
    .on('low', ({ sku, stock }) => {
      if (ordered.has(sku)) return;
      ordered.add(sku);
      console.log(`  ${sku} is down to ${stock}: 50 ordered from the supplier`);
      pause(3).then(() => warehouse.deliver(sku, 50));
    })
    .on('delivered', (sku, quantity) => {
      ordered.delete(sku);
      console.log(`  ${quantity} of ${sku} arrived`);
    });

  const waiting = [...orderLines(orderCount)];
  let delays = 0;
  while (waiting.length > 0) {
    const line = waiting.shift();
    const order = parseOrder(line);
    try {
      warehouse.ship(order);
    } catch (error) {
      if (!(error instanceof OutOfStockError)) throw error;
      delays++;
      console.log(`  order ${order.id} has to wait: ${error.message}`);
      waiting.push(line);
      await pause(5);
    }
  }
  await pause(5);

  console.log(money`sold for ${warehouse.revenue}, stock is worth ${warehouse.value}`);
  console.log(`${orderCount} orders, ${delays} of them delayed`);
  console.table([...warehouse]);
}

run(Number(scriptArgs[0] ?? 40)).catch((error) => console.error('the simulation failed:', error));
