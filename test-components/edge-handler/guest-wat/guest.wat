;; The edge handler in WebAssembly text, written by hand as a compiler would write it.
;;
;; Memory: constants below 64, the pointer and length of the answer at 64, the result of `process-data` at 72, and from
;; 96 a heap that only grows. Everything in it belongs to one request, so freeing the answer empties the heap.
(module
  ;; func(input: string, meta: metadata) -> result<string, string>, flat: input, id, tags, and where to store the
  ;; result.
  (import "example:service/processor" "process-data"
    (func $process-data (param $input i32) (param $input-length i32) (param $id i64)
                        (param $tags i32) (param $tag-count i32) (param $result i32)))

  (memory (export "memory") 1)
  (data (i32.const 0) "ok: ")
  (data (i32.const 16) "err: ")

  (global $heap-start i32 (i32.const 96))
  (global $heap (mut i32) (i32.const 96))

  (func (export "handle-request") (param $request i32) (param $length i32) (result i32)
    (local $tags i32)
    (local $tag-count i32)

    (local.set $tags (call $align (global.get $heap) (i32.const 4)))
    (local.set $tag-count (call $split (local.get $request) (local.get $length) (local.get $tags)))
    (call $process-data
      (local.get $request) (local.get $length)
      (call $count-characters (local.get $request) (local.get $length))
      (local.get $tags) (local.get $tag-count)
      (i32.const 72))
    ;; result<string, string>: discriminant at 72, pointer at 76, length at 80.
    (if (i32.load8_u (i32.const 72))
      (then (call $answer (i32.const 16) (i32.const 5)))
      (else (call $answer (i32.const 0) (i32.const 4))))
    (i32.const 64))

  ;; Stores the label and the text of the result one after the other, and their address and length at 64.
  (func $answer (param $label i32) (param $label-length i32)
    (local $text i32)
    (local $text-length i32)
    (local $answer i32)
    (local.set $text (i32.load (i32.const 76)))
    (local.set $text-length (i32.load (i32.const 80)))
    (local.set $answer
      (call $allocate (i32.const 1) (i32.add (local.get $label-length) (local.get $text-length))))
    (memory.copy (local.get $answer) (local.get $label) (local.get $label-length))
    (memory.copy
      (i32.add (local.get $answer) (local.get $label-length))
      (local.get $text) (local.get $text-length))
    (i32.store (i32.const 64) (local.get $answer))
    (i32.store (i32.const 68) (i32.add (local.get $label-length) (local.get $text-length))))

  ;; Counts the bytes that begin a character in UTF-8: all bytes except 10xxxxxx.
  (func $count-characters (param $text i32) (param $length i32) (result i64)
    (local $end i32)
    (local $count i64)
    (local.set $end (i32.add (local.get $text) (local.get $length)))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $text) (local.get $end)))
        (local.set $count
          (i64.add (local.get $count)
            (i64.extend_i32_u
              (i32.ne (i32.and (i32.load8_u (local.get $text)) (i32.const 0xc0)) (i32.const 0x80)))))
        (local.set $text (i32.add (local.get $text) (i32.const 1)))
        (br $next)))
    (local.get $count))

  ;; Writes the address and length of each word between spaces to $words, the top of the heap, and returns their number.
  (func $split (param $text i32) (param $length i32) (param $words i32) (result i32)
    (local $end i32)
    (local $word i32)
    (local $slot i32)
    (local.set $end (i32.add (local.get $text) (local.get $length)))
    (local.set $slot (local.get $words))
    (block $done
      (loop $next
        (local.set $text (call $skip (local.get $text) (local.get $end) (i32.const 1)))
        (br_if $done (i32.eq (local.get $text) (local.get $end)))
        (local.set $word (local.get $text))
        (local.set $text (call $skip (local.get $text) (local.get $end) (i32.const 0)))
        (drop (call $allocate (i32.const 4) (i32.const 8)))
        (i32.store (local.get $slot) (local.get $word))
        (i32.store offset=4 (local.get $slot) (i32.sub (local.get $text) (local.get $word)))
        (local.set $slot (i32.add (local.get $slot) (i32.const 8)))
        (br $next)))
    (i32.shr_u (i32.sub (local.get $slot) (local.get $words)) (i32.const 3)))

  ;; Skips the bytes that are spaces; with $spaces 0, the bytes that are not spaces.
  (func $skip (param $text i32) (param $end i32) (param $spaces i32) (result i32)
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $text) (local.get $end)))
        (br_if $done
          (i32.ne (i32.eq (i32.load8_u (local.get $text)) (i32.const 0x20)) (local.get $spaces)))
        (local.set $text (i32.add (local.get $text) (i32.const 1)))
        (br $next)))
    (local.get $text))

  ;; The host calls this after it has read the answer.
  (func (export "cabi_post_handle-request") (param i32)
    (global.set $heap (global.get $heap-start)))

  ;; The host calls this to allocate memory for a string.
  (func (export "cabi_realloc")
    (param $old i32) (param $old-size i32) (param $align i32) (param $new-size i32) (result i32)
    (local $new i32)
    (local.set $new (call $allocate (local.get $align) (local.get $new-size)))
    (memory.copy (local.get $new) (local.get $old)
      (select (local.get $old-size) (local.get $new-size)
        (i32.lt_u (local.get $old-size) (local.get $new-size))))
    (local.get $new))

  (func $allocate (param $align i32) (param $size i32) (result i32)
    (local $start i32)
    (local $missing i32)
    (local.set $start (call $align (global.get $heap) (local.get $align)))
    (global.set $heap (i32.add (local.get $start) (local.get $size)))
    (local.set $missing
      (i32.sub
        (i32.shr_u (i32.add (global.get $heap) (i32.const 65535)) (i32.const 16))
        (memory.size)))
    (if (i32.gt_s (local.get $missing) (i32.const 0))
      (then
        (if (i32.eq (memory.grow (local.get $missing)) (i32.const -1))
          (then unreachable))))
    (local.get $start))

  (func $align (param $address i32) (param $align i32) (result i32)
    (i32.and
      (i32.add (local.get $address) (i32.sub (local.get $align) (i32.const 1)))
      (i32.sub (i32.const 0) (local.get $align)))))
