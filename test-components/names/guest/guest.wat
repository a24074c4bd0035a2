(module
  (func (export "then") (result i32) (i32.const 0))
  (func (export "to-string") (result i32) (i32.const 1))
  (func (export "constructor") (result i32) (i32.const 2))
  (func (export "has-own-property") (result i32) (i32.const 3)))
