;; about: multiplication of square matrices of f64
;; size: 32
;; expect: 1.3025138591223206
(module
  (memory 2)
  (func $at (param $base i32) (param $n i32) (param $row i32) (param $column i32) (result i32)
    (i32.add (local.get $base)
      (i32.shl (i32.add (i32.mul (local.get $row) (local.get $n)) (local.get $column)) (i32.const 3))))
  (func (export "run") (param $n i32) (result f64)
    (local $i i32) (local $j i32) (local $k i32) (local $sum f64) (local $trace f64) (local $left i32) (local $right i32)
    (loop $fill
      (f64.store (i32.shl (local.get $i) (i32.const 3))
        (f64.convert_i32_s (i32.rem_u (i32.mul (local.get $i) (i32.const 7)) (i32.const 11))))
      (f64.store offset=32768 (i32.shl (local.get $i) (i32.const 3))
        (f64.div (f64.const 1) (f64.convert_i32_s (i32.add (local.get $i) (i32.const 1)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $fill (i32.lt_u (local.get $i) (i32.mul (local.get $n) (local.get $n)))))
    (local.set $i (i32.const 0))
    (loop $rows
      (local.set $j (i32.const 0))
      (loop $columns
        (local.set $sum (f64.const 0))
        (local.set $k (i32.const 0))
        (local.set $left (call $at (i32.const 0) (local.get $n) (local.get $i) (i32.const 0)))
        (local.set $right (call $at (i32.const 32768) (local.get $n) (i32.const 0) (local.get $j)))
        (loop $inner
          (local.set $sum (f64.add (local.get $sum)
            (f64.mul (f64.load (local.get $left)) (f64.load (local.get $right)))))
          (local.set $left (i32.add (local.get $left) (i32.const 8)))
          (local.set $right (i32.add (local.get $right) (i32.shl (local.get $n) (i32.const 3))))
          (local.set $k (i32.add (local.get $k) (i32.const 1)))
          (br_if $inner (i32.lt_u (local.get $k) (local.get $n))))
        (local.set $trace (f64.add (f64.mul (local.get $trace) (f64.const 0.5)) (local.get $sum)))
        (local.set $j (i32.add (local.get $j) (i32.const 1)))
        (br_if $columns (i32.lt_u (local.get $j) (local.get $n))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $rows (i32.lt_u (local.get $i) (local.get $n))))
    (local.get $trace)))
