;; `$Plain` and `$Guarded` call `$Callee`, `$Thrower`, `$Family` and `$Asker` and pass only numbers. `$Middle` passes a
;; bool.
(component
  (import "ask" (func $ask (param "a" u32) (result u32)))

  (component $Asker
    (import "ask" (func $ask (param "a" u32) (result u32)))
    (core func $ask (canon lower (func $ask)))
    (core module $Module
      (import "" "ask" (func $ask (param i32) (result i32)))
      (func (export "ask") (param i32) (result i32) (call $ask (local.get 0))))
    (core instance $module (instantiate $Module (with "" (instance (export "ask" (func $ask))))))
    (func (export "ask") (param "a" u32) (result u32) (canon lift (core func $module "ask")))
    (func (export "ask-if") (param "a" bool) (result u32) (canon lift (core func $module "ask"))))

  (component $Middle
    (import "ask-if" (func $ask-if (param "a" bool) (result u32)))
    (core func $ask-if (canon lower (func $ask-if)))
    (core module $Module
      (import "" "ask-if" (func $ask-if (param i32) (result i32)))
      (func (export "ask-if") (param i32) (result i32) (call $ask-if (local.get 0))))
    (core instance $module (instantiate $Module (with "" (instance (export "ask-if" (func $ask-if))))))
    (func (export "ask-if") (param "a" bool) (result u32) (canon lift (core func $module "ask-if"))))

  (component $Callee
    (core module $Module
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "wide") (param i64 f32 f64 i64) (result f64)
        (f64.add
          (f64.add (f64.convert_i64_s (local.get 0)) (f64.promote_f32 (local.get 1)))
          (f64.add (local.get 2) (f64.convert_i64_u (local.get 3)))))
      (func (export "crash") unreachable))
    (core instance $module (instantiate $Module))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $module "add")))
    (func (export "wide") (param "a" s64) (param "b" f32) (param "c" f64) (param "d" u64) (result f64)
      (canon lift (core func $module "wide")))
    (func (export "crash") (canon lift (core func $module "crash"))))

  (component $Thrower
    (core module $Module
      (tag $tag)
      (func (export "throw") (throw $tag)))
    (core instance $module (instantiate $Module))
    (func (export "throw") (canon lift (core func $module "throw"))))

  ;; Calls its child, which calls another function of this component while it is running.
  (component $Family
    (core module $Inner
      (func (export "back") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))
    (core instance $inner (instantiate $Inner))
    (func $back (param "a" u32) (result u32) (canon lift (core func $inner "back")))
    (component $Child
      (import "back" (func $back (param "a" u32) (result u32)))
      (core func $back (canon lower (func $back)))
      (core module $Module
        (import "" "back" (func $back (param i32) (result i32)))
        (func (export "go") (param i32) (result i32) (call $back (i32.add (local.get 0) (i32.const 1)))))
      (core instance $module (instantiate $Module (with "" (instance (export "back" (func $back))))))
      (func (export "go") (param "a" u32) (result u32) (canon lift (core func $module "go"))))
    (instance $child (instantiate $Child (with "back" (func $back))))
    (core func $go (canon lower (func $child "go")))
    (core module $Outer
      (import "" "go" (func $go (param i32) (result i32)))
      (func (export "call") (param i32) (result i32) (call $go (i32.add (local.get 0) (i32.const 1)))))
    (core instance $outer (instantiate $Outer (with "" (instance (export "go" (func $go))))))
    (func (export "call") (param "a" u32) (result u32) (canon lift (core func $outer "call"))))

  (instance $callee (instantiate $Callee))
  (instance $asker (instantiate $Asker (with "ask" (func $ask))))
  (instance $middle (instantiate $Middle (with "ask-if" (func $asker "ask-if"))))
  (instance $around (instantiate $Middle (with "ask-if" (func $middle "ask-if"))))
  (instance $thrower (instantiate $Thrower))
  (instance $family (instantiate $Family))

  (component $Plain
    (import "callee" (instance $callee
      (export "add" (func (param "a" u32) (param "b" u32) (result u32)))
      (export "wide" (func (param "a" s64) (param "b" f32) (param "c" f64) (param "d" u64) (result f64)))
      (export "crash" (func))))
    (import "thrower" (instance $thrower (export "throw" (func))))
    (import "family" (instance $family (export "call" (func (param "a" u32) (result u32)))))
    (import "asker" (instance $asker (export "ask" (func (param "a" u32) (result u32)))))
    (core func $add (canon lower (func $callee "add")))
    (core func $wide (canon lower (func $callee "wide")))
    (core func $crash (canon lower (func $callee "crash")))
    (core func $throw (canon lower (func $thrower "throw")))
    (core func $call (canon lower (func $family "call")))
    (core func $ask (canon lower (func $asker "ask")))
    (core module $Module
      (import "" "add" (func $add (param i32 i32) (result i32)))
      (import "" "wide" (func $wide (param i64 f32 f64 i64) (result f64)))
      (import "" "crash" (func $crash))
      (import "" "throw" (func $throw))
      (import "" "call" (func $call (param i32) (result i32)))
      (import "" "ask" (func $ask (param i32) (result i32)))
      (global $started (mut i32) (i32.const 0))
      (func $start (global.set $started (call $add (i32.const 40) (i32.const 2))))
      (start $start)
      (func (export "started") (result i32) (global.get $started))
      (func (export "add") (param i32 i32) (result i32) (call $add (local.get 0) (local.get 1)))
      (func (export "wide") (param i64 f32 f64 i64) (result f64)
        (call $wide (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
      (func (export "crash") (call $crash))
      (func (export "catch") (result i32)
        (block $caught (try_table (catch_all $caught) (call $throw)) (return (i32.const 0)))
        (i32.const 1))
      (func (export "family") (param i32) (result i32) (call $call (local.get 0)))
      (func (export "ask") (param i32) (result i32) (call $ask (local.get 0))))
    (core instance $module (instantiate $Module (with "" (instance
      (export "add" (func $add))
      (export "wide" (func $wide))
      (export "crash" (func $crash))
      (export "throw" (func $throw))
      (export "call" (func $call))
      (export "ask" (func $ask))))))
    (func (export "started") (result u32) (canon lift (core func $module "started")))
    (func (export "call-plain") (param "a" u32) (param "b" u32) (result u32)
      (canon lift (core func $module "add")))
    (func (export "call-wide") (param "a" s64) (param "b" f32) (param "c" f64) (param "d" u64) (result f64)
      (canon lift (core func $module "wide")))
    (func (export "call-crash") (canon lift (core func $module "crash")))
    (func (export "catch-thrown") (result u32) (canon lift (core func $module "catch")))
    (func (export "call-family") (param "a" u32) (result u32) (canon lift (core func $module "family")))
    (func (export "call-ask") (param "a" u32) (result u32) (canon lift (core func $module "ask"))))

  (component $Guarded
    (import "callee" (instance $callee (export "add" (func (param "a" u32) (param "b" u32) (result u32)))))
    (core func $add (canon lower (func $callee "add")))
    (core module $Module
      (import "" "add" (func $add (param i32 i32) (result i32)))
      (memory (export "memory") 1)
      (global $armed (mut i32) (i32.const 0))
      (func $call-if (param $what i32)
        (if (i32.eq (global.get $armed) (local.get $what))
          (then (drop (call $add (i32.const 1) (i32.const 1))))))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32)
        (call $call-if (i32.const 1))
        (i32.const 64))
      (func (export "add") (param i32 i32) (result i32) (call $add (local.get 0) (local.get 1)))
      (func (export "arm") (param i32) (global.set $armed (local.get 0)))
      (func (export "echo") (param i32 i32) (result i32)
        (i32.store (i32.const 16) (local.get 0))
        (i32.store (i32.const 20) (local.get 1))
        (i32.const 16))
      (func (export "free") (param i32) (call $call-if (i32.const 2))))
    (core instance $module (instantiate $Module (with "" (instance (export "add" (func $add))))))
    (func (export "call-guarded") (param "a" u32) (param "b" u32) (result u32)
      (canon lift (core func $module "add")))
    (func (export "arm") (param "what" u32) (canon lift (core func $module "arm")))
    (func (export "echo") (param "text" string) (result string)
      (canon lift (core func $module "echo") (memory (core memory $module "memory"))
        (realloc (core func $module "realloc")) (post-return (core func $module "free")))))

  (instance $plain (instantiate $Plain
    (with "callee" (instance $callee)) (with "thrower" (instance $thrower)) (with "family" (instance $family))
    (with "asker" (instance $asker))))
  (instance $guarded (instantiate $Guarded (with "callee" (instance $callee))))
  (export "started" (func $plain "started"))
  (export "call-plain" (func $plain "call-plain"))
  (export "call-wide" (func $plain "call-wide"))
  (export "call-crash" (func $plain "call-crash"))
  (export "catch-thrown" (func $plain "catch-thrown"))
  (export "call-family" (func $plain "call-family"))
  (export "call-ask" (func $plain "call-ask"))
  (export "call-ask-if" (func $around "ask-if"))
  (export "call-guarded" (func $guarded "call-guarded"))
  (export "arm" (func $guarded "arm"))
  (export "echo" (func $guarded "echo")))
