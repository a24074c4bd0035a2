import { ownProperties } from '@wit-ts/model';
import type { Canon, CanonOptions } from '../ast.ts';
import type { ByteReader } from './byte-reader.ts';

/** `canon` (`Binary.md`, "Canonical Definitions"); the built-ins of tasks are in `task-builtins.ts`. */
export function canon(reader: ByteReader): Canon {
  const start = reader.position;
  const opcode = reader.byte();
  switch (opcode) {
    case 0x00:
      reader.expect(0x00, 'for the sort `func`');
      return { tag: 'lift', coreFunc: reader.u32(), options: canonOptions(reader), type: reader.u32() };
    case 0x01:
      reader.expect(0x00, 'for the sort `func`');
      return { tag: 'lower', func: reader.u32(), options: canonOptions(reader) };
    case 0x02:
      return { tag: 'resource.new', resource: reader.u32() };
    case 0x03:
      return { tag: 'resource.drop', resource: reader.u32() };
    case 0x04:
      return { tag: 'resource.rep', resource: reader.u32() };
    default:
      return (
        reader.forRareDefinition().taskBuiltin(reader, opcode) ?? reader.fault('unknown-canon', start, opcode)
      );
  }
}

const STRING_ENCODINGS = ['utf8', 'utf16', 'latin1+utf16'] as const;
const ASYNC = 0x06;
/** The options that have an index, by opcode. */
const INDEXED_OPTIONS: Readonly<Record<number, string>> = {
  0x03: 'memory',
  0x04: 'realloc',
  0x05: 'postReturn',
  0x07: 'callback',
};

/** `opts`. */
export function canonOptions(reader: ByteReader): CanonOptions {
  const names: string[] = [];
  const indices = new Map<string, number>();
  let stringEncoding: CanonOptions['stringEncoding'] = 'utf8';
  let async = false;
  const isFirst = (name: string): boolean => names.push(name) - 1 === names.indexOf(name);
  reader.vec(() => {
    const start = reader.position;
    const opcode = reader.byte();
    const encoding = STRING_ENCODINGS[opcode];
    const name = INDEXED_OPTIONS[opcode];
    if (encoding !== undefined) {
      if (isFirst('string-encoding')) stringEncoding = encoding;
    } else if (name !== undefined) {
      const index = reader.u32();
      if (isFirst(name)) indices.set(name, index);
    } else if (opcode === ASYNC) {
      if (isFirst('async')) async = true;
    } else reader.fault('unknown-option', start, opcode);
  });
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  return ownProperties({
    stringEncoding,
    memory: indices.get('memory'),
    realloc: indices.get('realloc'),
    postReturn: indices.get('postReturn'),
    async,
    callback: indices.get('callback'),
    repeated: repeated.length === 0 ? undefined : repeated,
  });
}
