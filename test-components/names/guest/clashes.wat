;; Names that differ in WIT but are equal in JavaScript: `a-1` and `a1`; and a static function `prototype`. Each
;; function returns its own number; `a-1` and `a1` return the result of the host's function with the same name.
(component
  (import "example:names/asked" (instance $asked
    (export "a-1" (func (result u32)))
    (export "a1" (func (result u32)))))
  (core func $a-1 (canon lower (func $asked "a-1")))
  (core func $a1 (canon lower (func $asked "a1")))

  (component $Clashes
    (import "a-1" (func $a-1 (result u32)))
    (import "a1" (func $a1 (result u32)))
    (type $b-1' (resource (rep i32)))
    (type $b1' (resource (rep i32)))
    (core func $new-b-1 (canon resource.new $b-1'))
    (core func $new-b1 (canon resource.new $b1'))
    (core module $Module
      (import "" "new-b-1" (func $new-b-1 (param i32) (result i32)))
      (import "" "new-b1" (func $new-b1 (param i32) (result i32)))
      (func (export "make-b-1") (result i32) (call $new-b-1 (i32.const 10)))
      (func (export "make-b1") (result i32) (call $new-b1 (i32.const 20)))
      (func (export "rep") (param i32) (result i32) (local.get 0))
      (func (export "next") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
      (func (export "static") (result i32) (i32.const 12)))
    (core instance $module (instantiate $Module
      (with "" (instance (export "new-b-1" (func $new-b-1)) (export "new-b1" (func $new-b1))))))
    (export "a-1" (func $a-1))
    (export "a1" (func $a1))
    (export $b-1 "b-1" (type $b-1'))
    (export $b1 "b1" (type $b1'))
    (func (export "[constructor]b-1") (result (own $b-1)) (canon lift (core func $module "make-b-1")))
    (func (export "[method]b-1.c-1") (param "self" (borrow $b-1)) (result u32)
      (canon lift (core func $module "rep")))
    (func (export "[method]b-1.c1") (param "self" (borrow $b-1)) (result u32)
      (canon lift (core func $module "next")))
    (func (export "[static]b-1.prototype") (result u32) (canon lift (core func $module "static")))
    (func (export "[constructor]b1") (result (own $b1)) (canon lift (core func $module "make-b1"))))

  ;; A core module is between imports and exports, so that the exported functions are the component's own.
  (core module $Between
    (import "" "a-1" (func $a-1 (result i32)))
    (import "" "a1" (func $a1 (result i32)))
    (func (export "a-1") (result i32) (call $a-1))
    (func (export "a1") (result i32) (call $a1)))
  (core instance $between (instantiate $Between
    (with "" (instance (export "a-1" (func $a-1)) (export "a1" (func $a1))))))
  (func $own-a-1 (result u32) (canon lift (core func $between "a-1")))
  (func $own-a1 (result u32) (canon lift (core func $between "a1")))
  (instance $clashes (instantiate $Clashes (with "a-1" (func $own-a-1)) (with "a1" (func $own-a1))))
  (export "example:names/clashes" (instance $clashes)))
