import type { Type } from '@wit-ts/model';
import { discriminantSize, sequenceLayout, variantLayout } from '@wit-ts/model/layout';
import { MemoryLocation } from '../memory-location.ts';
import type { NumberType } from '../readers.ts';
import type { Code } from '../source-text.ts';
import { viewOf } from '../views.ts';
import type { EmittedParty, PartyViews } from './emitted-party.ts';

type Cases = readonly (Type | undefined)[];

/**
 * Reads a value of the other component for emitted code: from memory, or from core values. The results are
 * expressions of core values, which are made canonical.
 */
export interface ValueSource {
  readonly party: EmittedParty;
  number(type: NumberType): string;
  /** Returns the bits of flags, of a discriminant or of a handle. */
  bits(size: 1 | 2 | 4): string;
  /** Returns the address and the length of a string or list, as numbers. `raw` is the length as core wasm has it. */
  pointers(): { readonly ptr: string; readonly length: string; readonly raw: string };
  members(types: readonly Type[]): ValueSource[];
  variant(cases: Cases): { readonly discriminant: string; readonly payload: () => ValueSource };
}

/** Writes a value of the other component. */
export interface ValueTarget {
  readonly party: EmittedParty;
  put(code: Code, type: NumberType, value: string): void;
  putBits(code: Code, size: 1 | 2 | 4, value: string): void;
  /** @param tag the bit that marks a length of utf16 */
  putPointers(code: Code, ptr: string, length: string, tag?: string): void;
  members(types: readonly Type[]): ValueTarget[];
  putVariant(
    code: Code,
    cases: Cases,
  ): { readonly discriminant: (value: string) => void; readonly payload: () => ValueTarget };
}

export class PartyStoredValue extends MemoryLocation implements ValueSource, ValueTarget {
  readonly party: EmittedParty;
  readonly views: PartyViews;

  constructor(views: PartyViews, ptr: string, offset = 0) {
    super(views, ptr, offset);
    this.party = views.party;
    this.views = views;
  }

  number(type: NumberType): string {
    if (type === 'bool') return `${this.at('u8')} !== 0 ? 1 : 0`;
    if (type === 'u64') return this.at('i64');
    return this.at(viewOf[type]);
  }

  bits(size: 1 | 2 | 4): string {
    return this.at(size === 1 ? 'u8' : size === 2 ? 'u16' : 'i32');
  }

  members(types: readonly Type[]): PartyStoredValue[] {
    return sequenceLayout(types, this.party.address).offsets.map((offset) => this.moved(offset));
  }

  variant(cases: Cases): { discriminant: string; payload: () => PartyStoredValue } {
    const { payload } = variantLayout(cases, this.party.address);
    return { discriminant: this.bits(discriminantSize(cases.length)), payload: () => this.moved(payload) };
  }

  put(code: Code, type: NumberType, value: string): void {
    code.line(`${this.at(type === 'u64' ? 'i64' : viewOf[type])} = ${value};`);
  }

  putBits(code: Code, size: 1 | 2 | 4, value: string): void {
    code.line(`${this.bits(size)} = ${value};`);
  }

  putPointers(code: Code, ptr: string, length: string, tag?: string): void {
    if (this.party.address === 'i32') {
      code.line(`${this.at('u32')} = ${ptr};`);
      code.line(`${this.at('u32', 4)} = ${tag === undefined ? length : `${length} | ${tag}`};`);
      return;
    }
    code.line(`${this.at('u64')} = BigInt(${ptr});`);
    code.line(`${this.at('u64', 8)} = ${tag === undefined ? '' : `${tag} | `}BigInt(${length});`);
  }

  putVariant(
    code: Code,
    cases: Cases,
  ): { discriminant: (value: string) => void; payload: () => PartyStoredValue } {
    const size = discriminantSize(cases.length);
    const { payload } = variantLayout(cases, this.party.address);
    return {
      discriminant: (value) => this.putBits(code, size, value),
      payload: () => this.moved(payload),
    };
  }

  moved(by: number): PartyStoredValue {
    return new PartyStoredValue(this.views, this.ptr, this.offset + by);
  }
}
