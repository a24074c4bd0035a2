;; Two components inside a third. `$Caller` calls the root, which calls `$Callee` through a table that is filled when
;; both exist. So `$Parent` would be entered a second time while it is running.
(component
  (core module $Table
    (table (export "table") 1 funcref)
    (type $callee (func (result i32)))
    (func (export "call") (result i32) (call_indirect (type $callee) (i32.const 0))))
  (core instance $table (instantiate $Table))
  (func $call (result u32) (canon lift (core func $table "call")))

  (component $Parent
    (import "call" (func $call (result u32)))
    (component $Callee
      (core module $Module (func (export "answer") (result i32) (i32.const 5)))
      (core instance $module (instantiate $Module))
      (func (export "answer") (result u32) (canon lift (core func $module "answer"))))
    (component $Caller
      (import "call" (func $call (result u32)))
      (core func $call (canon lower (func $call)))
      (core module $Module
        (import "" "call" (func $call (result i32)))
        (func (export "ask") (result i32) (call $call)))
      (core instance $module (instantiate $Module (with "" (instance (export "call" (func $call))))))
      (func (export "ask") (result u32) (canon lift (core func $module "ask"))))
    (instance $callee (instantiate $Callee))
    (instance $caller (instantiate $Caller (with "call" (func $call))))
    (export "answer" (func $callee "answer"))
    (export "ask" (func $caller "ask")))

  (instance $parent (instantiate $Parent (with "call" (func $call))))
  (alias export $parent "answer" (func $answer))
  (core func $lowered (canon lower (func $answer)))
  (core module $Fill
    (import "" "table" (table 1 funcref))
    (import "" "answer" (func $answer (result i32)))
    (elem (i32.const 0) func $answer))
  (core instance (instantiate $Fill
    (with "" (instance (export "table" (table $table "table")) (export "answer" (func $lowered))))))
  (export "ask" (func $parent "ask"))
  (export "call" (func $call)))
