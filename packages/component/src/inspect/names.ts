import type { Component, Sort } from '../ast.ts';
import { DecodeError } from '../decode-error.ts';
import { sort as readSort } from '../decode/names.ts';
import { ByteReader } from '../decode/byte-reader.ts';

/** The names of a component and of its definitions in its source text. */
export interface ComponentNames {
  readonly name?: string;
  readonly of: (sort: Sort, index: number) => string | undefined;
}

const COMPONENT_NAME = 0;
const SORT_NAMES = 1;

/**
 * Reads the custom section `component-name` (`Binary.md`, "Name Section"). Names are only for people, so missing and
 * broken names are left out.
 */
export function readNames(component: Component): ComponentNames {
  const section = component.customSections.find(({ name }) => name === 'component-name');
  const names = new Map<string, string>();
  const own: { name?: string } = {};
  if (section !== undefined) {
    try {
      read(new ByteReader(section.bytes), own, names);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
    }
  }
  return { ...own, of: (sort, index) => names.get(`${sort} ${index}`) };
}

function read(reader: ByteReader, own: { name?: string }, names: Map<string, string>): void {
  while (!reader.atEnd) {
    const id = reader.byte();
    reader.within(reader.u32(), 'a subsection of names', () => {
      if (id === COMPONENT_NAME) own.name = reader.name();
      else if (id === SORT_NAMES) {
        const sort = readSort(reader);
        reader.vec(() => names.set(`${sort} ${reader.u32()}`, reader.name()));
      } else reader.take(reader.end - reader.position);
    });
  }
}
