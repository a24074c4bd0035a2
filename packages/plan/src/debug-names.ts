import type { Component } from '@wit-ts/component';

const utf8 = new TextDecoder();

const SORT_NAMES = 1;
const INSTANCE = 5;

/**
 * Returns the names of a component's instances, by index (`Binary.md`, "Name Section"). They are for messages only,
 * so missing and faulty ones are left out.
 */
export function instanceNames(component: Component): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const section = component.customSections.find(({ name }) => name === 'component-name');
  if (section !== undefined) readNames(section.bytes, names);
  return names;
}

function readNames(bytes: Uint8Array, names: Map<number, string>): void {
  let at = 0;
  const u32 = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const id = bytes[at++];
    const size = u32();
    const end = at + size;
    if (id === SORT_NAMES && bytes[at++] === INSTANCE) {
      for (let count = u32(); count > 0 && at < Math.min(end, bytes.length); count -= 1) {
        const index = u32();
        const length = u32();
        names.set(index, utf8.decode(bytes.subarray(at, at + length)));
        at += length;
      }
    }
    at = end;
  }
}
