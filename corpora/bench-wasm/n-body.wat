;; about: five bodies under each other's gravity, f64 in memory; the kinetic energy at the end
;; size: 1000
;; expect: 0.0635459816161089
(module
  (memory 1)
  ;; A body is x y z vx vy vz mass, 56 bytes.
  (func (export "run") (param $n i32) (result f64)
    (local $i i32) (local $j i32) (local $dx f64) (local $dy f64) (local $dz f64) (local $d f64) (local $e f64)
    (loop $init
      (local.set $d (f64.convert_i32_s (i32.add (local.get $i) (i32.const 56))))
      (f64.store (local.get $i) (f64.div (local.get $d) (f64.const 40)))
      (f64.store offset=8 (local.get $i) (f64.sub (f64.const 3) (f64.div (local.get $d) (f64.const 70))))
      (f64.store offset=16 (local.get $i) (f64.div (f64.const 60) (local.get $d)))
      (f64.store offset=24 (local.get $i) (f64.div (f64.const 9) (local.get $d)))
      (f64.store offset=32 (local.get $i) (f64.div (local.get $d) (f64.const -900)))
      (f64.store offset=40 (local.get $i) (f64.const 0.01))
      (f64.store offset=48 (local.get $i) (f64.div (f64.const 30) (local.get $d)))
      (local.set $i (i32.add (local.get $i) (i32.const 56)))
      (br_if $init (i32.lt_u (local.get $i) (i32.const 280))))
    (loop $step
      (local.set $i (i32.const 0))
      (loop $each
        (local.set $j (i32.add (local.get $i) (i32.const 56)))
        (block $done
          (loop $other
            (br_if $done (i32.ge_u (local.get $j) (i32.const 280)))
            (local.set $dx (f64.sub (f64.load (local.get $i)) (f64.load (local.get $j))))
            (local.set $dy (f64.sub (f64.load offset=8 (local.get $i)) (f64.load offset=8 (local.get $j))))
            (local.set $dz (f64.sub (f64.load offset=16 (local.get $i)) (f64.load offset=16 (local.get $j))))
            (local.set $d (f64.add (f64.const 0.01) (f64.add (f64.add (f64.mul (local.get $dx) (local.get $dx))
              (f64.mul (local.get $dy) (local.get $dy))) (f64.mul (local.get $dz) (local.get $dz)))))
            (local.set $d (f64.div (f64.const 0.001) (f64.mul (local.get $d) (f64.sqrt (local.get $d)))))
            (local.set $e (f64.mul (local.get $d) (f64.load offset=48 (local.get $j))))
            (f64.store offset=24 (local.get $i) (f64.sub (f64.load offset=24 (local.get $i)) (f64.mul (local.get $dx) (local.get $e))))
            (f64.store offset=32 (local.get $i) (f64.sub (f64.load offset=32 (local.get $i)) (f64.mul (local.get $dy) (local.get $e))))
            (f64.store offset=40 (local.get $i) (f64.sub (f64.load offset=40 (local.get $i)) (f64.mul (local.get $dz) (local.get $e))))
            (local.set $e (f64.mul (local.get $d) (f64.load offset=48 (local.get $i))))
            (f64.store offset=24 (local.get $j) (f64.add (f64.load offset=24 (local.get $j)) (f64.mul (local.get $dx) (local.get $e))))
            (f64.store offset=32 (local.get $j) (f64.add (f64.load offset=32 (local.get $j)) (f64.mul (local.get $dy) (local.get $e))))
            (f64.store offset=40 (local.get $j) (f64.add (f64.load offset=40 (local.get $j)) (f64.mul (local.get $dz) (local.get $e))))
            (local.set $j (i32.add (local.get $j) (i32.const 56)))
            (br $other)))
        (f64.store (local.get $i) (f64.add (f64.load (local.get $i)) (f64.mul (f64.const 0.001) (f64.load offset=24 (local.get $i)))))
        (f64.store offset=8 (local.get $i) (f64.add (f64.load offset=8 (local.get $i)) (f64.mul (f64.const 0.001) (f64.load offset=32 (local.get $i)))))
        (f64.store offset=16 (local.get $i) (f64.add (f64.load offset=16 (local.get $i)) (f64.mul (f64.const 0.001) (f64.load offset=40 (local.get $i)))))
        (local.set $i (i32.add (local.get $i) (i32.const 56)))
        (br_if $each (i32.lt_u (local.get $i) (i32.const 280))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $step (local.get $n)))
    (local.set $e (f64.const 0))
    (local.set $i (i32.const 0))
    (loop $sum
      (local.set $e (f64.add (local.get $e) (f64.mul (f64.load offset=48 (local.get $i))
        (f64.add (f64.mul (f64.load offset=24 (local.get $i)) (f64.load offset=24 (local.get $i)))
          (f64.mul (f64.load offset=32 (local.get $i)) (f64.load offset=32 (local.get $i)))))))
      (local.set $i (i32.add (local.get $i) (i32.const 56)))
      (br_if $sum (i32.lt_u (local.get $i) (i32.const 280))))
    (local.get $e)))
