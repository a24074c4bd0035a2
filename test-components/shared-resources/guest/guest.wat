;; Resources that several imports name: all of them must have the class of the first.
(component
  (import "test:shared/ropes" (instance $ropes
    (export "rope" (type $rope (sub resource)))
    (export "make" (func (result (own $rope))))
  ))
  (alias export $ropes "rope" (type $rope))

  ;; As `use ropes.{rope}` is in a component.
  (import "test:shared/knots" (instance $knots
    (alias outer 1 $rope (type $outer))
    (export "rope" (type $used (eq $outer)))
    (export "tie" (func (param "rope" (own $used)) (result u32)))
  ))

  ;; As `use ropes.{rope as line}` is, in an interface without functions.
  (import "test:shared/lines" (instance
    (alias outer 1 $rope (type $outer))
    (export "line" (type (eq $outer)))
  ))

  ;; A second name within one interface, and one inside a nested instance.
  (import "harbour" (instance
    (export "mast" (type $mast (sub resource)))
    (export "pole" (type $pole (eq $mast)))
    (alias outer 1 $rope (type $outer))
    (export "deck" (instance
      (alias outer 1 $outer (type $inner))
      (export "halyard" (type (eq $inner)))
      (alias outer 1 $pole (type $spar))
      (export "spar" (type (eq $spar)))
    ))
  ))

  ;; A second name in the world itself.
  (import "cord" (type (eq $rope)))

  ;; Neither has a function.
  (import "idle" (instance (export "anchor" (type (sub resource)))))
  (import "bare" (instance))

  (core func $make (canon lower (func $ropes "make")))
  (core func $tie (canon lower (func $knots "tie")))
  (core module $code
    (import "" "make" (func $make (result i32)))
    (import "" "tie" (func $tie (param i32) (result i32)))
    (func (export "run") (result i32) (call $tie (call $make)))
  )
  (core instance $main (instantiate $code (with "" (instance
    (export "make" (func $make))
    (export "tie" (func $tie))
  ))))
  (func (export "run") (result u32) (canon lift (core func $main "run")))
)
