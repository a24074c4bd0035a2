;; Work that can be counted by hand, in three core modules and two components.
(component
  (import "ticked" (func $ticked))
  (core func $ticked (canon lower (func $ticked)))

  (core module $Work
    (import "" "ticked" (func $ticked))
    (memory 1)
    (func $spin (export "spin") (param $turns i32)
      (loop $next
        (br_if $next (local.tee $turns (i32.sub (local.get $turns) (i32.const 1))))))
    (func $recur (export "recur") (param $depth i32) (result i32)
      (if (result i32) (local.get $depth)
        (then (i32.add (i32.const 1) (call $recur (i32.sub (local.get $depth) (i32.const 1)))))
        (else (i32.const 0))))
    (func (export "tick") (loop $next (call $ticked) (br $next)))
    (func $endless (export "endless") (loop $next (br $next)))
    (func (export "catching")
      (block $caught
        (try_table (catch_all $caught) (call $endless))))
    (func (export "fill") (param $bytes i32)
      (memory.fill (i32.const 0) (i32.const 1) (local.get $bytes)))
    (func (export "crash") (param $turns i32) (result i32)
      (call $spin (local.get $turns))
      (i32.div_u (i32.const 1) (i32.const 0))))
  (core instance $work
    (instantiate $Work (with "" (instance (export "ticked" (func $ticked))))))

  (core module $Twice
    (import "work" "spin" (func $spin (param i32)))
    (func (export "twice") (param $turns i32)
      (call $spin (local.get $turns))
      (call $spin (local.get $turns))))
  (core instance $twice (instantiate $Twice (with "work" (instance $work))))

  (component $Inside
    (core module $Module
      (func (export "spin") (param $turns i32)
        (loop $next
          (br_if $next (local.tee $turns (i32.sub (local.get $turns) (i32.const 1)))))))
    (core instance $module (instantiate $Module))
    (func (export "spin") (param "turns" u32) (canon lift (core func $module "spin"))))
  (instance $inside (instantiate $Inside))

  (core func $inside-spin (canon lower (func $inside "spin")))
  (core module $Calling
    (import "" "spin" (func $spin (param i32)))
    (func (export "inside") (param $turns i32) (call $spin (local.get $turns))))
  (core instance $calling
    (instantiate $Calling (with "" (instance (export "spin" (func $inside-spin))))))

  (func (export "spin") (param "turns" u32) (canon lift (core func $work "spin")))
  (func (export "recur") (param "depth" u32) (result u32) (canon lift (core func $work "recur")))
  (func (export "tick") (canon lift (core func $work "tick")))
  (func (export "endless") (canon lift (core func $work "endless")))
  (func (export "catching") (canon lift (core func $work "catching")))
  (func (export "twice") (param "turns" u32) (canon lift (core func $twice "twice")))
  (func (export "inside") (param "turns" u32) (canon lift (core func $calling "inside")))
  (func (export "fill") (param "bytes" u32) (canon lift (core func $work "fill")))
  (func (export "crash") (param "turns" u32) (result u32) (canon lift (core func $work "crash"))))
