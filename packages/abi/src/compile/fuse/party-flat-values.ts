import { layoutOf } from '@wit-ts/model/layout';
import { FlatSlots, fromI32, type NumberType, type Slot } from '../readers.ts';
import type { Code } from '../source-text.ts';
import { FlatSinks, type Sink } from '../writers.ts';
import { lengthFrom } from '../views.ts';
import type { EmittedParty } from './emitted-party.ts';
import type { ValueSource, ValueTarget } from './party-stored-value.ts';

export class FlatSource extends FlatSlots<FlatSource> implements ValueSource {
  readonly party: EmittedParty;

  constructor(party: EmittedParty, slots: readonly Slot[]) {
    super(party.factory, party.address, slots);
    this.party = party;
  }

  protected override over(slots: readonly Slot[]): FlatSource {
    return new FlatSource(this.party, slots);
  }

  number(type: NumberType): string {
    const slot = this.slots[0]!;
    if (type === 'f32' || type === 'f64') return this.core(slot, type);
    if (type === 'u64' || type === 's64') return slot.text;
    const i32 = this.core(slot, 'i32');
    if (type === 'bool') return `${i32} !== 0 ? 1 : 0`;
    // As core values, 32-bit integers need no conversion.
    return layoutOf(type, this.address).size === 4 ? i32 : `${i32}${fromI32[type]}`;
  }

  bits(): string {
    return this.core(this.slots[0]!, 'i32');
  }

  pointers(): { ptr: string; length: string; raw: string } {
    const [ptr, length] = this.slots as [Slot, Slot];
    const raw = this.address === 'i32' ? this.core(length, 'i32') : length.text;
    const address = this.address === 'i32' ? this.core(ptr, 'i32') : ptr.text;
    return { ptr: this.party.pointer(address), length: lengthFrom(this.address, raw), raw };
  }
}

export class FlatTarget extends FlatSinks<FlatTarget> implements ValueTarget {
  readonly party: EmittedParty;

  constructor(party: EmittedParty, sinks: readonly Sink[]) {
    super(party.factory, party.address, sinks);
    this.party = party;
  }

  protected override over(sinks: readonly Sink[]): FlatTarget {
    return new FlatTarget(this.party, sinks);
  }

  put(code: Code, type: NumberType, value: string): void {
    this.putCore(code, 0, value, layoutOf(type, this.address).flat![0]!);
  }

  putPointers(code: Code, ptr: string, length: string, tag?: string): void {
    this.putPair(code, this.party.core(ptr), this.party.core(length), tag);
  }
}
