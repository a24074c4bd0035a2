import type { Component, CustomSection, Definition } from '../ast.ts';
import { canon } from './canon.ts';
import { coreInstance, instance } from './instances.ts';
import { readExternName, sort } from './names.ts';
import { ByteReader } from './byte-reader.ts';
import { alias, defType, externType } from './types.ts';

/**
 * Decodes a component that has no rare definitions, as most have none. The message of an error is only the code of the
 * fault.
 */
export function decodeWith(bytes: Uint8Array): Component {
  return decodeFrom(new ByteReader(bytes));
}

/**
 * Decodes a component (`Binary.md`). Nothing is copied: core modules, custom sections and value definitions are views
 * into `bytes`. Indices are not resolved; `validate` does that.
 *
 * @param reader stands at the start of the component. A reader that does not know rare definitions refuses them, and
 * its errors neither name their section nor say what the bytes are instead of a component
 * @throws DecodeError when the bytes are not a component, with the offset of the fault
 */
export function decodeFrom(reader: ByteReader): Component {
  const component = (): Component => {
    const offset = reader.position;
    preamble(reader);
    const definitions: Definition[] = [];
    const customSections: CustomSection[] = [];
    while (!reader.atEnd) section(reader, component, definitions, customSections);
    return { offset, definitions, customSections };
  };
  return component();
}

/** Whether bytes start with a preamble: the magic number, a version, and the layer, 0 for core modules. */
function hasPreamble(bytes: Uint8Array, version: number, layer: number): boolean {
  return [0x00, 0x61, 0x73, 0x6d, version, 0x00, layer, 0x00].every((byte, i) => byte === bytes[i]);
}

function preamble(reader: ByteReader): void {
  const { position, end } = reader;
  const head = reader.bytes.subarray(position, Math.min(position + 8, end));
  if (!hasPreamble(head, 0x0d, 1)) {
    reader.rare?.failPreamble(reader, head);
    reader.fail('not a component');
  }
  reader.position = position + 8;
}

const LAST_SECTION = 12;

function section(
  reader: ByteReader,
  component: () => Component,
  definitions: Definition[],
  customSections: CustomSection[],
): void {
  const start = reader.position;
  const id = reader.byte();
  if (id > LAST_SECTION) reader.fault('unknown-section', start, id);
  const what = reader.rare?.sections[id] ?? 'a section';
  const size = reader.u32();
  reader.within(size, what, () => {
    const offset = reader.position;
    switch (id) {
      case 0:
        customSections.push({
          name: reader.name(),
          offset,
          bytes: reader.take(reader.end - reader.position),
        });
        return;
      case 1:
        definitions.push({ tag: 'core-module', offset, bytes: coreModule(reader) });
        return;
      case 4:
        definitions.push({ tag: 'component', offset, component: reader.nested(component) });
        return;
      case 9:
        definitions.push(reader.forRareDefinition().start(reader));
        return;
      default:
        reader.vec(() => definitions.push(definition(reader, id)));
    }
  });
}

function coreModule(reader: ByteReader): Uint8Array {
  const start = reader.position;
  const bytes = reader.take(reader.end - start);
  if (!hasPreamble(bytes, 0x01, 0)) reader.fault('no-module-preamble', start);
  return bytes;
}

function definition(reader: ByteReader, sectionId: number): Definition {
  const offset = reader.position;
  switch (sectionId) {
    case 2:
      return { tag: 'core-instance', offset, instance: coreInstance(reader) };
    case 3:
      return { tag: 'core-type', offset, type: reader.forRareDefinition().coreType(reader) };
    case 5:
      return { tag: 'instance', offset, instance: instance(reader) };
    case 6:
      return { tag: 'alias', offset, alias: alias(reader) };
    case 7:
      return { tag: 'type', offset, type: defType(reader) };
    case 8:
      return { tag: 'canon', offset, canon: canon(reader) };
    case 10:
      return { tag: 'import', offset, name: readExternName(reader), type: externType(reader) };
    case 11: {
      const name = readExternName(reader);
      const of = sort(reader);
      const index = reader.u32();
      const type = reader.optional(externType);
      return { tag: 'export', offset, name, sort: of, index, ...(type === undefined ? {} : { type }) };
    }
    default:
      return reader.forRareDefinition().value(reader);
  }
}
