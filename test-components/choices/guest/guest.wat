;; Passes each call on to the function of the same name that the host supplies.
;;
;; Memory: the result of the call at 64, and from 1024 a heap that only grows.
(module
  (import "example:choices/file-store" "open-file"
    (func $open-file (param $name i32) (param $length i32) (param $mode i32) (param $result i32)))
  ;; find-filter, flat: the case, and the joined payloads: string or u64.
  (import "example:choices/file-store" "find-files"
    (func $find-files (param $case i32) (param $name-or-time i64) (param $length i32) (param $result i32)))
  (import "example:choices/file-store" "change-mode" (func $change-mode (param $mode i32) (result i32)))
  (import "example:choices/file-store" "other-filter"
    (func $other-filter (param $case i32) (param $name-or-time i64) (param $length i32) (param $result i32)))
  (import "example:choices/file-store" "try-nothing" (func $try-nothing (result i32)))
  (import "example:choices/file-store" "[constructor]file-handle"
    (func $new-handle (param $name i32) (param $length i32) (result i32)))
  (import "example:choices/file-store" "[method]file-handle.read-all"
    (func $read-all (param $self i32) (param $result i32)))
  (import "example:choices/file-store" "[static]file-handle.count-files"
    (func $count-files (param $name i32) (param $length i32) (param $result i32)))
  (import "example:choices/file-store" "[resource-drop]file-handle" (func $drop-handle (param $handle i32)))
  (import "[export]example:choices/file-store" "[resource-new]file-handle"
    (func $new-own (param $rep i32) (result i32)))
  ;; result<own<lock>, string>
  (import "example:choices/file-store" "[constructor]lock"
    (func $new-lock (param $name i32) (param $length i32) (param $result i32)))
  (import "example:choices/file-store" "[resource-drop]lock" (func $drop-lock (param $handle i32)))
  (import "[export]example:choices/file-store" "[resource-new]lock"
    (func $new-own-lock (param $rep i32) (result i32)))
  (import "$root" "say-hello" (func $say-hello (param $name i32) (param $length i32) (param $result i32)))

  (memory (export "memory") 1)
  (global $heap (mut i32) (i32.const 1024))

  (func (export "example:choices/file-store#open-file")
    (param $name i32) (param $length i32) (param $mode i32) (result i32)
    (call $open-file (local.get $name) (local.get $length) (local.get $mode) (i32.const 64))
    (i32.const 64))

  (func (export "example:choices/file-store#find-files")
    (param $case i32) (param $name-or-time i64) (param $length i32) (result i32)
    (call $find-files (local.get $case) (local.get $name-or-time) (local.get $length) (i32.const 64))
    (i32.const 64))

  (func (export "example:choices/file-store#change-mode") (param $mode i32) (result i32)
    (call $change-mode (local.get $mode)))

  (func (export "example:choices/file-store#other-filter")
    (param $case i32) (param $name-or-time i64) (param $length i32) (result i32)
    (call $other-filter (local.get $case) (local.get $name-or-time) (local.get $length) (i32.const 64))
    (i32.const 64))

  (func (export "example:choices/file-store#try-nothing") (result i32)
    (call $try-nothing))

  ;; The representation of an exported handle is the index of the imported one.
  (func (export "example:choices/file-store#[constructor]file-handle")
    (param $name i32) (param $length i32) (result i32)
    (call $new-own (call $new-handle (local.get $name) (local.get $length))))

  (func (export "example:choices/file-store#[method]file-handle.read-all") (param $rep i32) (result i32)
    (call $read-all (local.get $rep) (i32.const 64))
    (i32.const 64))

  (func (export "example:choices/file-store#[static]file-handle.count-files")
    (param $name i32) (param $length i32) (result i32)
    (call $count-files (local.get $name) (local.get $length) (i32.const 64))
    (i32.const 64))

  (func (export "example:choices/file-store#[dtor]file-handle") (param $rep i32)
    (call $drop-handle (local.get $rep)))

  (func (export "example:choices/file-store#[constructor]lock")
    (param $name i32) (param $length i32) (result i32)
    (call $new-lock (local.get $name) (local.get $length) (i32.const 64))
    (if (i32.eqz (i32.load8_u (i32.const 64)))
      (then (i32.store (i32.const 68) (call $new-own-lock (i32.load (i32.const 68))))))
    (i32.const 64))

  (func (export "example:choices/file-store#[dtor]lock") (param $rep i32)
    (call $drop-lock (local.get $rep)))

  (func (export "greet-user") (param $name i32) (param $length i32) (result i32)
    (call $say-hello (local.get $name) (local.get $length) (i32.const 64))
    (i32.const 64))

  (func (export "cabi_realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
    (local $at i32)
    (local.set $at
      (i32.and
        (i32.add (global.get $heap) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
    (global.set $heap (i32.add (local.get $at) (local.get $size)))
    (local.get $at))
)
