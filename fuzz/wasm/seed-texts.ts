// Small modules that the coverage-guided fuzzer begins with: something of each section and proposal.

export const SEED_TEXTS: readonly string[] = [
  '(module)',
  '(module $m (func $f (export "f") (param $x i32) (result i32) (local i64) (i32.add (local.get $x) (i32.const -1))))',
  '(module (import "a" "b" (func (param f32))) (import "a" "c" (memory 1 2)) (import "a" "d" (global (mut i64))))',
  '(module (memory 1 2) (data (i32.const 8) "a\\00\\ff") (data "p") (func (memory.init 1 (i32.const 0) (i32.const 0) (i32.const 1)) (drop (memory.grow (i32.const 1)))))',
  '(module (table $t 3 funcref) (elem (i32.const 0) $f) (elem declare func $f) (func $f (call_indirect (type 0) (i32.const 0)) (table.set $t (i32.const 1) (ref.func $f))))',
  '(module (func (export "f") (param i32) (result i32) (block $a (result i32) (loop $b (br_if $b (local.get 0)) (br_table $a $a (i32.const 1) (local.get 0))) (unreachable))))',
  '(module (func (export "f") (result f64 i64) (if (result f64) (i32.const 1) (then (f64.const 0x1.8p3)) (else (f64.const nan:0x123))) (i64.trunc_sat_f64_s (f64.const 1e30))))',
  '(module (func (param v128) (result v128) (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (local.get 0) (v128.const i32x4 1 2 3 4))))',
  '(module (memory 1 1 shared) (func (export "f") (result i64) (atomic.fence) (i64.atomic.rmw16.cmpxchg_u offset=8 (i32.const 0) (i64.const 0) (i64.const 5))))',
  '(module (tag $e (param i32)) (func (export "f") (result i32) (block $h (result i32) (try_table (catch $e $h) (throw $e (i32.const 7))) (block (try_table (catch_all 0) (throw $e (i32.const 8)))) (i32.const 1))))',
  '(module (tag $e) (func (export "f") (try $l (do (throw $e)) (catch $e (nop)) (catch_all (rethrow $l))) (try (do) (delegate 0))))',
  '(module (type $t (func (result i32))) (func $f (type $t) (i32.const 3)) (elem declare func $f) (func (export "g") (result i32) (return_call_ref $t (ref.func $f))))',
  '(module (rec (type $a (sub (struct (field $x (mut i8)) (field (ref null $b))))) (type $b (array (mut i64)))) (type $c (sub $a (struct (field (mut i8)) (field (ref null $b)) (field f32)))) (func (export "f") (result i32) (struct.get_u $a $x (struct.new $c (i32.const 300) (array.new $b (i64.const 1) (i32.const 3)) (f32.const 1)))))',
  '(module (func (export "f") (param anyref) (result i32) (block $l (result (ref i31)) (drop (br_on_cast $l anyref (ref i31) (local.get 0))) (ref.i31 (i32.const 1))) (i31.get_s)))',
  '(module (memory $a i64 1) (memory $b 1) (table i64 1 externref) (func (drop (i32.load8_u $a offset=1 align=1 (i64.const 1))) (memory.copy $b $a (i32.const 0) (i64.const 0) (i32.const 1))))',
  '(module (global $a i32 (i32.mul (i32.const 3) (i32.const 5))) (global (mut i32) (global.get $a)) (export "g" (global 1)) (start 0) (func (global.set 1 (i32.const 1))))',
  '(module (func (@metadata.code.branch_hint "\\01") (if (i32.const 0) (then))) (@custom "c" (after func) "x"))',
];
