import type { PrimitiveType, Type } from '@wit-ts/model';
import {
  discriminantSize,
  layoutOf,
  sequenceLayout,
  variantLayout,
  type CoreType,
} from '../layout/layout.ts';
import type { Unit } from './unit.ts';
import { indexOf, viewOf, type ViewName, type Views } from './views.ts';

export type NumberType = Exclude<PrimitiveType, 'string' | 'error-context'>;

/** Where the code of lifting finds a value: in memory, or in core values. Everything it gives is an expression. */
export interface Reader {
  /** A number, boolean or character code as JavaScript has it. */
  primitive(type: NumberType): string;
  /** Flags and handles. */
  bits(size: 1 | 2 | 4): string;
  /** The address and the length of a string or list; `raw` is the length before it was made a number. */
  pointers(): { readonly ptr: string; readonly length: string; readonly raw: string };
  members(types: readonly Type[]): Reader[];
  variant(cases: readonly (Type | undefined)[]): {
    readonly discriminant: string;
    readonly payload: (index: number) => Reader;
  };
}

export class MemoryReader implements Reader {
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

  #at(view: ViewName, offset = 0): string {
    return `${this.views.get(view)}[${indexOf(this.unit, view, this.ptr, this.offset + offset)}]`;
  }

  primitive(type: NumberType): string {
    const raw = this.#at(viewOf[type]);
    return type === 'bool' ? `${raw} !== 0` : raw;
  }

  bits(size: 1 | 2 | 4): string {
    return this.#at(size === 1 ? 'u8' : size === 2 ? 'u16' : 'u32');
  }

  pointers(): { ptr: string; length: string; raw: string } {
    if (this.unit.address === 'i32') {
      const length = this.#at('u32', 4);
      return { ptr: this.#at('u32'), length, raw: length };
    }
    const raw = this.#at('u64', 8);
    return { ptr: `Number(${this.#at('u64')})`, length: `Number(${raw})`, raw };
  }

  members(types: readonly Type[]): Reader[] {
    const { offsets } = sequenceLayout(types, this.unit.address);
    return offsets.map((offset) => this.#moved(offset));
  }

  variant(cases: readonly (Type | undefined)[]): { discriminant: string; payload: () => Reader } {
    const { payload } = variantLayout(cases, this.unit.address);
    return { discriminant: this.bits(discriminantSize(cases.length)), payload: () => this.#moved(payload) };
  }

  #moved(by: number): Reader {
    return new MemoryReader(this.unit, this.views, this.ptr, this.offset + by);
  }
}

/** A core value: an expression that may be used more than once, and the type of the slot it stands in. */
export interface Slot {
  readonly text: string;
  readonly type: CoreType;
}

export class FlatReader implements Reader {
  readonly unit: Unit;
  readonly slots: readonly Slot[];

  constructor(unit: Unit, slots: readonly Slot[]) {
    this.unit = unit;
    this.slots = slots;
  }

  primitive(type: NumberType): string {
    const slot = this.slots[0]!;
    switch (type) {
      case 'bool':
        return `${this.core(slot, 'i32')} !== 0`;
      case 'u8':
        return `${this.core(slot, 'i32')} & 255`;
      case 's8':
        return `${this.core(slot, 'i32')} << 24 >> 24`;
      case 'u16':
        return `${this.core(slot, 'i32')} & 65535`;
      case 's16':
        return `${this.core(slot, 'i32')} << 16 >> 16`;
      case 'u32':
      case 'char':
        return `${this.core(slot, 'i32')} >>> 0`;
      case 's32':
        return this.core(slot, 'i32');
      case 'u64':
        return `BigInt.asUintN(64, ${slot.text})`;
      case 's64':
        return slot.text;
      case 'f32':
      case 'f64':
        return this.core(slot, type);
    }
  }

  bits(): string {
    return `${this.core(this.slots[0]!, 'i32')} >>> 0`;
  }

  pointers(): { ptr: string; length: string; raw: string } {
    const [ptr, length] = this.slots as [Slot, Slot];
    const raw = this.unit.address === 'i32' ? this.core(length, 'i32') : length.text;
    return { ptr: this.#pointer(ptr), length: this.#pointer(length), raw };
  }

  #pointer(slot: Slot): string {
    if (this.unit.address === 'i64') return `Number(BigInt.asUintN(64, ${slot.text}))`;
    return `${this.core(slot, 'i32')} >>> 0`;
  }

  members(types: readonly Type[]): Reader[] {
    let at = 0;
    return types.map((type) => {
      const count = layoutOf(type, this.unit.address).flat!.length;
      const reader = new FlatReader(this.unit, this.slots.slice(at, at + count));
      at += count;
      return reader;
    });
  }

  variant(): { discriminant: string; payload: () => Reader } {
    return {
      discriminant: this.core(this.slots[0]!, 'i32'),
      payload: () => new FlatReader(this.unit, this.slots.slice(1)),
    };
  }

  /** `CoerceValueIter` of `lift_flat_variant`: what a case wants from a slot that is joined with others. */
  core(slot: Slot, want: CoreType): string {
    if (slot.type === want) return slot.text;
    const i32 = slot.type === 'i32' ? slot.text : `Number(BigInt.asIntN(32, ${slot.text}))`;
    if (want === 'i32') return i32;
    if (want === 'f32') return `${this.unit.use('f32FromBits')}(${i32})`;
    return `${this.unit.use('f64FromBits')}(${slot.text})`;
  }
}
