import { compile, type EngineChoice, instantiate } from '@wit-ts/runtime';
import { assembleCachedWat } from '../assemble-wat.ts';
import { shimHost } from './shim-imports.ts';

/**
 * Guests whose exports are the functions of an interface as a guest lowers them, and the concurrency built-ins, so that
 * a test calls them one by one. Parameters and results are flat: handles, addresses and numbers.
 */
export interface BuiltinsSource {
  /** The imports, and the types that `streams` and `futures` name. */
  readonly imports: string;
  /** Streams by the name of their type: `bytes` for `$bytes`. */
  readonly streams: readonly string[];
  readonly futures: readonly string[];
  /** Functions by the name of their export: what is lowered, and the number of its core parameters. */
  readonly functions: Readonly<
    Record<
      string,
      { readonly of: string; readonly params: number; readonly async?: true; readonly result?: true }
    >
  >;
}

const OPTIONS = '(memory $m) (realloc $realloc)';

function exported(name: string, core: string, params: number, result?: 'u32' | 'u64'): string {
  const list = Array.from({ length: params }, (_, at) => `(param "p${at}" u32)`).join(' ');
  const results = result === undefined ? '' : `(result ${result})`;
  return `(func (export "${name}") ${list} ${results} (canon lift (core func ${core})))`;
}

function builtin(name: string, canon: string, params: number, result?: 'u32' | 'u64'): string {
  return `(core func $${name} (canon ${canon}))\n${exported(name, `$${name}`, params, result)}`;
}

function ends(kind: 'stream' | 'future', type: string): readonly string[] {
  const copyParams = kind === 'stream' ? 3 : 2;
  return [
    builtin(`${type}-new`, `${kind}.new $${type}`, 0, 'u64'),
    builtin(`${type}-read`, `${kind}.read $${type} async ${OPTIONS}`, copyParams, 'u32'),
    builtin(`${type}-write`, `${kind}.write $${type} async ${OPTIONS}`, copyParams, 'u32'),
    builtin(`${type}-drop-readable`, `${kind}.drop-readable $${type}`, 1),
    builtin(`${type}-drop-writable`, `${kind}.drop-writable $${type}`, 1),
  ];
}

function builtinsText({ imports, streams, futures, functions }: BuiltinsSource): string {
  const lowered = Object.entries(functions).flatMap(([name, { of, params, async: isAsync, result }]) => [
    `(core func $lower-${name} (canon lower (func ${of}) ${isAsync ? 'async' : ''} ${OPTIONS}))`,
    exported(name, `$lower-${name}`, params, result ? 'u32' : undefined),
  ]);
  return `(component
  ${imports}
  (core module $Memory
    (memory (export "memory") 2)
    (global $next (mut i32) (i32.const 65536))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.get $next)
      (global.set $next (i32.and (i32.add (global.get $next) (i32.add (local.get 3) (i32.const 7))) (i32.const -8))))
    (func (export "peek") (param i32) (result i32) (i32.load (local.get 0)))
    (func (export "poke") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
    (func (export "text") (param i32 i32) (result i32) (local.get 0)))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "memory" (core memory $m))
  (alias core export $memory "realloc" (core func $realloc))
  (func (export "peek") (param "at" u32) (result u32) (canon lift (core func $memory "peek")))
  (func (export "poke") (param "at" u32) (param "value" u32) (canon lift (core func $memory "poke")))
  (func (export "text") (param "text" string) (result u32) (canon lift (core func $memory "text") ${OPTIONS}))
  ${streams.flatMap((type) => ends('stream', type)).join('\n')}
  ${futures.flatMap((type) => ends('future', type)).join('\n')}
  ${lowered.join('\n')}
  ${builtin('set-new', 'waitable-set.new', 0, 'u32')}
  ${builtin('poll', 'waitable-set.poll (memory $m)', 2, 'u32')}
  ${builtin('join', 'waitable.join', 2)}
  ${builtin('subtask-drop', 'subtask.drop', 1)})`;
}

const BLOCKED = 2 ** 32 - 1;

/** A guest of the shim. Addresses from 1024 to 65536 are free for the test. */
export class BuiltinsGuest {
  readonly #exports: Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  readonly #set: number;

  private constructor(exports: Readonly<Record<string, (...args: readonly unknown[]) => unknown>>) {
    this.#exports = exports;
    this.#set = this.call('setNew');
  }

  /** @param root the directory that the guest sees as `/` */
  static async made(source: BuiltinsSource, engine: EngineChoice, root?: string): Promise<BuiltinsGuest> {
    const { imports } = await shimHost({
      component: 'guest',
      world: 'command',
      args: [],
      env: {},
      proposals: [],
      ...(root === undefined ? {} : { root }),
    });
    const component = await compile(await assembleCachedWat(builtinsText(source)), { engine });
    return new BuiltinsGuest(await instantiate(component, imports));
  }

  call(name: string, ...args: readonly number[]): number {
    return Number(this.#exports[name]!(...args));
  }

  /** The readable and the writable end of a new stream or future. */
  ends(type: string): readonly [readable: number, writable: number] {
    const packed = BigInt(this.#exports[`${type}New`]!() as bigint);
    return [Number(packed & 0xffff_ffffn), Number(packed >> 32n)];
  }

  /** Puts a text into memory: its address and its length in bytes. */
  text(text: string): readonly [number, number] {
    return [Number(this.#exports['text']!(text)), new TextEncoder().encode(text).length];
  }

  byte(at: number): number {
    return this.call('peek', at) & 255;
  }

  /** Returns what a copy returned, or what its event says when it was blocked. */
  async copied(end: number, result: number): Promise<number> {
    return result === BLOCKED ? this.#event(end) : result;
  }

  /** Waits until a subtask has returned. */
  async returned(packed: number): Promise<void> {
    const subtask = packed >>> 4;
    for (let state = packed & 15; state !== 2;) state = await this.#event(subtask);
    if (subtask !== 0) this.call('subtaskDrop', subtask);
  }

  async #event(waitable: number): Promise<number> {
    this.call('join', waitable, this.#set);
    while (this.call('poll', this.#set, 1008) === 0) await new Promise((turn) => setTimeout(turn, 1));
    const [index, payload] = [this.call('peek', 1008), this.call('peek', 1012)];
    if (index !== waitable) throw new Error(`an event of ${index} instead of ${waitable}`);
    this.call('join', waitable, 0);
    return payload;
  }
}
