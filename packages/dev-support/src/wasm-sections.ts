/** A section of a core module or a component. */
export interface WasmSection {
  readonly id: number;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** Bytes before the first section: magic number, version and layer. */
const PREAMBLE_LENGTH = 8;

/** Returns the sections of a valid core module or component, in order. */
export function wasmSections(bytes: Uint8Array<ArrayBuffer>): WasmSection[] {
  const sections: WasmSection[] = [];
  let at = PREAMBLE_LENGTH;
  while (at < bytes.length) {
    const id = bytes[at]!;
    const size = readUnsignedLeb128(bytes, at + 1);
    const end = size.end + size.value;
    sections.push({ id, content: bytes.subarray(size.end, end) });
    at = end;
  }
  return sections;
}

/** Returns a section with the size of its content in front. */
export function encodeSection(id: number, content: Uint8Array | readonly number[]): Uint8Array<ArrayBuffer> {
  const head = [id, ...unsignedLeb128(content.length)];
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  return bytes;
}

/** Reads an unsigned LEB128 number; `end` is the offset of the byte after it. */
export function readUnsignedLeb128(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  let at = start;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, end: at };
  }
}

/** Returns the shortest unsigned LEB128 form of a number. */
export function unsignedLeb128(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 0x80);
  }
}
