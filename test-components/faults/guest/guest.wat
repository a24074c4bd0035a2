;; Returns its arguments. Allocated memory is filled with 0xff, so a byte that a host forgets to write is noticed.
;;
;; Memory: results at 16, the heap of one call from 1024; post-return empties it.
(module
  (import "test:faults/clock@1.2.3" "now" (func $now (result i64)))
  (import "$root" "stamp" (func $stamp (param i32) (result i32)))
  (import "[export]test:faults/shapes@1.2.3" "[resource-new]circle" (func $new-circle (param i32) (result i32)))
  (import "[export]test:faults/shapes@1.2.3" "[resource-new]square" (func $new-square (param i32) (result i32)))

  (memory (export "memory") 1)
  (global $heap (mut i32) (i32.const 1024))
  (global $freed (mut i32) (i32.const 0))

  (func (export "echo-u32") (export "echo-char") (param i32) (result i32) (local.get 0))
  (func (export "echo-f32") (param f32) (result f32) (local.get 0))
  (func (export "echo-f64") (param f64) (result f64) (local.get 0))

  (func (export "echo-string") (export "echo-bytes") (export "echo-strings") (export "echo-marked")
    (export "echo-padded") (export "echo-maybe")
    (param $pointer i32) (param $length i32) (result i32)
    (i32.store (i32.const 16) (local.get $pointer))
    (i32.store (i32.const 20) (local.get $length))
    (i32.const 16))

  (func (export "cabi_post_echo-string") (export "cabi_post_echo-bytes") (export "cabi_post_echo-strings")
    (export "cabi_post_echo-marked") (export "cabi_post_echo-padded") (export "cabi_post_echo-maybe")
    (param i32)
    (global.set $freed (i32.add (global.get $freed) (i32.const 1)))
    (global.set $heap (i32.const 1024)))

  (func (export "freed") (result i32) (global.get $freed))
  (func (export "time") (result i64) (call $now))
  (func (export "stamped") (param i32) (result i32) (call $stamp (local.get 0)))
  (func (export "crash") unreachable)

  ;; The representation of a circle is its size; that of a square is its size plus a thousand.
  (func (export "test:faults/shapes@1.2.3#[constructor]circle") (param i32) (result i32)
    (call $new-circle (local.get 0)))
  (func (export "test:faults/shapes@1.2.3#[method]circle.size") (param i32) (result i32)
    (local.get 0))
  (func (export "test:faults/shapes@1.2.3#[constructor]square") (param i32) (result i32)
    (call $new-square (i32.add (local.get 0) (i32.const 1000))))
  (func (export "test:faults/shapes@1.2.3#[method]square.size") (param i32) (result i32)
    (i32.sub (local.get 0) (i32.const 1000)))

  (func (export "cabi_realloc")
    (param $old i32) (param $old-size i32) (param $align i32) (param $new-size i32) (result i32)
    (local $new i32)
    (local $missing i32)
    (local.set $new
      (i32.and
        (i32.add (global.get $heap) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
    (global.set $heap (i32.add (local.get $new) (local.get $new-size)))
    (local.set $missing
      (i32.sub
        (i32.shr_u (i32.add (global.get $heap) (i32.const 65535)) (i32.const 16))
        (memory.size)))
    (if (i32.gt_s (local.get $missing) (i32.const 0))
      (then
        (if (i32.eq (memory.grow (local.get $missing)) (i32.const -1))
          (then unreachable))))
    (memory.fill (local.get $new) (i32.const 0xff) (local.get $new-size))
    (memory.copy (local.get $new) (local.get $old)
      (select (local.get $old-size) (local.get $new-size)
        (i32.lt_u (local.get $old-size) (local.get $new-size))))
    (local.get $new)))
