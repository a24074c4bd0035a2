;; `$outer` calls `$inner`, and both call the host's log. They have separate memories.
(component
  (type $log (instance (export "write" (func (param "line" string)))))
  (import "test:nested/log" (instance $log (type $log)))

  (core module $Memory
    (memory (export "memory") 1)
    (global $heap (mut i32) (i32.const 64))
    (func (export "realloc")
      (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $new i32)
      (local.set $new
        (i32.and
          (i32.add (global.get $heap) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.set $heap (i32.add (local.get $new) (local.get $size)))
      (if (i32.gt_u (global.get $heap) (i32.const 65536)) (then unreachable))
      (memory.copy (local.get $new) (local.get $old)
        (select (local.get $old-size) (local.get $size) (i32.lt_u (local.get $old-size) (local.get $size))))
      (local.get $new))
    (func (export "free") (global.set $heap (i32.const 64))))

  (component $Inner
    (import "log" (instance $log (export "write" (func (param "line" string)))))
    (core instance $memory (instantiate $Memory))
    (alias core export $memory "memory" (core memory $memory))
    (core func $write (canon lower (func $log "write") (memory $memory)))
    (core module $Module
      (import "memory" "memory" (memory 1))
      (import "memory" "free" (func $free))
      (import "log" "write" (func $write (param i32 i32)))
      (func (export "pass") (param i32 i32) (result i32)
        (call $write (local.get 0) (local.get 1))
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 4) (local.get 1))
        (i32.const 0))
      (func (export "crash") (param i32 i32) unreachable)
      (func (export "free") (param i32) (call $free)))
    (core instance $module (instantiate $Module
      (with "memory" (instance $memory))
      (with "log" (instance (export "write" (func $write))))))
    (func (export "pass") (param "text" string) (result string)
      (canon lift (core func $module "pass") (memory $memory) (realloc (func $memory "realloc"))
        (post-return (func $module "free"))))
    (func (export "crash") (param "text" string)
      (canon lift (core func $module "crash") (memory $memory) (realloc (func $memory "realloc")))))

  (component $Outer
    (import "log" (instance $log (export "write" (func (param "line" string)))))
    (import "inner" (instance $inner
      (export "pass" (func (param "text" string) (result string)))
      (export "crash" (func (param "text" string)))))
    (core instance $memory (instantiate $Memory))
    (alias core export $memory "memory" (core memory $memory))
    (core func $write (canon lower (func $log "write") (memory $memory)))
    (core func $pass (canon lower (func $inner "pass") (memory $memory) (realloc (func $memory "realloc"))))
    (core func $crash (canon lower (func $inner "crash") (memory $memory)))
    (core module $Module
      (import "memory" "memory" (memory 1))
      (import "memory" "free" (func $free))
      (import "log" "write" (func $write (param i32 i32)))
      (import "inner" "pass" (func $pass (param i32 i32 i32)))
      (import "inner" "crash" (func $crash (param i32 i32)))
      (func (export "pass") (param i32 i32) (result i32)
        (call $write (local.get 0) (local.get 1))
        (call $pass (local.get 0) (local.get 1) (i32.const 0))
        (i32.const 0))
      (func (export "crash") (param i32 i32)
        (call $crash (local.get 0) (local.get 1)))
      (func (export "free") (param i32) (call $free)))
    (core instance $module (instantiate $Module
      (with "memory" (instance $memory))
      (with "log" (instance (export "write" (func $write))))
      (with "inner" (instance (export "pass" (func $pass)) (export "crash" (func $crash))))))
    (func (export "pass") (param "text" string) (result string)
      (canon lift (core func $module "pass") (memory $memory) (realloc (func $memory "realloc"))
        (post-return (func $module "free"))))
    (func (export "crash") (param "text" string)
      (canon lift (core func $module "crash") (memory $memory) (realloc (func $memory "realloc")))))

  (instance $inner (instantiate $Inner (with "log" (instance $log))))
  (instance $outer (instantiate $Outer (with "log" (instance $log)) (with "inner" (instance $inner))))
  (export "pass" (func $outer "pass"))
  (export "crash" (func $outer "crash")))
