import type { Random } from '../random.ts';
import { joinSections, splitSections, type Section } from './sections.ts';

/** Bytes that mean something special in LEB128, in opcodes, or in counts. */
const TELLING = [
  0x00, 0x01, 0x02, 0x0b, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x4e, 0x50, 0x60, 0x7f, 0x80, 0xc0, 0xff,
];
/** The largest number that a count can claim. */
const HUGE = [0xff, 0xff, 0xff, 0xff, 0x0f];

/**
 * Damages a binary: bits flipped, bytes replaced, put in, taken out, repeated, or all cut off. Half of the time it is done
 * within sections, or to whole sections, and their sizes are put right, so that the fault is met later than at once.
 */
export function mutateBytes(whole: Uint8Array, random: Random): Uint8Array {
  if (random.below(2) === 0) {
    const root = splitSections(whole);
    for (let left = 1 + random.below(3); left > 0; left -= 1) mutateSections(root, random);
    return joinSections(root);
  }
  let bytes = whole;
  for (let left = 1 + random.below(4); left > 0 && bytes.length > 0; left -= 1) bytes = step(bytes, random);
  return bytes;
}

function mutateSections(sections: Section[], random: Random): void {
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
      // One section may stand in several places.
      if (section.nested !== undefined) {
        const nested = [...section.nested];
        mutateSections(nested, random);
        sections[at] = { ...section, nested };
      } else if (section.content.length > 0) {
        sections[at] = { ...section, content: gentleStep(section.content, random) };
      }
  }
}

function step(bytes: Uint8Array, random: Random): Uint8Array {
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
      copy[at] = TELLING[random.below(TELLING.length)]!;
      return copy;
    }
    case 3:
      return spliced(bytes, at, 0, randomBytes(1 + random.below(8), random));
    case 4:
      return spliced(bytes, at, 1 + random.below(8), []);
    case 5:
      return spliced(bytes, at, random.below(2), HUGE);
    case 6: {
      const length = 1 + random.below(Math.min(64, bytes.length - at));
      return spliced(bytes, at, 0, bytes.subarray(at, at + length));
    }
    default:
      return bytes.subarray(0, at);
  }
}

/** Most bytes of a component are indices, opcodes and lengths: a small number in their place is understood, mostly. */
function gentleStep(bytes: Uint8Array, random: Random): Uint8Array {
  if (random.below(4) === 0) return step(bytes, random);
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
