;; about: the Mandelbrot set in f32, at most 100 iterations for a point
;; size: 40
;; expect: 1652168541
(module
  (func (export "run") (param $n i32) (result i32)
    (local $px i32) (local $py i32) (local $k i32) (local $total i32)
    (local $cx f32) (local $cy f32) (local $x f32) (local $y f32) (local $t f32)
    (loop $rows
      (local.set $px (i32.const 0))
      (loop $columns
        (local.set $cx (f32.sub (f32.div (f32.mul (f32.convert_i32_s (local.get $px)) (f32.const 3))
          (f32.convert_i32_s (local.get $n))) (f32.const 2)))
        (local.set $cy (f32.sub (f32.div (f32.mul (f32.convert_i32_s (local.get $py)) (f32.const 2.5))
          (f32.convert_i32_s (local.get $n))) (f32.const 1.25)))
        (local.set $x (f32.const 0))
        (local.set $y (f32.const 0))
        (local.set $k (i32.const 0))
        (block $escaped
          (loop $iterate
            (br_if $escaped (f32.gt (f32.add (f32.mul (local.get $x) (local.get $x))
              (f32.mul (local.get $y) (local.get $y))) (f32.const 4)))
            (local.set $t (f32.add (f32.sub (f32.mul (local.get $x) (local.get $x))
              (f32.mul (local.get $y) (local.get $y))) (local.get $cx)))
            (local.set $y (f32.add (f32.mul (f32.mul (f32.const 2) (local.get $x)) (local.get $y)) (local.get $cy)))
            (local.set $x (local.get $t))
            (local.set $k (i32.add (local.get $k) (i32.const 1)))
            (br_if $iterate (i32.lt_u (local.get $k) (i32.const 100)))))
        (local.set $total (i32.add (i32.mul (local.get $total) (i32.const 3)) (local.get $k)))
        (local.set $px (i32.add (local.get $px) (i32.const 1)))
        (br_if $columns (i32.lt_u (local.get $px) (local.get $n))))
      (local.set $py (i32.add (local.get $py) (i32.const 1)))
      (br_if $rows (i32.lt_u (local.get $py) (local.get $n))))
    (local.get $total)))
