import type { PrimitiveType, Type } from '@wit-ts/model';
import { sharesOf, type CoreType } from '../layout/layout.ts';
import type { Unit } from './unit.ts';
import { pointer } from './views.ts';

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
    if (type === 'f32' || type === 'f64') return this.core(slot, type);
    if (type === 's64') return slot.text;
    if (type === 'u64') return `BigInt.asUintN(64, ${slot.text})`;
    return `${this.core(slot, 'i32')}${fromI32[type]}`;
  }

  bits(): string {
    return `${this.core(this.slots[0]!, 'i32')} >>> 0`;
  }

  pointers(): { ptr: string; length: string; raw: string } {
    const [ptr, length] = this.slots as [Slot, Slot];
    const raw = this.core(length, this.unit.address);
    return { ptr: this.#pointer(ptr), length: this.#pointer(length), raw };
  }

  #pointer(slot: Slot): string {
    return pointer(this.unit, this.core(slot, this.unit.address));
  }

  members(types: readonly Type[]): Reader[] {
    const shares = sharesOf(types, this.unit.address, this.slots);
    return shares.map((slots) => new FlatReader(this.unit, slots));
  }

  variant(): { discriminant: string; payload: () => Reader } {
    return {
      discriminant: this.core(this.slots[0]!, 'i32'),
      payload: () => new FlatReader(this.unit, this.slots.slice(1)),
    };
  }

  core(slot: Slot, want: CoreType): string {
    return coerced(this.unit, slot, want);
  }
}

/** `CoerceValueIter` of `lift_flat_variant`: what a case wants from a slot that is joined with others. */
export function coerced(unit: Unit, slot: Slot, want: CoreType): string {
  if (slot.type === want) return slot.text;
  const i32 = slot.type === 'i32' ? slot.text : `Number(BigInt.asIntN(32, ${slot.text}))`;
  if (want === 'i32') return i32;
  if (want === 'f32') return `${unit.use('f32FromBits')}(${i32})`;
  return `${unit.use('f64FromBits')}(${slot.text})`;
}

/** What makes a value of an i32: its upper bits may be anything. */
export const fromI32 = {
  bool: ' !== 0',
  u8: ' & 255',
  s8: ' << 24 >> 24',
  u16: ' & 65535',
  s16: ' << 16 >> 16',
  u32: ' >>> 0',
  s32: '',
  char: ' >>> 0',
} as const;
