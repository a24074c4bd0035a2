import { type AnyType, TypeMaker } from './types.ts';

/**
 * Other components of a host: each has a record of its own, a resource, and functions over them. What the guest is given it
 * gives to the host, and what it gets back it returns.
 */

/** How many there are. */
export const companySize = 50;

export interface CompanyMember {
  readonly wit: string;
  readonly type: AnyType;
}

export function companyMember(index: number): CompanyMember {
  const maker = new TypeMaker(1000 + index);
  const type = maker.large();
  const name = type.wit;
  const wit = `
package company:member${index};
interface types {
  ${maker.definitions.join('\n  ')}
}
interface host {
  use types.{${name}};
  resource thing { read: func() -> u32; }
  pass: func(value: ${name}) -> ${name};
}
interface api {
  use types.{${name}};
  use host.{thing};
  resource object { constructor(start: u32); value: func() -> u32; }
  echo: func(value: ${name}) -> ${name};
  look: func(object: borrow<object>, thing: borrow<thing>) -> u32;
}
world member {
  import host;
  export api;
}`;
  return { wit, type };
}

/** The core module of one, as text. */
export function companyGuest(index: number): string {
  const host = `company:member${index}/host`;
  const api = `company:member${index}/api`;
  return `(module
  (import "${host}" "pass" (func $pass (param i32 i32)))
  (import "${host}" "[method]thing.read" (func $read (param i32) (result i32)))
  (import "${host}" "[resource-drop]thing" (func $drop (param i32)))
  (import "[export]${api}" "[resource-new]object" (func $new (param i32) (result i32)))
  (memory (export "memory") 16)
  (global $heap (mut i32) (i32.const 65536))
  (func (export "${api}#echo") (param $value i32) (result i32)
    (call $pass (local.get $value) (i32.const 1024))
    (i32.const 1024))
  (func (export "cabi_post_${api}#echo") (param i32)
    (global.set $heap (i32.const 65536)))
  (func (export "${api}#[constructor]object") (param i32) (result i32)
    (call $new (i32.add (local.get 0) (i32.const 1))))
  (func (export "${api}#[method]object.value") (param i32) (result i32)
    (local.get 0))
  (func (export "${api}#[dtor]object") (param i32))
  (func (export "${api}#look") (param $object i32) (param $thing i32) (result i32)
    (i32.add (local.get $object) (call $read (local.get $thing)))
    (call $drop (local.get $thing)))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (local $at i32)
    (local.set $at
      (i32.and
        (i32.add (global.get $heap) (i32.sub (local.get 2) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get 2))))
    (global.set $heap (i32.add (local.get $at) (local.get 3)))
    (memory.copy (local.get $at) (local.get 0)
      (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
    (local.get $at)))`;
}
