import type { Type } from '@wit-ts/model';
import { type AddressType, type FlatType, layoutOf, sharesOf } from '@wit-ts/model/layout';
import type { NumberType } from './readers.ts';
import type { Code } from './source-text.ts';
import type { FactorySource } from './factory-source.ts';

/**
 * Writes a value for emitted code that lowers it: into memory, or into core values. Expressions are checked before.
 */
export interface Writer {
  put(code: Code, type: NumberType, value: string): void;
  /** Writes flags, a discriminant or a handle. */
  putBits(code: Code, size: 1 | 2 | 4, value: string): void;
  /** Writes the address and the length of a string or list. `tag` is the bit that marks a length of utf16. */
  putPointers(code: Code, ptr: string, length: string, tag?: string): void;
  members(types: readonly Type[]): Writer[];
  putVariant(
    code: Code,
    cases: readonly (Type | undefined)[],
  ): {
    readonly discriminant: (value: string) => void;
    readonly payload: (index: number) => Writer;
  };
}

/**
 * A core value that is being made: its type, and either the local that is assigned or, at the end, the expression.
 */
export interface Sink {
  readonly type: FlatType;
  local: string | undefined;
  text: string | undefined;
}

/** Core values that emitted code makes: the common part for values of the host and of another component. */
export abstract class FlatSinks<Self> {
  readonly factory: FactorySource;
  readonly address: AddressType;
  readonly sinks: readonly Sink[];

  constructor(factory: FactorySource, address: AddressType, sinks: readonly Sink[]) {
    this.factory = factory;
    this.address = address;
    this.sinks = sinks;
  }

  /** Returns the same kind of writer over other sinks. */
  protected abstract over(sinks: readonly Sink[]): Self;

  putBits(code: Code, _size: 1 | 2 | 4, value: string): void {
    this.putCore(code, 0, value, 'i32');
  }

  members(types: readonly Type[]): Self[] {
    return sharesOf(types, this.address, this.sinks).map((sinks) => this.over(sinks));
  }

  putVariant(code: Code): { discriminant: (value: string) => void; payload: () => Self } {
    for (const sink of this.sinks) {
      // The case decides what is assigned; the slots that the case does not use stay zero.
      if (sink.local !== undefined) continue;
      sink.local = this.factory.name('x');
      code.line(`let ${sink.local} = ${sink.type === 'i64' ? '0n' : '0'};`);
    }
    return {
      discriminant: (value) => this.putCore(code, 0, value, 'i32'),
      payload: () => this.over(this.sinks.slice(1)),
    };
  }

  /** @param have the core type that the value has by itself */
  putCore(code: Code, index: number, value: string, have: FlatType): void {
    const sink = this.sinks[index]!;
    const text = have === sink.type ? value : this.#joined(value, have, sink.type);
    if (sink.local === undefined) sink.text = text;
    else code.line(`${sink.local} = ${text};`);
  }

  /** Writes an address and a length as core values. */
  protected putPair(code: Code, ptr: string, length: string, tag: string | undefined): void {
    this.putCore(code, 0, ptr, this.address);
    this.putCore(code, 1, tag === undefined ? length : `${length} | ${tag}`, this.address);
  }

  /** The coercions of `lower_flat_variant`. */
  #joined(value: string, have: FlatType, want: FlatType): string {
    if (have === 'f64') return `${this.factory.use('bitsOfF64')}(${value})`;
    const i32 = have === 'f32' ? `${this.factory.use('bitsOfF32')}(${value})` : value;
    return want === 'i32' ? i32 : `BigInt(${i32.includes(' ') ? `(${i32})` : i32} >>> 0)`;
  }
}

export class FlatWriter extends FlatSinks<FlatWriter> implements Writer {
  constructor(factory: FactorySource, sinks: readonly Sink[]) {
    super(factory, factory.address, sinks);
  }

  protected override over(sinks: readonly Sink[]): FlatWriter {
    return new FlatWriter(this.factory, sinks);
  }

  put(code: Code, type: NumberType, value: string): void {
    const core = layoutOf(type, this.address).flat![0]!;
    this.putCore(code, 0, type === 'u32' ? `${value} | 0` : value, core);
  }

  putPointers(code: Code, ptr: string, length: string, tag?: string): void {
    const wide = this.address === 'i64';
    this.putPair(code, wide ? `BigInt(${ptr})` : ptr, wide ? `BigInt(${length})` : length, tag);
  }
}

/** Makes empty sinks for flat types. */
export function sinksFor(types: readonly FlatType[]): Sink[] {
  return types.map((type) => ({ type, local: undefined, text: undefined }));
}

/** Returns the core values once everything is written. */
export function sinkValues(sinks: readonly Sink[]): string[] {
  return sinks.map((sink) => sink.local ?? sink.text!);
}
