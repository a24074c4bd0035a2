import type { CoreSort, ExternName, Sort } from '../ast.ts';
import type { ByteReader } from './byte-reader.ts';

const CORE_SORTS: readonly CoreSort[] = ['func', 'table', 'memory', 'global', 'tag'];
/** The core sorts with the opcodes from 0x10. */
const CORE_DEFINITIONS: readonly CoreSort[] = ['type', 'module', 'instance'];
const SORTS: readonly Sort[] = ['func', 'value', 'type', 'component', 'instance'];

export function coreSort(reader: ByteReader): CoreSort {
  const opcode = reader.byte();
  return (
    CORE_SORTS[opcode] ??
    CORE_DEFINITIONS[opcode - 0x10] ??
    reader.fault('unknown-core-sort', reader.position - 1, opcode)
  );
}

export function sort(reader: ByteReader): Sort {
  const opcode = reader.byte();
  if (opcode === 0x00) return `core ${coreSort(reader)}`;
  return SORTS[opcode - 1] ?? reader.fault('unknown-sort', reader.position - 1, opcode);
}

/** `nameattributes` (`Binary.md`, "Import and Export Definitions"). */
export function readExternName(reader: ByteReader): ExternName {
  const start = reader.position;
  const form = reader.byte();
  if (form > 0x02) reader.fault('unknown-name-form', start, form);
  const name = reader.name();
  if (form < 0x02) return { name };
  return { name, ...reader.forRareDefinition().nameAttributes(reader) };
}
