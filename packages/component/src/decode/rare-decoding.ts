import type { Definition, ExternType } from '../ast.ts';
import type { ByteReader, RareDecoding } from './byte-reader.ts';
import { hex } from './hex.ts';
import { coreType } from './core-type-definitions.ts';
import { coreValType } from './core-types.ts';
import { nameAttributes } from './name-attributes.ts';
import { taskBuiltin } from './task-builtins.ts';
import { valType } from './types.ts';

/** Says what is wrong with the first eight bytes of something that is not a component, and at which of them. */
function preambleFault(head: Uint8Array): { readonly message: string; readonly at: number } {
  if (head.length === 0) {
    return { message: 'the input is empty; a component starts with the bytes `00 61 73 6d`', at: 0 };
  }
  if (head[0] !== 0x00 || head[1] !== 0x61 || head[2] !== 0x73 || head[3] !== 0x6d) {
    const isText = head[0] === 0x28 || head[0] === 0x3b;
    const message = isText
      ? 'the input is WebAssembly text, not a binary; assemble it first, for example with `wasm-tools parse`'
      : `not a WebAssembly binary: the input starts with \`${hexBytes(head.subarray(0, 4))}\``;
    return { message, at: 0 };
  }
  if (head.length < 8) return { message: 'the input ends in the middle of the preamble', at: 0 };
  const version = head[4]! | (head[5]! << 8);
  const layer = head[6]! | (head[7]! << 8);
  if (layer === 0) {
    return {
      message:
        'the input is a core module, not a component; make a component of it, for example with `wasm-tools component new` or `jco new`',
      at: 4,
    };
  }
  if (layer !== 1) {
    return { message: `unknown layer ${layer} in the preamble; components have layer 1`, at: 6 };
  }
  const which = version < 0x0d ? 'an older draft' : 'a newer one';
  return {
    message: `the component has version ${hex(version)} of the binary format, ${which}; only version 0x0d is supported`,
    at: 4,
  };
}

function hexBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

const sections = [
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

function start(reader: ByteReader): Definition {
  const offset = reader.position;
  const func = reader.u32();
  const args = reader.vec((inner) => inner.u32());
  return { tag: 'start', offset, func, args, results: reader.u32() };
}

function value(reader: ByteReader): Definition {
  const offset = reader.position;
  const type = valType(reader);
  return { tag: 'value', offset, type, bytes: reader.take(reader.u32()) };
}

function externType(reader: ByteReader, sort: 'core module' | 'value'): ExternType {
  if (sort === 'core module') return { tag: 'core-module', type: reader.u32() };
  return reader.flag('the bound of a value')
    ? { tag: 'value', bound: { tag: 'type', type: valType(reader) } }
    : { tag: 'value', bound: { tag: 'eq', value: reader.u32() } };
}

export const rareDecoding: RareDecoding = {
  failPreamble(reader, head) {
    const { message, at } = preambleFault(head);
    return reader.fail(message, reader.position + at);
  },
  sections,
  coreValType,
  coreType,
  start,
  value,
  externType,
  nameAttributes,
  taskBuiltin,
};
