;; about: an interpreter of eight opcodes in memory, dispatched by br_table
;; size: 15000
;; expect: -462086134
(module
  (memory 1)
  (data (i32.const 0) "\00\03\01\04\02\05\00\06\03\01\02\07")
  (func (export "run") (param $n i32) (result i32) (local $pc i32) (local $acc i32) (local $aux i32)
    (local.set $acc (i32.const 7))
    (loop $next
      (block $end (block $rotate (block $swap (block $or (block $xor (block $sub (block $mul (block $add (block $inc
        (br_table $inc $add $mul $sub $xor $or $swap $end
          (i32.load8_u (local.get $pc))))
        (local.set $acc (i32.add (local.get $acc) (i32.const 1))) (br $rotate))
        (local.set $acc (i32.add (local.get $acc) (local.get $aux))) (br $rotate))
        (local.set $acc (i32.mul (local.get $acc) (i32.const 31))) (br $rotate))
        (local.set $aux (i32.sub (local.get $acc) (local.get $aux))) (br $rotate))
        (local.set $aux (i32.xor (local.get $acc) (i32.const 0x55))) (br $rotate))
        (local.set $acc (i32.or (local.get $acc) (i32.const 1))) (br $rotate))
        (local.set $acc (i32.rotl (local.get $acc) (local.get $aux))))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
      (local.set $pc (i32.const 0))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $next (local.get $n)))
    (local.get $acc)))
