/** A section of a component; of a nested component its sections. */
export interface Section {
  readonly id: number;
  readonly content: Uint8Array;
  readonly nested?: Section[];
}

const PREAMBLE = 8;
const NESTED_COMPONENT = 4;

/** The sections of a valid component. */
export function splitSections(bytes: Uint8Array): Section[] {
  const sections: Section[] = [];
  let at = PREAMBLE;
  while (at < bytes.length) {
    const id = bytes[at]!;
    let size = 0;
    at += 1;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at] ?? 0;
      at += 1;
      size += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    const content = bytes.subarray(at, at + size);
    sections.push({ id, content, ...(id === NESTED_COMPONENT ? { nested: splitSections(content) } : {}) });
    at += size;
  }
  return sections;
}

/** A component of sections, whose sizes are written as they are. */
export function joinSections(sections: readonly Section[]): Uint8Array {
  const parts = sections.map(({ id, content, nested }) => {
    const body = nested === undefined ? content : joinSections(nested);
    return { head: [id, ...leb(body.length)], body };
  });
  const length = parts.reduce((sum, { head, body }) => sum + head.length + body.length, PREAMBLE);
  const bytes = new Uint8Array(length);
  bytes.set([0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]);
  let at = PREAMBLE;
  for (const { head, body } of parts) {
    bytes.set(head, at);
    bytes.set(body, at + head.length);
    at += head.length + body.length;
  }
  return bytes;
}

function leb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}
