import type { CoreInstance, Instance } from '../ast.ts';
import { coreSort, readExternName, sort } from './names.ts';
import type { ByteReader } from './byte-reader.ts';

export function coreInstance(reader: ByteReader): CoreInstance {
  const form = reader.byte();
  if (form === 0x00) return { tag: 'instantiate', module: reader.u32(), args: reader.vec(coreArgument) };
  if (form !== 0x01) reader.fault('unknown-core-instance', reader.position - 1, form);
  const exports = reader.vec(() => ({ name: reader.name(), sort: coreSort(reader), index: reader.u32() }));
  return { tag: 'exports', exports };
}

function coreArgument(reader: ByteReader): { name: string; instance: number } {
  const name = reader.name();
  reader.expect(0x12, 'for the sort `instance`');
  return { name, instance: reader.u32() };
}

export function instance(reader: ByteReader): Instance {
  const form = reader.byte();
  if (form > 0x01) reader.fault('unknown-instance', reader.position - 1, form);
  if (form === 0x00) {
    const component = reader.u32();
    const args = reader.vec(() => ({ name: reader.name(), sort: sort(reader), index: reader.u32() }));
    return { tag: 'instantiate', component, args };
  }
  const exports = reader.vec(() => ({
    name: readExternName(reader),
    sort: sort(reader),
    index: reader.u32(),
  }));
  return { tag: 'exports', exports };
}
