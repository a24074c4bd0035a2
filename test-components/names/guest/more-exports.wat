;; Exports more than a world may require, and all of it before what the world requires:
;;
;; - `read-1` before `read1`, both of which are `read1` in JavaScript
;; - `other:names/api` and the function `text` before interfaces with the short names `api` and `text`
;; - version 1.0.1 of `example:names/api`, with `get-1` before `get1`, and a resource `item-1` before `item1`
;;
;; Each function returns its number.
(component
  (core module $guest
    (func (export "1") (result i32) i32.const 1)
    (func (export "2") (result i32) i32.const 2)
    (func (export "3") (result i32) i32.const 3)
    (func (export "4") (result i32) i32.const 4)
    (func (export "5") (result i32) i32.const 5)
    (func (export "6") (result i32) i32.const 6)
    (func (export "7") (result i32) i32.const 7)
    (func (export "8") (result i32) i32.const 8))
  (core instance $guest (instantiate $guest))
  (func $f1 (result u32) (canon lift (core func $guest "1")))
  (func $f2 (result u32) (canon lift (core func $guest "2")))
  (func $f3 (result u32) (canon lift (core func $guest "3")))
  (func $f4 (result u32) (canon lift (core func $guest "4")))
  (func $f5 (result u32) (canon lift (core func $guest "5")))
  (func $f6 (result u32) (canon lift (core func $guest "6")))
  (func $f7 (result u32) (canon lift (core func $guest "7")))
  (func $f8 (result u32) (canon lift (core func $guest "8")))
  (type $item-1 (resource (rep i32)))
  (type $item1 (resource (rep i32)))
  (export "read-1" (func $f1))
  (export "read1" (func $f2))
  (export "text" (func $f3))
  (instance $other (export "get" (func $f4)))
  (export "other:names/api" (instance $other))
  (component $named
    (import "item-1" (type $item-1 (sub resource)))
    (import "item1" (type $item1 (sub resource)))
    (import "get-1" (func $get-1 (result u32)))
    (import "get1" (func $get1 (result u32)))
    (import "static-1" (func $static-1 (result u32)))
    (import "static1" (func $static1 (result u32)))
    (export $out-1 "item-1" (type $item-1))
    (export $out1 "item1" (type $item1))
    (export "get-1" (func $get-1))
    (export "get1" (func $get1))
    (export "[static]item-1.number" (func $static-1))
    (export "[static]item1.number" (func $static1)))
  (instance $api (instantiate $named
    (with "item-1" (type $item-1))
    (with "item1" (type $item1))
    (with "get-1" (func $f5))
    (with "get1" (func $f6))
    (with "static-1" (func $f7))
    (with "static1" (func $f8))))
  (export "example:names/api@1.0.1" (instance $api))
  (instance $text (export "get" (func $f4)))
  (export "example:names/text" (instance $text)))
