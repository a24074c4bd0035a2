import { encodeSection, wasmSections } from '@wit-ts/dev-support/wasm-sections';

/** A section of a component. A section that contains a nested component also has the nested component's sections. */
export interface ComponentSection {
  readonly id: number;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly nested?: ComponentSection[];
}

const COMPONENT_PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00];

/** The ids of the sections that the studies use (`Binary.md`). */
export const COMPONENT_SECTION = { coreModule: 1, component: 4, instance: 5, type: 7, import: 10 } as const;

/** Returns the sections of a valid component. */
export function splitSections(bytes: Uint8Array<ArrayBuffer>): ComponentSection[] {
  return wasmSections(bytes).map((section) =>
    section.id === COMPONENT_SECTION.component
      ? { ...section, nested: splitSections(section.content) }
      : section,
  );
}

/** Returns a component with the given sections. Their sizes are right, but their contents are not checked. */
export function joinSections(sections: readonly ComponentSection[]): Uint8Array<ArrayBuffer> {
  return componentOfSections(
    sections.map(({ id, content, nested }) =>
      encodeSection(id, nested === undefined ? content : joinSections(nested)),
    ),
  );
}

/** Returns a component with the given sections, which are encoded already. */
export function componentOfSections(encoded: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const parts = [Uint8Array.from(COMPONENT_PREAMBLE), ...encoded];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
