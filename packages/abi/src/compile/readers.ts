import type { PrimitiveType, Type } from '@wit-ts/model';
import { type AddressType, type FlatType, sharesOf } from '@wit-ts/model/layout';
import type { FactorySource } from './factory-source.ts';
import { lengthFrom, pointer } from './views.ts';

export type NumberType = Exclude<PrimitiveType, 'string' | 'error-context'>;

/** Reads a value for emitted code that lifts it: from memory, or from core values. All results are expressions. */
export interface ValueReader {
  /** Returns a number, boolean or character code as JavaScript has it. */
  primitive(type: NumberType): string;
  /** Returns the bits of flags or of a handle. */
  bits(size: 1 | 2 | 4): string;
  /**
   * Returns the address and the length of a string or list. `raw` is the length before it is converted to a number.
   */
  pointers(): { readonly ptr: string; readonly length: string; readonly raw: string };
  members(types: readonly Type[]): ValueReader[];
  variant(cases: readonly (Type | undefined)[]): {
    readonly discriminant: string;
    readonly payload: (index: number) => ValueReader;
  };
}

/** A core value: an expression that may be used more than once, and the type of its slot. */
export interface Slot {
  readonly text: string;
  readonly type: FlatType;
}

/** Core values that emitted code reads: the common part for values of the host and of another component. */
export abstract class FlatSlots<Self> {
  readonly factory: FactorySource;
  readonly address: AddressType;
  readonly slots: readonly Slot[];

  constructor(factory: FactorySource, address: AddressType, slots: readonly Slot[]) {
    this.factory = factory;
    this.address = address;
    this.slots = slots;
  }

  /** Returns the same kind of reader over other slots. */
  protected abstract over(slots: readonly Slot[]): Self;

  members(types: readonly Type[]): Self[] {
    return sharesOf(types, this.address, this.slots).map((slots) => this.over(slots));
  }

  variant(): { discriminant: string; payload: () => Self } {
    return {
      discriminant: this.core(this.slots[0]!, 'i32'),
      payload: () => this.over(this.slots.slice(1)),
    };
  }

  core(slot: Slot, want: FlatType): string {
    return coerced(this.factory, slot, want);
  }
}

export class FlatReader extends FlatSlots<FlatReader> implements ValueReader {
  constructor(factory: FactorySource, slots: readonly Slot[]) {
    super(factory, factory.address, slots);
  }

  protected override over(slots: readonly Slot[]): FlatReader {
    return new FlatReader(this.factory, slots);
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
    const raw = this.core(length, this.address);
    return {
      ptr: pointer(this.factory, this.core(ptr, this.address)),
      length: lengthFrom(this.address, raw),
      raw,
    };
  }
}

/** `CoerceValueIter` of `lift_flat_variant`: converts a joined slot to the type that a case wants. */
function coerced(factory: FactorySource, slot: Slot, want: FlatType): string {
  if (slot.type === want) return slot.text;
  const i32 = slot.type === 'i32' ? slot.text : `Number(BigInt.asIntN(32, ${slot.text}))`;
  if (want === 'i32') return i32;
  if (want === 'f32') return `${factory.use('f32FromBits')}(${i32})`;
  return `${factory.use('f64FromBits')}(${slot.text})`;
}

/** The operators that make a value of an i32, whose upper bits may be anything. */
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
