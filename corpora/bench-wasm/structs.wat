;; about: a binary tree of structures and an array of references, from garbage collection
;; size: 4
;; expect: 1682261696
(module
  (rec (type $node (struct (field $key i32) (field $weight (mut i64)) (field $left (mut (ref null $node))) (field $right (mut (ref null $node))))))
  (type $nodes (array (mut (ref null $node))))
  (type $bytes (array (mut i8)))
  (func $insert (param $root (ref null $node)) (param $key i32) (result (ref $node)) (local $at (ref null $node)) (local $new (ref $node))
    (local.set $new (struct.new $node (local.get $key) (i64.const 1) (ref.null $node) (ref.null $node)))
    (if (ref.is_null (local.get $root)) (then (return (local.get $new))))
    (local.set $at (local.get $root))
    (loop $down
      (if (i32.lt_s (local.get $key) (struct.get $node $key (local.get $at)))
        (then
          (if (ref.is_null (struct.get $node $left (local.get $at)))
            (then (struct.set $node $left (local.get $at) (local.get $new)))
            (else (local.set $at (struct.get $node $left (local.get $at))) (br $down))))
        (else
          (if (ref.is_null (struct.get $node $right (local.get $at)))
            (then (struct.set $node $right (local.get $at) (local.get $new)))
            (else
              (struct.set $node $weight (local.get $at) (i64.add (struct.get $node $weight (local.get $at)) (i64.const 1)))
              (local.set $at (struct.get $node $right (local.get $at)))
              (br $down))))))
    (ref.as_non_null (local.get $root)))
  (func (export "run") (param $n i32) (result i32)
    (local $i i32) (local $x i32) (local $sum i32) (local $root (ref null $node)) (local $all (ref $nodes)) (local $bytes (ref $bytes))
    (local.set $all (array.new_default $nodes (i32.const 256)))
    (local.set $bytes (array.new $bytes (i32.const 7) (i32.const 256)))
    (local.set $x (i32.const 12345))
    (loop $rounds
      (local.set $root (ref.null $node))
      (local.set $i (i32.const 0))
      (loop $fill
        (local.set $x (i32.add (i32.mul (local.get $x) (i32.const 1103515245)) (i32.const 12345)))
        (local.set $root (call $insert (local.get $root) (i32.shr_u (local.get $x) (i32.const 8))))
        (array.set $nodes (local.get $all) (local.get $i) (local.get $root))
        (array.set $bytes (local.get $bytes) (local.get $i)
          (i32.add (array.get_u $bytes (local.get $bytes) (local.get $i)) (local.get $x)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $fill (i32.lt_u (local.get $i) (i32.const 256))))
      (local.set $i (i32.const 0))
      (loop $read
        (local.set $sum (i32.add (i32.rotl (local.get $sum) (i32.const 3))
          (i32.add (array.get_u $bytes (local.get $bytes) (local.get $i))
            (i32.wrap_i64 (struct.get $node $weight (array.get $nodes (local.get $all) (local.get $i)))))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $read (i32.lt_u (local.get $i) (i32.const 256))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $rounds (local.get $n)))
    (local.get $sum)))
