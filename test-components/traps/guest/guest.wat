;; Each export traps in a different way.
(module
  (import "test:traps/host" "call" (func $call))
  (import "test:traps/host" "text" (func $text (param i32 i32)))

  (memory (export "memory") 1)
  (data (i32.const 0) "\00\00\01\00\04\00\00\00")    ;; four bytes at the end of the memory
  (data (i32.const 8) "\20\00\00\00\03\00\00\00")    ;; the three bytes at 32
  (data (i32.const 16) "\28\00\00\00\04\00\00\00")   ;; the four bytes at 40
  (data (i32.const 32) "a\ffb")
  (data (i32.const 40) "text")

  (func (export "crash") unreachable)
  (func (export "out-of-bounds") (result i32) (i32.load (i32.const 65536)))
  (func (export "divide") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func $recurse (export "recurse") (call $recurse) (call $recurse))
  (func (export "far-text") (result i32) (i32.const 0))
  (func (export "broken-text") (result i32) (i32.const 8))
  (func (export "no-color") (result i32) (i32.const 3))
  (func (export "broken-argument") (call $text (i32.const 32) (i32.const 3)))
  (func (export "call") (call $call))
  (func (export "misallocate") (param i32 i32))
  (func (export "leave-late") (result i32) (i32.const 16))
  (func (export "cabi_post_leave-late") (param i32) (call $call))
  (func (export "fine") (result i32) (i32.const 42))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 65536)))
