import type { Type } from '@wit-ts/model';
import { layoutOf, sharesOf, type CoreType } from '../../layout/layout.ts';
import { coerced, fromI32, type NumberType, type Slot } from '../readers.ts';
import type { Code } from '../text.ts';
import type { Sink } from '../writers.ts';
import type { Party } from './party.ts';
import type { Source, Target } from './places.ts';

export class FlatSource implements Source {
  readonly party: Party;
  readonly slots: readonly Slot[];

  constructor(party: Party, slots: readonly Slot[]) {
    this.party = party;
    this.slots = slots;
  }

  number(type: NumberType): string {
    const slot = this.slots[0]!;
    if (type === 'f32' || type === 'f64') return this.core(slot, type);
    if (type === 'u64' || type === 's64') return slot.text;
    const i32 = this.core(slot, 'i32');
    if (type === 'bool') return `${i32} !== 0 ? 1 : 0`;
    // As core values those of 32 bits are what they are.
    return layoutOf(type, this.party.address).size === 4 ? i32 : `${i32}${fromI32[type]}`;
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
    return sharesOf(types, this.party.address, this.slots).map((slots) => new FlatSource(this.party, slots));
  }

  variant(): { discriminant: string; payload: () => FlatSource } {
    return {
      discriminant: this.core(this.slots[0]!, 'i32'),
      payload: () => new FlatSource(this.party, this.slots.slice(1)),
    };
  }

  core(slot: Slot, want: CoreType): string {
    return coerced(this.party.unit, slot, want);
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
    return sharesOf(types, this.party.address, this.sinks).map((sinks) => new FlatTarget(this.party, sinks));
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
