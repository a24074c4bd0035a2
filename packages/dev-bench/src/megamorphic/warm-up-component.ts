import { type RandomType, RandomTypeMaker } from './random-type.ts';

/**
 * The components that `--megamorphic` uses before it measures. Each has its own record type, a resource, and functions
 * over them. The guest passes its argument on to the host and returns what the host returns.
 */

/** How many different components there are. */
export const WARM_UP_COMPONENTS = 50;

/** The WIT of a component, and the type that its functions take. */
interface WarmUpContract {
  readonly wit: string;
  readonly type: RandomType;
}

/** Returns the contract of a component; the same index gives the same contract. */
export function warmUpContract(index: number): WarmUpContract {
  const maker = new RandomTypeMaker(1000 + index);
  const type = maker.largeRecord();
  const name = type.wit;
  const wit = `
package warm-up:component${index};
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
world component {
  import host;
  export api;
}`;
  return { wit, type };
}

/** Returns the core module of a component as WebAssembly text. */
export function warmUpCoreModule(index: number): string {
  const host = `warm-up:component${index}/host`;
  const api = `warm-up:component${index}/api`;
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
