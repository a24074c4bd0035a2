;; Imports a component with prices, gives it the host's function, and sells by its prices.
(component
  (import "pricing"
    (component $pricing
      (import "stock" (func async (param "product" u32) (result u32)))
      (export "price" (func (param "product" u32) (result u32)))
      (export "available" (func async (param "product" u32) (result u32)))
      (export "reserved" (func async (param "product" u32) (result u32)))))
  (import "stock" (func $stock async (param "product" u32) (result u32)))
  (instance $prices (instantiate $pricing (with "stock" (func $stock))))
  (core func $price (canon lower (func $prices "price")))
  (core module $Module
    (import "" "price" (func $price (param i32) (result i32)))
    (func (export "total") (param $product i32) (param $count i32) (result i32)
      (i32.mul (call $price (local.get $product)) (local.get $count))))
  (core instance $module (instantiate $Module (with "" (instance (export "price" (func $price))))))
  (func (export "total") (param "product" u32) (param "count" u32) (result u32)
    (canon lift (core func $module "total")))
  (export "available" (func $prices "available"))
  (export "reserved" (func $prices "reserved")))
