import type { Type } from '@wit-ts/model';
import {
  discriminantSize,
  layoutOf,
  sequenceLayout,
  variantLayout,
  type CoreType,
} from '../layout/layout.ts';
import type { NumberType } from './readers.ts';
import type { Code } from './text.ts';
import type { Unit } from './unit.ts';
import { indexOf, viewOf, type ViewName, type Views } from './views.ts';

/** Where the code of lowering puts a value: into memory, or into core values. Expressions are checked before. */
export interface Writer {
  primitive(code: Code, type: NumberType, value: string): void;
  /** Flags, discriminants and handles. */
  bits(code: Code, size: 1 | 2 | 4, value: string): void;
  /** The address and the length of a string or list; `tag` is the bit that marks a length of utf16. */
  pointers(code: Code, ptr: string, length: string, tag?: string): void;
  members(types: readonly Type[]): Writer[];
  variant(
    code: Code,
    cases: readonly (Type | undefined)[],
  ): {
    readonly discriminant: (value: string) => void;
    readonly payload: (index: number) => Writer;
  };
}

export class MemoryWriter implements Writer {
  readonly unit: Unit;
  readonly views: Views;
  readonly ptr: string;
  readonly offset: number;

  constructor(unit: Unit, views: Views, ptr: string, offset: number) {
    this.unit = unit;
    this.views = views;
    this.ptr = ptr;
    this.offset = offset;
  }

  #put(code: Code, view: ViewName, value: string, offset = 0): void {
    code.line(
      `${this.views.get(view)}[${indexOf(this.unit, view, this.ptr, this.offset + offset)}] = ${value};`,
    );
  }

  primitive(code: Code, type: NumberType, value: string): void {
    this.#put(code, viewOf[type], value);
  }

  bits(code: Code, size: 1 | 2 | 4, value: string): void {
    this.#put(code, size === 1 ? 'u8' : size === 2 ? 'u16' : 'i32', value);
  }

  pointers(code: Code, ptr: string, length: string, tag?: string): void {
    if (this.unit.address === 'i32') {
      this.#put(code, 'u32', ptr);
      this.#put(code, 'u32', tag === undefined ? length : `${length} | ${tag}`, 4);
      return;
    }
    this.#put(code, 'u64', `BigInt(${ptr})`);
    this.#put(code, 'u64', tag === undefined ? `BigInt(${length})` : `BigInt(${length}) | ${tag}`, 8);
  }

  members(types: readonly Type[]): Writer[] {
    return sequenceLayout(types, this.unit.address).offsets.map((offset) => this.#moved(offset));
  }

  variant(
    code: Code,
    cases: readonly (Type | undefined)[],
  ): { discriminant: (value: string) => void; payload: () => Writer } {
    const { payload } = variantLayout(cases, this.unit.address);
    return {
      discriminant: (value) => this.bits(code, discriminantSize(cases.length), value),
      payload: () => this.#moved(payload),
    };
  }

  #moved(by: number): Writer {
    return new MemoryWriter(this.unit, this.views, this.ptr, this.offset + by);
  }
}

/** A core value to be: its type, and either the local that is assigned or, in the end, the expression. */
export interface Sink {
  readonly type: CoreType;
  local?: string;
  text?: string;
}

export class FlatWriter implements Writer {
  readonly unit: Unit;
  readonly sinks: readonly Sink[];

  constructor(unit: Unit, sinks: readonly Sink[]) {
    this.unit = unit;
    this.sinks = sinks;
  }

  primitive(code: Code, type: NumberType, value: string): void {
    const core = layoutOf(type, this.unit.address).flat![0]!;
    this.#put(code, 0, type === 'u32' ? `${value} | 0` : value, core);
  }

  bits(code: Code, _size: 1 | 2 | 4, value: string): void {
    this.#put(code, 0, value, 'i32');
  }

  pointers(code: Code, ptr: string, length: string, tag?: string): void {
    const wide = this.unit.address === 'i64';
    this.#put(code, 0, wide ? `BigInt(${ptr})` : ptr, this.unit.address);
    const count = wide ? `BigInt(${length})` : length;
    this.#put(code, 1, tag === undefined ? count : `${count} | ${tag}`, this.unit.address);
  }

  members(types: readonly Type[]): Writer[] {
    let at = 0;
    return types.map((type) => {
      const count = layoutOf(type, this.unit.address).flat!.length;
      const writer = new FlatWriter(this.unit, this.sinks.slice(at, at + count));
      at += count;
      return writer;
    });
  }

  variant(code: Code): { discriminant: (value: string) => void; payload: () => Writer } {
    for (const sink of this.sinks) {
      // Which case it is decides what is assigned; what the case leaves out stays zero.
      if (sink.local !== undefined) continue;
      sink.local = this.unit.name('x');
      code.line(`let ${sink.local} = ${sink.type === 'i64' ? '0n' : '0'};`);
    }
    return {
      discriminant: (value) => this.#put(code, 0, value, 'i32'),
      payload: () => new FlatWriter(this.unit, this.sinks.slice(1)),
    };
  }

  /** For values that are lowered elsewhere: each is of the core type that it has there. */
  put(code: Code, index: number, value: string, have: CoreType): void {
    this.#put(code, index, value, have);
  }

  #put(code: Code, index: number, value: string, have: CoreType): void {
    const sink = this.sinks[index]!;
    const text = have === sink.type ? value : this.#joined(value, have, sink.type);
    if (sink.local === undefined) sink.text = text;
    else code.line(`${sink.local} = ${text};`);
  }

  /** The coercions of `lower_flat_variant`. */
  #joined(value: string, have: CoreType, want: CoreType): string {
    if (have === 'f64') return `${this.unit.use('bitsOfF64')}(${value})`;
    const i32 = have === 'f32' ? `${this.unit.use('bitsOfF32')}(${value})` : value;
    return want === 'i32' ? i32 : `BigInt(${i32.includes(' ') ? `(${i32})` : i32} >>> 0)`;
  }
}

/** Empty sinks for flat types. */
export function sinksFor(types: readonly CoreType[]): Sink[] {
  return types.map((type) => ({ type }));
}

/** The core values, once everything is written. */
export function sinkValues(sinks: readonly Sink[]): string[] {
  return sinks.map((sink) => sink.local ?? sink.text!);
}
