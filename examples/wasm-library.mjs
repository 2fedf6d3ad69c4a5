// WebAssembly without a JavaScript engine: compile a text, give it a function of the host, call it, meet a trap, and run a
// function that never ends in slices. From a checkout: npm run build && node examples/wasm-library.mjs

import { Instance, Module, Store, Trap } from 'kataan/wasm';

const store = new Store({ fuel: 10_000_000, bytes: 1_000_000, depth: 1_000 });

const module = new Module(
  `(module
    (import "host" "log" (func $log (param i32 i64)))
    (memory (export "memory") 1)
    (func (export "factorial") (param $n i32) (result i64) (local $product i64)
      (local.set $product (i64.const 1))
      (loop $again
        (local.set $product (i64.mul (local.get $product) (i64.extend_i32_s (local.get $n))))
        (call $log (local.get $n) (local.get $product))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br_if $again (i32.gt_s (local.get $n) (i32.const 1))))
      (local.get $product))
    (func $divide (export "divide") (param i32 i32) (result i32)
      (i32.div_s (local.get 0) (local.get 1)))
    (func (export "forever") (loop (br 0))))`,
  { store },
);
console.log(module.imports[0].extern.type); // { params: [ 'i32', 'i64' ], results: [] }

const { exports } = new Instance(module, { host: { log: (n, product) => console.log(n, product) } });

console.log(exports.get('factorial').call(5)); // 120n
exports.get('memory').bytes.set([1, 2, 3]);

try {
  exports.get('divide').call(1, 0);
} catch (error) {
  if (!(error instanceof Trap)) throw error;
  console.log(error.code); // integer-divide-by-zero
  console.log(error.describe());
}

const run = exports.get('forever').start();
for (let slice = 1; slice <= 3; slice++) console.log(slice, run.step(1_000).kind); // paused
run.cancel();
