import type { Component, CustomSection, Definition } from '../ast.ts';
import { canon } from './canon.ts';
import { coreType } from './core-types.ts';
import { coreInstance, instance } from './instances.ts';
import { externName, sort } from './names.ts';
import { hex, Reader } from './reader.ts';
import { alias, defType, externType, valType } from './types.ts';

/**
 * Decodes a component (`Binary.md`). Nothing is copied: core modules, custom sections and value definitions are views
 * into `bytes`. Indices are not resolved; `validate` does that.
 *
 * @throws DecodeError when the bytes are not a component, with the offset of the fault
 */
export function decode(bytes: Uint8Array | ArrayBuffer): Component {
  const reader = new Reader(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
  return component(reader);
}

function component(reader: Reader): Component {
  const offset = reader.position;
  preamble(reader);
  const definitions: Definition[] = [];
  const customSections: CustomSection[] = [];
  while (!reader.atEnd) section(reader, definitions, customSections);
  return { offset, definitions, customSections };
}

function preamble(reader: Reader): void {
  const start = reader.position;
  const head = reader.bytes.subarray(start, Math.min(start + 8, reader.end));
  if (head.length === 0) reader.fail('the input is empty; a component starts with the bytes `00 61 73 6d`');
  if (head[0] !== 0x00 || head[1] !== 0x61 || head[2] !== 0x73 || head[3] !== 0x6d) {
    const isText = head[0] === 0x28 || head[0] === 0x3b;
    reader.fail(
      isText
        ? 'the input is WebAssembly text, not a binary; assemble it first, for example with `wasm-tools parse`'
        : `not a WebAssembly binary: the input starts with \`${hexBytes(head.subarray(0, 4))}\``,
    );
  }
  if (head.length < 8) reader.fail('the input ends in the middle of the preamble');
  const version = head[4]! | (head[5]! << 8);
  const layer = head[6]! | (head[7]! << 8);
  if (layer === 0) {
    reader.fail(
      'the input is a core module, not a component; make a component of it, for example with `wasm-tools component new` or `jco new`',
      start + 4,
    );
  }
  if (layer !== 1) reader.fail(`unknown layer ${layer} in the preamble; components have layer 1`, start + 6);
  if (version !== 0x0d) {
    const which = version < 0x0d ? 'an older draft' : 'a newer one';
    reader.fail(
      `the component has version ${hex(version)} of the binary format, ${which}; only version 0x0d is supported`,
      start + 4,
    );
  }
  reader.position = start + 8;
}

const SECTION_NAMES = [
  'a custom section',
  'a core module',
  'a section of core instances',
  'a section of core types',
  'a nested component',
  'a section of instances',
  'a section of aliases',
  'a section of types',
  'a section of canonical definitions',
  'a start section',
  'a section of imports',
  'a section of exports',
  'a section of values',
];

function section(reader: Reader, definitions: Definition[], customSections: CustomSection[]): void {
  const start = reader.position;
  const id = reader.byte();
  const what = SECTION_NAMES[id] ?? reader.fail(`${hex(id)} is not the id of a component section`, start);
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
      case 9: {
        const func = reader.u32();
        const args = reader.vec((inner) => inner.u32());
        definitions.push({ tag: 'start', offset, func, args, results: reader.u32() });
        return;
      }
      default:
        reader.vec(() => definitions.push(definition(reader, id)));
    }
  });
}

function coreModule(reader: Reader): Uint8Array {
  const start = reader.position;
  const bytes = reader.take(reader.end - start);
  const isModule = MODULE_PREAMBLE.every((byte, i) => bytes[i] === byte);
  if (!isModule)
    reader.fail('an embedded core module does not start with the preamble of a core module', start);
  return bytes;
}

const MODULE_PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

function definition(reader: Reader, sectionId: number): Definition {
  const offset = reader.position;
  switch (sectionId) {
    case 2:
      return { tag: 'core-instance', offset, instance: coreInstance(reader) };
    case 3:
      return { tag: 'core-type', offset, type: coreType(reader) };
    case 5:
      return { tag: 'instance', offset, instance: instance(reader) };
    case 6:
      return { tag: 'alias', offset, alias: alias(reader) };
    case 7:
      return { tag: 'type', offset, type: defType(reader) };
    case 8:
      return { tag: 'canon', offset, canon: canon(reader) };
    case 10:
      return { tag: 'import', offset, name: externName(reader), type: externType(reader) };
    case 11: {
      const name = externName(reader);
      const of = sort(reader);
      const index = reader.u32();
      const type = reader.optional(externType);
      return { tag: 'export', offset, name, sort: of, index, ...(type === undefined ? {} : { type }) };
    }
    default: {
      const type = valType(reader);
      return { tag: 'value', offset, type, bytes: reader.take(reader.u32()) };
    }
  }
}

function hexBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
