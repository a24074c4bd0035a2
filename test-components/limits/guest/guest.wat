(module
  (import "test:limits/tokens" "[constructor]token" (func $token (result i32)))

  (memory (export "memory") 1)
  (table 10 funcref)

  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "pages") (result i32) (memory.size))
  (func (export "grow-table") (param i32) (result i32) (table.grow (ref.null func) (local.get 0)))

  (func (export "hoard") (param $count i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (drop (call $token))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next))))

  ;; Returns zero bytes from address 8.
  (func $zeros (export "text") (export "list") (param $bytes i32) (result i32)
    (i32.store (i32.const 0) (i32.const 8))
    (i32.store (i32.const 4) (local.get $bytes))
    (i32.const 0))

  (func (export "take") (param i32 i32) (result i32) (local.get 1))

  ;; Returns address 8 for every allocation, so there is only one list at a time; grows the memory as needed.
  (func (export "cabi_realloc") (param i32 i32 i32) (param $size i32) (result i32)
    (local $missing i32)
    (local.set $missing
      (i32.sub
        (i32.shr_u (i32.add (local.get $size) (i32.const 65543)) (i32.const 16))
        (memory.size)))
    (if (i32.gt_s (local.get $missing) (i32.const 0))
      (then (if (i32.eq (memory.grow (local.get $missing)) (i32.const -1)) (then unreachable))))
    (i32.const 8)))
