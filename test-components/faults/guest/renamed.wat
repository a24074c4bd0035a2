;; The names of a core module's exports have no meaning; canonical options select the memory and the allocator.
(component
  (core module $guest
    (memory (export "heap of it all") 1)
    (global $top (mut i32) (i32.const 1024))
    (global $swept (mut i32) (i32.const 0))
    (func (export "back") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0))
      (i32.store (i32.const 20) (local.get 1))
      (i32.const 16))
    (func (export "broom") (param i32)
      (global.set $swept (i32.add (global.get $swept) (i32.const 1)))
      (global.set $top (i32.const 1024)))
    (func (export "count") (result i32) (global.get $swept))
    (func (export "more") (param i32 i32 i32 i32) (result i32)
      (local $at i32)
      (local $missing i32)
      (local.set $at
        (i32.and
          (i32.add (global.get $top) (i32.sub (local.get 2) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get 2))))
      (global.set $top (i32.add (local.get $at) (local.get 3)))
      (local.set $missing
        (i32.sub
          (i32.shr_u (i32.add (global.get $top) (i32.const 65535)) (i32.const 16))
          (memory.size)))
      (if (i32.gt_s (local.get $missing) (i32.const 0))
        (then
          (if (i32.eq (memory.grow (local.get $missing)) (i32.const -1))
            (then unreachable))))
      (local.get $at)))
  (core instance $inside (instantiate $guest))
  (func (export "echo") (param "text" string) (result string)
    (canon lift (core func $inside "back")
      (memory (core memory $inside "heap of it all"))
      (realloc (core func $inside "more"))
      (post-return (core func $inside "broom"))
      string-encoding=utf16))
  (func (export "swept") (result u32)
    (canon lift (core func $inside "count"))))
