;; A guest that does as little as the Canonical ABI permits, so that a benchmark measures the host.
;;
;; Memory: the area for returned values at 16, results of imports at 64, and from 96 a heap that only grows. Its
;; contents belong to one call, so the end of the call (post-return, if there is one) empties it.
(module
  (import "bench:guest/host" "add" (func $add (param i32 i32) (result i32)))
  (import "bench:guest/host" "echo" (func $echo (param i32 i32 i32)))

  (memory (export "memory") 1)
  (global $heap (mut i32) (i32.const 96))

  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))

  ;; A string or list is its address and its length, which are the parameters.
  (func $echo-list (export "echo-string") (export "echo-bytes") (export "echo-numbers")
    (export "echo-points") (export "echo-strings") (export "echo-values") (export "echo-many-settings")
    (export "echo-trees")
    (param $pointer i32) (param $length i32) (result i32)
    (i32.store (i32.const 16) (local.get $pointer))
    (i32.store (i32.const 20) (local.get $length))
    (i32.const 16))

  ;; record person: id at 0, then three strings of 8 bytes each.
  (func (export "echo-person")
    (param $id i64)
    (param $name i32) (param $name-length i32)
    (param $email i32) (param $email-length i32)
    (param $city i32) (param $city-length i32)
    (result i32)
    (i64.store (i32.const 16) (local.get $id))
    (i32.store (i32.const 24) (local.get $name))
    (i32.store (i32.const 28) (local.get $name-length))
    (i32.store (i32.const 32) (local.get $email))
    (i32.store (i32.const 36) (local.get $email-length))
    (i32.store (i32.const 40) (local.get $city))
    (i32.store (i32.const 44) (local.get $city-length))
    (i32.const 16))

  ;; The parameters are too many for flat values, so they are in memory, which also serves as the result.
  (func (export "echo-settings") (param $settings i32) (result i32)
    (local.get $settings))

  ;; result<string, string>: discriminant at 0, pointer at 4, length at 8.
  (func (export "process")
    (param $input i32) (param $input-length i32) (param $id i64) (param $tags i32) (param $tag-count i32)
    (result i32)
    (i32.store8 (i32.const 16) (i32.eqz (local.get $tag-count)))
    (i32.store (i32.const 20) (local.get $input))
    (i32.store (i32.const 24) (local.get $input-length))
    (i32.const 16))

  (func (export "call-add") (param $times i32) (result i32)
    (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $times)))
        (local.set $sum (call $add (local.get $sum) (i32.const 1)))
        (local.set $times (i32.sub (local.get $times) (i32.const 1)))
        (br $next)))
    (local.get $sum))

  (func (export "call-echo") (param $times i32) (param $text i32) (param $length i32) (result i32)
    (local $bytes i32)
    (local $mark i32)
    (local.set $mark (global.get $heap))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $times)))
        (call $echo (local.get $text) (local.get $length) (i32.const 64))
        (local.set $bytes (i32.add (local.get $bytes) (i32.load (i32.const 68))))
        (global.set $heap (local.get $mark))
        (local.set $times (i32.sub (local.get $times) (i32.const 1)))
        (br $next)))
    (global.set $heap (i32.const 96))
    (local.get $bytes))

  (func (export "cabi_post_echo-string") (export "cabi_post_echo-bytes") (export "cabi_post_echo-numbers")
    (export "cabi_post_echo-points") (export "cabi_post_echo-strings") (export "cabi_post_echo-values")
    (export "cabi_post_echo-settings") (export "cabi_post_echo-many-settings") (export "cabi_post_echo-trees")
    (export "cabi_post_echo-person") (export "cabi_post_process")
    (param i32)
    (global.set $heap (i32.const 96)))

  (func (export "cabi_realloc")
    (param $old i32) (param $old-size i32) (param $align i32) (param $new-size i32) (result i32)
    (local $new i32)
    (local $missing i32)
    (local.set $new
      (i32.and
        (i32.add (global.get $heap) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
    ;; The last block keeps its address when its size changes.
    (if (i32.and
          (i32.ne (local.get $old-size) (i32.const 0))
          (i32.eq (i32.add (local.get $old) (local.get $old-size)) (global.get $heap)))
      (then (local.set $new (local.get $old))))
    (global.set $heap (i32.add (local.get $new) (local.get $new-size)))
    (local.set $missing
      (i32.sub
        (i32.shr_u (i32.add (global.get $heap) (i32.const 65535)) (i32.const 16))
        (memory.size)))
    (if (i32.gt_s (local.get $missing) (i32.const 0))
      (then
        (if (i32.eq (memory.grow (local.get $missing)) (i32.const -1))
          (then unreachable))))
    (if (i32.and
          (i32.ne (local.get $old-size) (i32.const 0))
          (i32.ne (local.get $new) (local.get $old)))
      (then
        (memory.copy (local.get $new) (local.get $old)
          (select (local.get $old-size) (local.get $new-size)
            (i32.lt_u (local.get $old-size) (local.get $new-size))))))
    (local.get $new)))
