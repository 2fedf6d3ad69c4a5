;; Bulk work that costs more fuel than a slice has trapped with 'out of fuel', however much the store had.
;; Replay: npm run differential -- corpora/regressions/bulk-work-in-slices.wast

(module
  (memory 1)
  (table $t 100 1000 funcref)
  (type $bytes (array (mut i8)))
  (func (export "fill") (memory.fill (i32.const 0) (i32.const 7) (i32.const 65536)))
  (func (export "copy") (memory.copy (i32.const 1) (i32.const 0) (i32.const 65535)))
  (func (export "grow") (result i32) (table.grow $t (ref.null func) (i32.const 900)))
  (func (export "array") (result i32) (array.len (array.new_default $bytes (i32.const 100000)))))
(assert_return (invoke "fill"))
(assert_return (invoke "copy"))
(assert_return (invoke "grow") (i32.const 100))
(assert_return (invoke "array") (i32.const 100000))
