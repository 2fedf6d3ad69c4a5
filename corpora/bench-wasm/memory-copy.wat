;; about: copying words by a loop and blocks by memory.copy, filling, and summing
;; size: 40
;; expect: -254128128
(module
  (memory 4)
  (func (export "run") (param $n i32) (result i32) (local $i i32) (local $sum i32)
    (loop $again
      (memory.fill (i32.const 0) (local.get $n) (i32.const 4096))
      (memory.copy (i32.const 65536) (i32.const 0) (i32.const 65536))
      (local.set $i (i32.const 0))
      (loop $words
        (i32.store offset=131072 (local.get $i)
          (i32.add (i32.load offset=65536 (local.get $i)) (local.get $i)))
        (local.set $sum (i32.add (local.get $sum) (i32.load offset=131072 (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 4)))
        (br_if $words (i32.lt_u (local.get $i) (i32.const 8192))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (local.get $sum)))
