;; `$outer` calls `$inner` repeatedly. Each function returns its argument from where it was stored, and freeing resets a
;; pointer.
(component
  ;; Memory: results at 16, the caller's return area at 64, and from 96 a heap that only grows until it is emptied.
  (core module $Memory
    (memory (export "memory") 2)
    (global $heap (mut i32) (i32.const 96))
    (func (export "realloc")
      (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $new i32)
      (local.set $new
        (i32.and
          (i32.add (global.get $heap) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.set $heap (i32.add (local.get $new) (local.get $size)))
      (if (i32.gt_u (global.get $heap) (i32.const 131072)) (then unreachable))
      (if (local.get $old-size)
        (then
          (memory.copy (local.get $new) (local.get $old)
            (select (local.get $old-size) (local.get $size)
              (i32.lt_u (local.get $old-size) (local.get $size))))))
      (local.get $new))
    (func (export "mark") (result i32) (global.get $heap))
    (func (export "reset") (param i32) (global.set $heap (local.get 0))))

  (component $Inner
    (core instance $memory (instantiate $Memory))
    (alias core export $memory "memory" (core memory $memory))
    (core module $Module
      (import "memory" "memory" (memory 2))
      (import "memory" "reset" (func $reset (param i32)))
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "echo") (param $pointer i32) (param $length i32) (result i32)
        (i32.store (i32.const 16) (local.get $pointer))
        (i32.store (i32.const 20) (local.get $length))
        (i32.const 16))
      (func (export "free") (param i32) (call $reset (i32.const 96))))
    (core instance $module (instantiate $Module (with "memory" (instance $memory))))
    (type $shape (record (field "x" f64) (field "y" f64) (field "id" u32)))
    (export $point "point" (type $shape))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $module "add")))
    (func (export "echo") (param "text" string) (result string)
      (canon lift (core func $module "echo") (memory $memory) (realloc (func $memory "realloc"))
        (post-return (func $module "free"))))
    (func (export "echo-points") (param "points" (list $point)) (result (list $point))
      (canon lift (core func $module "echo") (memory $memory) (realloc (func $memory "realloc"))
        (post-return (func $module "free")))))

  (component $Outer
    (import "inner" (instance $inner
      (type $shape (record (field "x" f64) (field "y" f64) (field "id" u32)))
      (export "point" (type $point (eq $shape)))
      (export "add" (func (param "a" u32) (param "b" u32) (result u32)))
      (export "echo" (func (param "text" string) (result string)))
      (export "echo-points" (func (param "points" (list $point)) (result (list $point))))))
    (core instance $memory (instantiate $Memory))
    (alias core export $memory "memory" (core memory $memory))
    (core func $add (canon lower (func $inner "add")))
    (core func $echo
      (canon lower (func $inner "echo") (memory $memory) (realloc (func $memory "realloc"))))
    (core func $echo-points
      (canon lower (func $inner "echo-points") (memory $memory) (realloc (func $memory "realloc"))))
    (core module $Module
      (import "memory" "memory" (memory 2))
      (import "memory" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
      (import "memory" "mark" (func $mark (result i32)))
      (import "memory" "reset" (func $reset (param i32)))
      (import "inner" "add" (func $add (param i32 i32) (result i32)))
      (import "inner" "echo" (func $echo (param i32 i32 i32)))
      (import "inner" "echo-points" (func $echo-points (param i32 i32 i32)))
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
        (local $sum i32) (local $mark i32)
        (local.set $mark (call $mark))
        (block $done
          (loop $next
            (br_if $done (i32.eqz (local.get $times)))
            (call $echo (local.get $text) (local.get $length) (i32.const 64))
            (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 68))))
            (call $reset (local.get $mark))
            (local.set $times (i32.sub (local.get $times) (i32.const 1)))
            (br $next)))
        (call $reset (i32.const 96))
        (local.get $sum))
      (func (export "call-points") (param $times i32) (param $count i32) (result i32)
        (local $sum i32) (local $mark i32) (local $points i32) (local $at i32) (local $index i32)
        (local.set $points
          (call $realloc (i32.const 0) (i32.const 0) (i32.const 8) (i32.mul (local.get $count) (i32.const 24))))
        (local.set $at (local.get $points))
        (block $filled
          (loop $fill
            (br_if $filled (i32.eq (local.get $index) (local.get $count)))
            (f64.store (local.get $at) (f64.convert_i32_u (local.get $index)))
            (f64.store offset=8 (local.get $at) (f64.neg (f64.convert_i32_u (local.get $index))))
            (i32.store offset=16 (local.get $at) (local.get $index))
            (local.set $at (i32.add (local.get $at) (i32.const 24)))
            (local.set $index (i32.add (local.get $index) (i32.const 1)))
            (br $fill)))
        (local.set $mark (call $mark))
        (block $done
          (loop $next
            (br_if $done (i32.eqz (local.get $times)))
            (call $echo-points (local.get $points) (local.get $count) (i32.const 64))
            (local.set $at
              (i32.add (i32.load (i32.const 64)) (i32.mul (i32.sub (local.get $count) (i32.const 1)) (i32.const 24))))
            ;; The last record must be unchanged.
            (if (i32.ne (i32.load offset=16 (local.get $at)) (i32.sub (local.get $count) (i32.const 1)))
              (then unreachable))
            (if (f64.ne (f64.load offset=8 (local.get $at))
                (f64.neg (f64.convert_i32_u (i32.sub (local.get $count) (i32.const 1)))))
              (then unreachable))
            (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 68))))
            (call $reset (local.get $mark))
            (local.set $times (i32.sub (local.get $times) (i32.const 1)))
            (br $next)))
        (call $reset (i32.const 96))
        (local.get $sum)))
    (core instance $module (instantiate $Module
      (with "memory" (instance $memory))
      (with "inner" (instance
        (export "add" (func $add)) (export "echo" (func $echo)) (export "echo-points" (func $echo-points))))))
    (func (export "call-add") (param "times" u32) (result u32) (canon lift (core func $module "call-add")))
    (func (export "call-echo") (param "times" u32) (param "text" string) (result u32)
      (canon lift (core func $module "call-echo") (memory $memory) (realloc (func $memory "realloc"))))
    (func (export "call-points") (param "times" u32) (param "count" u32) (result u32)
      (canon lift (core func $module "call-points"))))

  ;; One module with its own realloc function, as compilers produce it: realloc may call everything that the module may
  ;; call.
  (component $Single
    (import "inner" (instance $inner (export "add" (func (param "a" u32) (param "b" u32) (result u32)))))
    (core func $add (canon lower (func $inner "add")))
    (core module $Module
      (import "inner" "add" (func $add (param i32 i32) (result i32)))
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "call-add") (param $times i32) (result i32)
        (local $sum i32)
        (block $done
          (loop $next
            (br_if $done (i32.eqz (local.get $times)))
            (local.set $sum (call $add (local.get $sum) (i32.const 1)))
            (local.set $times (i32.sub (local.get $times) (i32.const 1)))
            (br $next)))
        (local.get $sum)))
    (core instance $module (instantiate $Module (with "inner" (instance (export "add" (func $add))))))
    (func (export "call-add") (param "times" u32) (result u32)
      (canon lift (core func $module "call-add") (memory (core memory $module "memory"))
        (realloc (core func $module "realloc")))))

  (instance $inner (instantiate $Inner))
  (instance $single (instantiate $Single (with "inner" (instance $inner))))
  (instance $outer (instantiate $Outer (with "inner" (instance $inner))))
  (export "call-add" (func $outer "call-add"))
  (export "call-add-guarded" (func $single "call-add"))
  (export "call-echo" (func $outer "call-echo"))
  (export "call-points" (func $outer "call-points")))
