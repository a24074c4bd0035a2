;; Components that import and export components. The root exports all of them, and defines items that some of them use.
(component $linking
  (core module $answer
    (memory (export "memory") 1)
    (func (export "answer") (result i32) (i32.const 42))
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
  (export "answer-module" (core module $answer))

  (type $pair (tuple u32 u32))

  ;; Adds one.
  (component $successor
    (core module $m (func (export "f") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))
    (core instance $i (instantiate $m))
    (func (export "f") (param "x" u32) (result u32) (canon lift (core func $i "f"))))
  (export "successor" (component $successor))

  ;; Applies the imported function twice.
  (component $twice
    (import "f" (func $f (param "x" u32) (result u32)))
    (core module $m
      (import "" "f" (func $f (param i32) (result i32)))
      (func (export "g") (param i32) (result i32) (call $f (call $f (local.get 0)))))
    (core func $f' (canon lower (func $f)))
    (core instance $i (instantiate $m (with "" (instance (export "f" (func $f'))))))
    (func (export "g") (param "x" u32) (result u32) (canon lift (core func $i "g"))))
  (export "twice" (component $twice))

  ;; Has a memory of one page and more exports than its users need.
  (component $grower
    (core module $m
      (memory (export "memory") 1)
      (func (export "f") (param i32) (result i32) (memory.grow (local.get 0))))
    (core instance $i (instantiate $m))
    (type $f (func (param "x" u32) (result u32)))
    (func $f (type $f) (canon lift (core func $i "f")))
    (export "g" (func $f))
    (export "extra" (func $f)))
  (export "grower" (component $grower))

  ;; Imports a component and instantiates it with its own function.
  (component $applies
    (type $f (func (param "x" u32) (result u32)))
    (import "some-component"
      (component $c (import "f" (func (param "x" u32) (result u32))) (export "g" (func (param "x" u32) (result u32)))))
    (import "f" (func $f (type $f)))
    (instance $i (instantiate $c (with "f" (func $f))))
    (instance $j (instantiate $c (with "f" (func $i "g"))))
    (export "once" (func $i "g"))
    (export "squared" (func $j "g")))
  (export "applies" (component $applies))

  ;; Does the same with a component that is exported by an instance inside an instance, beside other exports.
  (component $nested
    (import "test:linking/kit@1.2.0"
      (instance $kit
        (export "id" (type $id (sub resource)))
        (type $number u32)
        (export "label" (type (eq $number)))
        (export "answers" (core module (export "answer" (func (result i32)))))
        (export "inner"
          (instance
            (export "some-component"
              (component (import "f" (func (param "x" u32) (result u32))) (export "g" (func (param "x" u32) (result u32)))))
            (export "f" (func (param "x" u32) (result u32)))))
        (export "read" (func (param "id" (borrow $id)) (result u32)))))
    (alias export $kit "inner" (instance $inner))
    (alias export $kit "answers" (core module $answers))
    (alias export $inner "some-component" (component $c))
    (alias export $inner "f" (func $f))
    (instance $i (instantiate $c (with "f" (func $f))))
    (core instance $a (instantiate $answers))
    (func (export "answer") (result u32) (canon lift (core func $a "answer")))
    (export "g" (func $i "g"))
    (export "kit" (instance $kit)))
  (export "nested" (component $nested))

  ;; A component that imports a component.
  (component $with-successor
    (import "some-component"
      (component $c (import "f" (func (param "x" u32) (result u32))) (export "g" (func (param "x" u32) (result u32)))))
    (alias outer $linking $successor (component $s))
    (instance $f (instantiate $s))
    (instance $i (instantiate $c (with "f" (func $f "f"))))
    (export "g" (func $i "g")))
  (export "with-successor" (component $with-successor))

  ;; Imports a component that imports a component, and the component to pass to it.
  (component $third-order
    (type $twice
      (component (import "f" (func (param "x" u32) (result u32))) (export "g" (func (param "x" u32) (result u32)))))
    (import "function"
      (component $function
        (import "some-component"
          (component (import "f" (func (param "x" u32) (result u32))) (export "g" (func (param "x" u32) (result u32)))))
        (export "g" (func (param "x" u32) (result u32)))))
    (import "argument" (component $argument (type $twice)))
    (instance $i (instantiate $function (with "some-component" (component $argument))))
    (export "g" (func $i "g"))
    (export "argument-again" (component $argument)))
  (export "third-order" (component $third-order))

  ;; Uses a core module, a component and a type of the enclosing component.
  (component $captures
    (alias outer $linking $answer (core module $answer))
    (alias outer $linking $successor (component $successor))
    (alias outer $linking $pair (type $pair))
    (core instance $a (instantiate $answer))
    (instance $s (instantiate $successor))
    (core module $m
      (memory (export "memory") 1)
      (func (export "pair") (result i32)
        (i32.store (i32.const 8) (i32.const 1))
        (i32.store (i32.const 12) (i32.const 2))
        (i32.const 8)))
    (core instance $m (instantiate $m))
    (func (export "answer") (result u32) (canon lift (core func $a "answer")))
    (func (export "pair") (result $pair) (canon lift (core func $m "pair") (memory $m "memory")))
    (export "f" (func $s "f")))
  (export "captures" (component $captures))

  ;; Exports a component that uses imports of this component: a core module and a component.
  (component $maker
    (import "answers" (core module $answers (export "answer" (func (result i32)))))
    (import "some-component"
      (component $c (import "f" (func (param "x" u32) (result u32))) (export "g" (func (param "x" u32) (result u32)))))
    (component $made
      (alias outer $maker $answers (core module $answers))
      (alias outer $maker $c (component $c))
      (import "f" (func $f (param "x" u32) (result u32)))
      (core instance $a (instantiate $answers))
      (instance $i (instantiate $c (with "f" (func $f))))
      (func (export "answer") (result u32) (canon lift (core func $a "answer")))
      (component $inner
        (alias outer $made $answers (core module $answers))
        (core instance $a (instantiate $answers))
        (func (export "answer") (result u32) (canon lift (core func $a "answer"))))
      (export "inner" (component $inner))
      (export "g" (func $i "g")))
    (instance $all (export "made" (component $made)))
    (export "all" (instance $all)))
  (export "maker" (component $maker))

  ;; Does the same with a core module of a different type.
  (component $other-maker
    (import "answers" (core module $answers (export "answer" (func (result i64)))))
    (component $made
      (alias outer $other-maker $answers (core module $answers))
      (core instance (instantiate $answers)))
    (export "made" (component $made)))
  (export "other-maker" (component $other-maker))

  ;; Imports a core module that has imports.
  (component $module-user
    (import "some-module"
      (core module $m (import "env" "f" (func (param i32) (result i32))) (export "g" (func (param i32) (result i32)))))
    (import "f" (func $f (param "x" u32) (result u32)))
    (core func $f' (canon lower (func $f)))
    (core instance $i (instantiate $m (with "env" (instance (export "f" (func $f'))))))
    (func (export "g") (param "x" u32) (result u32) (canon lift (core func $i "g")))
    (export "some-module-again" (core module $m)))
  (export "module-user" (component $module-user))

  ;; A core module that `module-user` accepts, and one that it does not accept.
  (core module $calls
    (import "env" "f" (func $f (param i32) (result i32)))
    (func (export "g") (param i32) (result i32) (call $f (local.get 0))))
  (export "calls" (core module $calls))
  (core module $calls-more
    (import "env" "f" (func $f (param i32) (result i32)))
    (import "env" "h" (func))
    (memory (export "g") 1))
  (export "calls-more" (core module $calls-more))
  (core module $calls-otherwise
    (import "env" "f" (func $f (param i64) (result i32)))
    (func (export "g") (param i32) (result i32) (call $f (i64.const 1))))
  (export "calls-otherwise" (core module $calls-otherwise))

  ;; A resource type that is different in each instance.
  (component $counters
    (core module $m
      (func (export "value") (param i32) (result i32) (local.get 0)))
    (core instance $m (instantiate $m))
    (type $counter' (resource (rep i32)))
    (export $counter "counter" (type $counter'))
    (core func $new (canon resource.new $counter'))
    (func (export "make") (param "value" u32) (result (own $counter)) (canon lift (core func $new)))
    (func (export "value") (param "counter" (borrow $counter)) (result u32) (canon lift (core func $m "value"))))
  (export "counters" (component $counters))

  (component $two-counters
    (type $counters
      (component
        (export "counter" (type $counter (sub resource)))
        (export "make" (func (param "value" u32) (result (own $counter))))
        (export "value" (func (param "counter" (borrow $counter)) (result u32)))))
    (import "counters" (component $c (type $counters)))
    (instance $first (instantiate $c))
    (instance $second (instantiate $c))
    (export "first" (instance $first))
    (export "second" (instance $second)))
  (export "two-counters" (component $two-counters))

  ;; Passes one instance to two inner components, and exports everything again.
  (component $shares
    (type $log
      (instance
        (export "entry" (type $entry (sub resource)))
        (export "[constructor]entry" (func (param "value" u32) (result (own $entry))))
        (export "[method]entry.value" (func (param "self" (borrow $entry)) (result u32)))
        (export "next" (func (result u32)))))
    (import "test:linking/log" (instance $log (type $log)))
    (component $reader
      (import "log" (instance $log (export "next" (func (result u32)))))
      (core module $m
        (import "" "next" (func $next (result i32)))
        (func (export "read") (result i32) (call $next)))
      (core func $next (canon lower (func $log "next")))
      (core instance $i (instantiate $m (with "" (instance (export "next" (func $next))))))
      (func (export "read") (result u32) (canon lift (core func $i "read"))))
    (instance $one (instantiate $reader (with "log" (instance $log))))
    (instance $other (instantiate $reader (with "log" (instance $log))))
    (export "one" (func $one "read"))
    (export "other" (func $other "read"))
    (export "test:linking/log" (instance $log))
    (export "next" (func $log "next"))
    (export "make-entry" (func $log "[constructor]entry"))
    (export "value-of-entry" (func $log "[method]entry.value")))
  (export "shares" (component $shares))

  ;; Its instantiation fails, in one of three ways.
  (component $starts
    (import "f" (func $f (param "x" u32) (result u32)))
    (component $inner
      (import "f" (func $f (param "x" u32) (result u32)))
      (core module $m
        (import "" "f" (func $f (param i32) (result i32)))
        (func $start
          (block $ok
            (br_if $ok (i32.ne (call $f (i32.const 1)) (i32.const 0)))
            unreachable))
        (start $start))
      (core func $f' (canon lower (func $f)))
      (core instance (instantiate $m (with "" (instance (export "f" (func $f')))))))
    (instance $inner (instantiate $inner (with "f" (func $f)))))
  (export "starts" (component $starts))

  ;; Its instantiation fails because that of an inner component fails.
  (component $starts-another
    (component $trapping
      (core module $m (func (export "f") (param i32) (result i32) unreachable))
      (core instance $i (instantiate $m))
      (func (export "f") (param "x" u32) (result u32) (canon lift (core func $i "f"))))
    (component $calling
      (import "f" (func $f (param "x" u32) (result u32)))
      (core module $m
        (import "" "f" (func $f (param i32) (result i32)))
        (func $start (drop (call $f (i32.const 1))))
        (start $start))
      (core func $f' (canon lower (func $f)))
      (core instance (instantiate $m (with "" (instance (export "f" (func $f')))))))
    (instance $trapping (instantiate $trapping))
    (instance $calling (instantiate $calling (with "f" (func $trapping "f")))))
  (export "starts-another" (component $starts-another))

  ;; Has the exports that `applies` expects, with different types.
  (component $odd
    (import "f" (func $f (param "x" u32) (result string)))
    (import "h" (func $h))
    (core module $m (func (export "g") (param i64) (result i32) (i32.wrap_i64 (local.get 0))))
    (core instance $i (instantiate $m))
    (func (export "g") (param "y" u64) (result u32) (canon lift (core func $i "g"))))
  (export "odd" (component $odd))

  ;; `captures`, exported with a type that has only one function.
  (export "some-of-captures" (component $captures) (component (export "f" (func (param "x" u32) (result u32)))))

  ;; Imports a component with only that function.
  (component $wants-f
    (import "some-component" (component $c (export "f" (func (param "x" u32) (result u32)))))
    (instance $i (instantiate $c))
    (export "f" (func $i "f")))
  (export "wants-f" (component $wants-f))

  ;; Makes a resource of an imported type and uses it.
  (component $log-user
    (import "log"
      (instance $log
        (export "entry" (type $entry (sub resource)))
        (export "[constructor]entry" (func (param "value" u32) (result (own $entry))))
        (export "[method]entry.value" (func (param "self" (borrow $entry)) (result u32)))))
    (alias export $log "entry" (type $entry))
    (core func $new (canon lower (func $log "[constructor]entry")))
    (core func $value (canon lower (func $log "[method]entry.value")))
    (core func $drop (canon resource.drop $entry))
    (core module $m
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "value" (func $value (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func (export "total") (result i32)
        (local $entry i32)
        (local.set $entry (call $new (i32.const 4)))
        (call $value (local.get $entry))
        (call $drop (local.get $entry))))
    (core instance $i
      (instantiate $m
        (with ""
          (instance (export "new" (func $new)) (export "value" (func $value)) (export "drop" (func $drop))))))
    (func (export "total") (result u32) (canon lift (core func $i "total"))))
  (export "log-user" (component $log-user))

  ;; Passes a resource of the host, which comes from a deeply nested instance, to components that it imports.
  (component $passes
    (type $log
      (instance
        (export "entry" (type $entry (sub resource)))
        (export "[constructor]entry" (func (param "value" u32) (result (own $entry))))
        (export "[method]entry.value" (func (param "self" (borrow $entry)) (result u32)))))
    (import "test:linking/deep"
      (instance $deep (export "outer-part" (instance (export "inner-part" (instance (type $log)))))))
    (import "user" (component $user (import "log" (instance (type $log))) (export "total" (func (result u32)))))
    (alias export $deep "outer-part" (instance $part))
    (alias export $part "inner-part" (instance $log'))
    (instance $one (instantiate $user (with "log" (instance $log'))))
    (instance $other (instantiate $user (with "log" (instance $log'))))
    (export "one" (func $one "total"))
    (export "other" (func $other "total"))
    (export "log" (instance $log'))
    (export "deep" (instance $deep)))
  (export "passes" (component $passes))

  ;; Imports a core module with a 64-bit memory, for itself and for a component that it exports.
  (component $wide
    (import "m" (core module $m (export "memory" (memory i64 1)) (export "text" (func (result i64)))))
    (core instance $i (instantiate $m))
    (func (export "text") (result string) (canon lift (core func $i "text") (memory $i "memory")))
    (component $inner
      (alias outer $wide $m (core module $m))
      (core instance $i (instantiate $m))
      (func (export "text") (result string) (canon lift (core func $i "text") (memory $i "memory"))))
    (export "inner" (component $inner)))
  (export "wide" (component $wide))
)
