import type { Type } from '@wit-ts/model';
import {
  discriminantSize,
  layoutOf,
  sequenceLayout,
  variantLayout,
  type CoreType,
} from '../../layout/layout.ts';
import type { NumberType, Slot } from '../readers.ts';
import type { Code } from '../text.ts';
import { viewOf, type ViewName } from '../views.ts';
import type { Sink } from '../writers.ts';
import type { Party, PartyViews } from './party.ts';

type Cases = readonly (Type | undefined)[];

/** Where a value comes from: a memory, or core values. What it gives are expressions of core values, made canonical. */
export interface Source {
  readonly party: Party;
  number(type: NumberType): string;
  /** Flags, discriminants and handles. */
  bits(size: 1 | 2 | 4): string;
  /** The address and the length of a string or list, as numbers; `raw` is the length as core wasm has it. */
  pointers(): { readonly ptr: string; readonly length: string; readonly raw: string };
  members(types: readonly Type[]): Source[];
  variant(cases: Cases): { readonly discriminant: string; readonly payload: () => Source };
}

/** Where a value goes. */
export interface Target {
  readonly party: Party;
  put(code: Code, type: NumberType, value: string): void;
  putBits(code: Code, size: 1 | 2 | 4, value: string): void;
  /** `tag` is the bit that marks a length of utf16. */
  putPointers(code: Code, ptr: string, length: string, tag?: string): void;
  members(types: readonly Type[]): Target[];
  putVariant(
    code: Code,
    cases: Cases,
  ): { readonly discriminant: (value: string) => void; readonly payload: () => Target };
}

const shifts: Readonly<Record<ViewName, number>> = {
  u8: 0,
  i8: 0,
  u16: 1,
  i16: 1,
  u32: 2,
  i32: 2,
  f32: 2,
  f64: 3,
  u64: 3,
  i64: 3,
};

export class MemoryPlace implements Source, Target {
  readonly party: Party;
  readonly views: PartyViews;
  readonly ptr: string;
  readonly offset: number;

  constructor(views: PartyViews, ptr: string, offset = 0) {
    this.party = views.party;
    this.views = views;
    this.ptr = ptr;
    this.offset = offset;
  }

  /** The address of the value. */
  get address(): string {
    return this.offset === 0 ? this.ptr : `${this.ptr} + ${this.offset}`;
  }

  /** The element of a view at the value, or some bytes behind its start. */
  at(view: ViewName, behind = 0): string {
    const offset = this.offset + behind;
    const at = offset === 0 ? this.ptr : `${this.ptr} + ${offset}`;
    const shift = shifts[view];
    if (shift === 0) return `${this.views.get(view)}[${at}]`;
    const operand = offset === 0 ? at : `(${at})`;
    // Addresses of a 64-bit memory may be beyond what a shift can take.
    const index = this.party.address === 'i32' ? `${operand} >>> ${shift}` : `${operand} / ${1 << shift}`;
    return `${this.views.get(view)}[${index}]`;
  }

  number(type: NumberType): string {
    if (type === 'bool') return `${this.at('u8')} !== 0 ? 1 : 0`;
    if (type === 'u64') return this.at('i64');
    return this.at(viewOf[type]);
  }

  bits(size: 1 | 2 | 4): string {
    return this.at(size === 1 ? 'u8' : size === 2 ? 'u16' : 'i32');
  }

  pointers(): { ptr: string; length: string; raw: string } {
    if (this.party.address === 'i32') {
      const length = this.at('u32', 4);
      return { ptr: this.at('u32'), length, raw: length };
    }
    const raw = this.at('u64', 8);
    return { ptr: `Number(${this.at('u64')})`, length: `Number(${raw})`, raw };
  }

  members(types: readonly Type[]): MemoryPlace[] {
    return sequenceLayout(types, this.party.address).offsets.map((offset) => this.moved(offset));
  }

  variant(cases: Cases): { discriminant: string; payload: () => MemoryPlace } {
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
  ): { discriminant: (value: string) => void; payload: () => MemoryPlace } {
    const size = discriminantSize(cases.length);
    const { payload } = variantLayout(cases, this.party.address);
    return {
      discriminant: (value) => this.putBits(code, size, value),
      payload: () => this.moved(payload),
    };
  }

  moved(by: number): MemoryPlace {
    return new MemoryPlace(this.views, this.ptr, this.offset + by);
  }
}

export class FlatSource implements Source {
  readonly party: Party;
  readonly slots: readonly Slot[];

  constructor(party: Party, slots: readonly Slot[]) {
    this.party = party;
    this.slots = slots;
  }

