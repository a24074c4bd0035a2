import type { Random } from '@wit-ts/dev-support/random';
import { type ComponentSection, joinSections, splitSections } from './component-sections.ts';

/** Bytes that have a special meaning in LEB128 numbers, opcodes or counts. */
const SPECIAL_BYTES = [
  0x00, 0x01, 0x02, 0x0b, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x4e, 0x50, 0x60, 0x7f, 0x80, 0xc0, 0xff,
];
/** The largest count, as LEB128. */
const LARGEST_COUNT = [0xff, 0xff, 0xff, 0xff, 0x0f];

/**
 * Damages a binary: flips bits; replaces, inserts, removes or repeats bytes; or cuts off the end. Half of the time it
 * changes the contents of sections or moves whole sections, and corrects the sizes, so that a decoder finds the damage
 * later.
 */
export function mutateBytes(whole: Uint8Array<ArrayBuffer>, random: Random): Uint8Array {
  if (random.below(2) === 0) {
    const root = splitSections(whole);
    for (let left = 1 + random.below(3); left > 0; left -= 1) mutateSections(root, random);
    return joinSections(root);
  }
  let bytes: Uint8Array = whole;
  for (let left = 1 + random.below(4); left > 0 && bytes.length > 0; left -= 1)
    bytes = mutateOnce(bytes, random);
  return bytes;
}

function mutateSections(sections: ComponentSection[], random: Random): void {
  if (sections.length === 0) return;
  const at = random.below(sections.length);
  const section = sections[at]!;
  switch (random.below(12)) {
    case 0:
      sections.splice(at, 1);
      return;
    case 1:
      sections.splice(random.below(sections.length), 0, section);
      return;
    case 2: {
      const other = random.below(sections.length);
      [sections[at], sections[other]] = [sections[other]!, section];
      return;
    }
    default:
      // The same section object may occur several times, so it is copied before it is changed.
      if (section.nested !== undefined) {
        const nested = [...section.nested];
        mutateSections(nested, random);
        sections[at] = { ...section, nested };
      } else if (section.content.length > 0) {
        sections[at] = { ...section, content: new Uint8Array(replaceBySmallNumber(section.content, random)) };
      }
  }
}

function mutateOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length);
  switch (random.below(8)) {
    case 0:
    case 1: {
      const copy = bytes.slice();
      copy[at]! ^= 1 << random.below(8);
      return copy;
    }
    case 2: {
      const copy = bytes.slice();
      copy[at] = random.pick(SPECIAL_BYTES);
      return copy;
    }
    case 3:
      return spliced(bytes, at, 0, randomBytes(1 + random.below(8), random));
    case 4:
      return spliced(bytes, at, 1 + random.below(8), []);
    case 5:
      return spliced(bytes, at, random.below(2), LARGEST_COUNT);
    case 6: {
      const length = 1 + random.below(Math.min(64, bytes.length - at));
      return spliced(bytes, at, 0, bytes.subarray(at, at + length));
    }
    default:
      return bytes.subarray(0, at);
  }
}

/**
 * Most bytes of a component are indices, opcodes and lengths. A small number in their place often has a valid meaning.
 */
function replaceBySmallNumber(bytes: Uint8Array, random: Random): Uint8Array {
  if (random.below(4) === 0) return mutateOnce(bytes, random);
  const copy = bytes.slice();
  copy[random.below(bytes.length)] = random.below(12);
  return copy;
}

function spliced(bytes: Uint8Array, at: number, remove: number, insert: ArrayLike<number>): Uint8Array {
  const rest = bytes.subarray(Math.min(bytes.length, at + remove));
  const made = new Uint8Array(at + insert.length + rest.length);
  made.set(bytes.subarray(0, at));
  made.set(insert, at);
  made.set(rest, at + insert.length);
  return made;
}

function randomBytes(count: number, random: Random): number[] {
  return Array.from({ length: count }, () => random.below(256));
}
