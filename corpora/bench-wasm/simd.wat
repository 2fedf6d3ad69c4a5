;; about: vectors: f32 multiplication and addition, i32 and i8 lanes, shuffles
;; size: 20
;; expect: -1176405023
(module
  (memory 1)
  (func (export "run") (param $n i32) (result i32)
    (local $i i32) (local $x v128) (local $sum v128) (local $hash v128)
    (local.set $hash (v128.const i32x4 1 2 3 4))
    (loop $rounds
      (local.set $i (i32.const 0))
      (loop $each
        (local.set $x (f32x4.convert_i32x4_s (i32x4.splat (i32.add (local.get $i) (local.get $n)))))
        (local.set $x (f32x4.add (f32x4.mul (local.get $x) (v128.const f32x4 0.5 0.25 0.125 2))
          (v128.load offset=16 (local.get $i))))
        (v128.store (local.get $i) (f32x4.mul (local.get $x) (v128.const f32x4 0.5 0.5 0.5 0.5)))
        (local.set $sum (i32x4.add (local.get $sum) (local.get $x)))
        (local.set $hash (v128.xor
          (i8x16.shuffle 3 0 1 2 7 4 5 6 11 8 9 10 15 12 13 14 (local.get $hash) (local.get $hash))
          (i8x16.add (local.get $sum) (i32x4.shr_u (local.get $hash) (i32.const 7)))))
        (local.set $i (i32.add (local.get $i) (i32.const 16)))
        (br_if $each (i32.lt_u (local.get $i) (i32.const 4096))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $rounds (local.get $n)))
    (i32.xor
      (i32.xor (i32x4.extract_lane 0 (local.get $hash)) (i32x4.extract_lane 1 (local.get $hash)))
      (i32.xor (i32x4.extract_lane 2 (local.get $hash)) (i32x4.extract_lane 3 (local.get $hash))))))