  number(type: NumberType): string {
    const slot = this.slots[0]!;
    switch (type) {
      case 'bool':
        return `${this.core(slot, 'i32')} !== 0 ? 1 : 0`;
      case 'u8':
        return `${this.core(slot, 'i32')} & 255`;
      case 's8':
        return `${this.core(slot, 'i32')} << 24 >> 24`;
      case 'u16':
        return `${this.core(slot, 'i32')} & 65535`;
      case 's16':
        return `${this.core(slot, 'i32')} << 16 >> 16`;
      case 'u64':
      case 's64':
        return slot.text;
      case 'f32':
      case 'f64':
        return this.core(slot, type);
      default:
        return this.core(slot, 'i32');
    }
  }

  bits(): string {
    return this.core(this.slots[0]!, 'i32');
  }

  pointers(): { ptr: string; length: string; raw: string } {
    const [ptr, length] = this.slots as [Slot, Slot];
    const raw = this.party.address === 'i32' ? this.core(length, 'i32') : length.text;
    return { ptr: this.#pointer(ptr), length: this.#pointer(length), raw };
  }

  #pointer(slot: Slot): string {
    return this.party.pointer(this.party.address === 'i64' ? slot.text : this.core(slot, 'i32'));
  }

  members(types: readonly Type[]): FlatSource[] {
    return shares(this.party, types, this.slots).map((slots) => new FlatSource(this.party, slots));
  }

  variant(): { discriminant: string; payload: () => FlatSource } {
    return {
      discriminant: this.core(this.slots[0]!, 'i32'),
      payload: () => new FlatSource(this.party, this.slots.slice(1)),
    };
  }

  /** `CoerceValueIter` of `lift_flat_variant`: what a case wants from a slot that is joined with others. */
  core(slot: Slot, want: CoreType): string {
    if (slot.type === want) return slot.text;
    const i32 = slot.type === 'i32' ? slot.text : `Number(BigInt.asIntN(32, ${slot.text}))`;
    if (want === 'i32') return i32;
    if (want === 'f32') return `${this.party.unit.use('f32FromBits')}(${i32})`;
    return `${this.party.unit.use('f64FromBits')}(${slot.text})`;
  }
}

export class FlatTarget implements Target {
  readonly party: Party;
  readonly sinks: readonly Sink[];

  constructor(party: Party, sinks: readonly Sink[]) {
    this.party = party;
    this.sinks = sinks;
  }

  put(code: Code, type: NumberType, value: string): void {
    this.putCore(code, 0, value, layoutOf(type, this.party.address).flat![0]!);
  }

  putBits(code: Code, _size: 1 | 2 | 4, value: string): void {
    this.putCore(code, 0, value, 'i32');
  }

  putPointers(code: Code, ptr: string, length: string, tag?: string): void {
    const { address } = this.party;
    this.putCore(code, 0, this.party.core(ptr), address);
    const count = this.party.core(length);
    this.putCore(code, 1, tag === undefined ? count : `${count} | ${tag}`, address);
  }

  members(types: readonly Type[]): FlatTarget[] {
    return shares(this.party, types, this.sinks).map((sinks) => new FlatTarget(this.party, sinks));
  }

  putVariant(code: Code): { discriminant: (value: string) => void; payload: () => FlatTarget } {
    for (const sink of this.sinks) {
      // Which case it is decides what is assigned; what the case leaves out stays zero.
      if (sink.local !== undefined) continue;
      sink.local = this.party.unit.name('x');
      code.line(`let ${sink.local} = ${sink.type === 'i64' ? '0n' : '0'};`);
    }
    return {
      discriminant: (value) => this.putCore(code, 0, value, 'i32'),
      payload: () => new FlatTarget(this.party, this.sinks.slice(1)),
    };
  }

  /** With the coercions of `lower_flat_variant`. */
  putCore(code: Code, index: number, value: string, have: CoreType): void {
    const sink = this.sinks[index]!;
    const text = have === sink.type ? value : this.#joined(value, have, sink.type);
    if (sink.local === undefined) sink.text = text;
    else code.line(`${sink.local} = ${text};`);
  }

  #joined(value: string, have: CoreType, want: CoreType): string {
    if (have === 'f64') return `${this.party.unit.use('bitsOfF64')}(${value})`;
    const i32 = have === 'f32' ? `${this.party.unit.use('bitsOfF32')}(${value})` : value;
    return want === 'i32' ? i32 : `BigInt((${i32}) >>> 0)`;
  }
}

/** The core values of each member. */
function shares<T>(party: Party, types: readonly Type[], all: readonly T[]): T[][] {
  let at = 0;
  return types.map((type) => {
    const count = layoutOf(type, party.address).flat!.length;
    const own = all.slice(at, at + count);
    at += count;
    return own;
  });
}
