;; Resources of the host and of the guest, written by hand.
;;
;; Memory: the result area at 0, the head of the list of free counters at 64, an array of counters from 1024 (each is
;; its value, or the next free counter), and from 64 KiB the heap of one call, which post-return empties.
(module
  (import "test:resources/files" "[constructor]file" (func $file-new (param i32 i32) (result i32)))
  (import "test:resources/files" "[method]file.read" (func $file-read (param i32 i32)))
  (import "test:resources/files" "[resource-drop]file" (func $file-drop (param i32)))
  (import "test:resources/files" "open" (func $open (param i32 i32 i32)))
  (import "[export]test:resources/counters" "[resource-new]counter" (func $counter-new (param i32) (result i32)))
  (import "[export]test:resources/counters" "[resource-rep]counter" (func $counter-rep (param i32) (result i32)))
  (import "[export]test:resources/counters" "[resource-drop]counter" (func $counter-drop (param i32)))

  (memory (export "memory") 2)

  (global $heap (mut i32) (i32.const 65536))
  (global $slab (mut i32) (i32.const 1024))
  (global $live (mut i32) (i32.const 0))

  ;; The representation of a counter is its address.

  (func $make (param $value i32) (result i32)
    (local $at i32)
    (local.set $at (i32.load (i32.const 64)))
    (if (local.get $at)
      (then (i32.store (i32.const 64) (i32.load (local.get $at))))
      (else
        (local.set $at (global.get $slab))
        (global.set $slab (i32.add (global.get $slab) (i32.const 4)))
        (if (i32.gt_u (global.get $slab) (i32.const 65536)) (then unreachable))))
    (i32.store (local.get $at) (local.get $value))
    (global.set $live (i32.add (global.get $live) (i32.const 1)))
    (call $counter-new (local.get $at)))

  (func (export "test:resources/counters#[constructor]counter") (param $start i32) (result i32)
    (call $make (local.get $start)))

  (func (export "test:resources/counters#[method]counter.increment") (param $self i32) (result i32)
    (local $value i32)
    (local.set $value (i32.load (local.get $self)))
    (i32.store (local.get $self) (i32.add (local.get $value) (i32.const 1)))
    (local.get $value))

  (func (export "test:resources/counters#[method]counter.value") (param $self i32) (result i32)
    (i32.load (local.get $self)))

  (func (export "test:resources/counters#[static]counter.sum") (param $a i32) (param $b i32) (result i32)
    (i32.add (i32.load (local.get $a)) (i32.load (local.get $b))))

  (func (export "test:resources/counters#take") (param $counter i32) (result i32)
    (local $value i32)
    (local.set $value (i32.load (call $counter-rep (local.get $counter))))
    (call $counter-drop (local.get $counter))
    (local.get $value))

  (func (export "test:resources/counters#twin") (param $counter i32) (result i32)
    (call $make (i32.load (local.get $counter))))

  (func (export "test:resources/counters#live") (result i32)
    (global.get $live))

  (func (export "test:resources/counters#[dtor]counter") (param $at i32)
    (i32.store (local.get $at) (i32.load (i32.const 64)))
    (i32.store (i32.const 64) (local.get $at))
    (global.set $live (i32.sub (global.get $live) (i32.const 1))))

  ;; Files, which the host implements.

  (func (export "describe") (param $file i32) (result i32)
    (call $file-read (local.get $file) (i32.const 0))
    (call $file-drop (local.get $file))
    (i32.const 0))

  (func (export "consume") (param $file i32) (result i32)
    (call $file-read (local.get $file) (i32.const 0))
    (call $file-drop (local.get $file))
    (i32.const 0))

  ;; `open` writes its result at 0: the discriminant, then the file or the message. The message already has the form of
  ;; our own error.
  (func (export "read") (param $name i32) (param $length i32) (result i32)
    (local $file i32)
    (call $open (local.get $name) (local.get $length) (i32.const 0))
    (if (i32.load8_u (i32.const 0)) (then (return (i32.const 0))))
    (local.set $file (i32.load (i32.const 4)))
    (call $file-read (local.get $file) (i32.const 4))
    (call $file-drop (local.get $file))
    (i32.const 0))

  (func (export "make") (param $name i32) (param $length i32) (result i32)
    (local $file i32)
    (local.set $file (call $file-new (local.get $name) (local.get $length)))
    (call $free)
    (local.get $file))

  (func (export "keep") (param i32))

  (func (export "cabi_post_describe") (param i32) (call $free))
  (func (export "cabi_post_consume") (param i32) (call $free))
  (func (export "cabi_post_read") (param i32) (call $free))

  (func $free (global.set $heap (i32.const 65536)))

  (func (export "cabi_realloc")
    (param $old i32) (param $old-size i32) (param $align i32) (param $new-size i32) (result i32)
    (local $new i32)
    (local.set $new
      (i32.and
        (i32.add (global.get $heap) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
    (global.set $heap (i32.add (local.get $new) (local.get $new-size)))
    (if (i32.gt_u (global.get $heap) (i32.const 131072)) (then unreachable))
    (memory.copy (local.get $new) (local.get $old)
      (select (local.get $old-size) (local.get $new-size)
        (i32.lt_u (local.get $old-size) (local.get $new-size))))
    (local.get $new)))
