;; about: 64-bit mixing: multiplication, shifts, rotation, division
;; size: 60000
;; expect: 8089292115498831247
(module
  (func (export "run") (param $n i32) (result i64) (local $x i64)
    (local.set $x (i64.const 0x9e3779b97f4a7c15))
    (loop $again
      (local.set $x (i64.xor (local.get $x) (i64.shr_u (local.get $x) (i64.const 30))))
      (local.set $x (i64.mul (local.get $x) (i64.const 0xbf58476d1ce4e5b9)))
      (local.set $x (i64.xor (local.get $x) (i64.shr_u (local.get $x) (i64.extend_i32_u (i32.and (local.get $n) (i32.const 31))))))
      (local.set $x (i64.rotl (i64.add (local.get $x) (i64.extend_i32_u (local.get $n))) (i64.const 17)))
      (local.set $x (i64.add (local.get $x) (i64.rem_u (local.get $x) (i64.const 1000003))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (local.get $x)))
