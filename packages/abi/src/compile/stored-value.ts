import type { Type } from '@wit-ts/model';
import { discriminantSize, sequenceLayout, variantLayout } from '@wit-ts/model/layout';
import { MemoryLocation } from './memory-location.ts';
import type { NumberType, ValueReader } from './readers.ts';
import type { Code } from './source-text.ts';
import { viewOf, type Views } from './views.ts';
import type { Writer } from './writers.ts';

type Cases = readonly (Type | undefined)[];

/** A value in memory that emitted code loads for the host, or stores from a host value. */
export class StoredValue extends MemoryLocation implements ValueReader, Writer {
  readonly #views: Views;

  constructor(views: Views, ptr: string, offset = 0) {
    super(views, ptr, offset);
    this.#views = views;
  }

  primitive(type: NumberType): string {
    const raw = this.at(viewOf[type]);
    return type === 'bool' ? `${raw} !== 0` : raw;
  }

  put(code: Code, type: NumberType, value: string): void {
    code.line(`${this.at(viewOf[type])} = ${value};`);
  }

  bits(size: 1 | 2 | 4): string {
    return this.at(size === 1 ? 'u8' : size === 2 ? 'u16' : 'u32');
  }

  putBits(code: Code, size: 1 | 2 | 4, value: string): void {
    code.line(`${this.at(size === 1 ? 'u8' : size === 2 ? 'u16' : 'i32')} = ${value};`);
  }

  putPointers(code: Code, ptr: string, length: string, tag?: string): void {
    const wide = this.#views.address === 'i64';
    const view = wide ? 'u64' : 'u32';
    const [first, count] = [ptr, length].map((number) => (wide ? `BigInt(${number})` : number));
    code.line(`${this.at(view)} = ${first};`);
    code.line(`${this.at(view, wide ? 8 : 4)} = ${tag === undefined ? count : `${count} | ${tag}`};`);
  }

  members(types: readonly Type[]): StoredValue[] {
    return sequenceLayout(types, this.#views.address).offsets.map((offset) => this.#moved(offset));
  }

  variant(cases: Cases): { discriminant: string; payload: () => StoredValue } {
    return { discriminant: this.bits(discriminantSize(cases.length)), payload: () => this.#payload(cases) };
  }

  putVariant(
    code: Code,
    cases: Cases,
  ): { discriminant: (value: string) => void; payload: () => StoredValue } {
    return {
      discriminant: (value) => this.putBits(code, discriminantSize(cases.length), value),
      payload: () => this.#payload(cases),
    };
  }

  #payload(cases: Cases): StoredValue {
    return this.#moved(variantLayout(cases, this.#views.address).payload);
  }

  #moved(by: number): StoredValue {
    return new StoredValue(this.#views, this.ptr, this.offset + by);
  }
}
