import type { Entry } from '../../../guests/async-guest.ts';
import { arrayOfLength, type GuestMemory } from '../guest-memory.ts';
import { moveText } from '../move-text.ts';

/** How the elements of a stream pass between the host and a memory, and between two memories. */
export interface HandWrittenElements<Chunk> {
  /** @param into where the host wants the elements; used only for bytes */
  lift(memory: GuestMemory, pointer: number, count: number, into?: Chunk): Chunk;
  move(from: GuestMemory, pointer: number, to: GuestMemory, target: number, count: number): void;
  readonly size: number;
}

export const bytesElements: HandWrittenElements<Uint8Array> = {
  size: 1,
  lift(memory, pointer, count, into) {
    const { u8 } = memory.refresh();
    if (into === undefined) return u8.slice(pointer, pointer + count);
    into.set(u8.subarray(pointer, pointer + count));
    return into.subarray(0, count);
  },
  move: (from, pointer, to, target, count) =>
    to.refresh().u8.set(from.refresh().u8.subarray(pointer, pointer + count), target),
};

const ENTRY_SIZE = 24;

export const entriesElements: HandWrittenElements<Entry[]> = {
  size: ENTRY_SIZE,
  lift(memory, pointer, count) {
    const { u64, u32, f64 } = memory.refresh();
    const lifted = arrayOfLength<Entry>(count);
    for (let i = 0, at = pointer; i < count; i++, at += ENTRY_SIZE) {
      lifted[i] = {
        id: u64[at >>> 3]!,
        name: memory.liftString(u32[(at >>> 2) + 2]!, u32[(at >>> 2) + 3]!),
        score: f64[(at >>> 3) + 2]!,
      };
    }
    return lifted;
  },
  move(from, pointer, to, target, count) {
    const source = from.refresh();
    for (let i = 0, s = pointer, t = target; i < count; i++, s += ENTRY_SIZE, t += ENTRY_SIZE) {
      const length = source.u32[(s >>> 2) + 3]!;
      const name = moveText(from, source.u32[(s >>> 2) + 2]!, length, to);
      const { u32, f64 } = to.refresh();
      u32[t >>> 2] = source.u32[s >>> 2]!;
      u32[(t >>> 2) + 1] = source.u32[(s >>> 2) + 1]!;
      u32[(t >>> 2) + 2] = name;
      u32[(t >>> 2) + 3] = length;
      f64[(t >>> 3) + 2] = source.f64[(s >>> 3) + 2]!;
    }
  },
};

export function lowerEntry(memory: GuestMemory, { id, name, score }: Entry, at: number): void {
  memory.lowerString(name);
  const { u64, u32, f64 } = memory.refresh();
  u64[at >>> 3] = id;
  u32[(at >>> 2) + 2] = memory.pointer;
  u32[(at >>> 2) + 3] = memory.length;
  f64[(at >>> 3) + 2] = score;
}
