;; Exports whose names are those that a static module has itself: each function returns a number.
(component
  (core module $Module
    (func (export "one") (result i32) (i32.const 1))
    (func (export "two") (result i32) (i32.const 2)))
  (core instance $module (instantiate $Module))
  (type $fuel' (resource (rep i32)))
  (type $trap' (resource (rep i32)))
  (export $fuel "fuel" (type $fuel'))
  (export $trap "trap" (type $trap'))
  (func (export "[static]fuel.burn") (result u32) (canon lift (core func $module "one")))
  (func (export "[static]trap.set") (result u32) (canon lift (core func $module "one")))
  (func (export "instantiate") (result u32) (canon lift (core func $module "two")))
  (func (export "other") (result u32) (canon lift (core func $module "two"))))
