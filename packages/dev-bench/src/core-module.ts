const coreModuleSection = 1;

/**
 * The first core module of a component, which in what wasm-tools makes is the guest itself. Glue by hand instantiates it
 * without the rest.
 */
export function firstCoreModule(component: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let at = 8;
  while (at < component.length) {
    const id = component[at];
    const size = unsignedLeb128(component, at + 1);
    if (id === coreModuleSection) return component.subarray(size.end, size.end + size.value);
    at = size.end + size.value;
  }
  throw new Error('The component has no core module.');
}

function unsignedLeb128(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  let at = start;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, end: at };
  }
}
