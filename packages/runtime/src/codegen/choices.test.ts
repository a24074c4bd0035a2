import { componentWorld, decode } from '@wit-ts/component';
import { mappingChoices, type MappingChoices } from '@wit-ts/mapping';
import { contractOf } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { built } from '../fixtures/components.ts';
import { compile } from '../index.ts';
import { instantiateUncheckedSync, instantiateWorldSync } from './v1-sync.ts';
import { instantiateUnchecked, instantiateWorld } from './v1.ts';

interface Exports {
  readonly fileStore: { changeMode(mode: unknown): unknown };
}

const bytes = await built('choices');
const component = await compile(bytes);
const contract = contractOf(componentWorld(decode(bytes)).world);

/** Has the same names under all choices of the mapping but that of names. */
const imports = {
  'example:choices/file-store': new Proxy(
    {
      changeMode: (mode: unknown) => mode,
      FileHandle: Object.assign(function FileHandle() {}, { countFiles: () => 0 }),
      Lock: function Lock() {},
    },
    { get: (target, key) => Reflect.get(target, key) ?? (() => undefined) },
  ),
  sayHello: () => undefined,
};

const functions: Readonly<
  Record<string, (options: object, mapping: MappingChoices | undefined) => Exports | Promise<Exports>>
> = {
  instantiateWorld: (options, mapping) => instantiateWorld(contract, component, imports, options, mapping),
  instantiateUnchecked: (options, mapping) => instantiateUnchecked(component, imports, options, mapping),
  instantiateWorldSync: (options, mapping) =>
    instantiateWorldSync(contract, component, imports, options, mapping),
  instantiateUncheckedSync: (options, mapping) =>
    instantiateUncheckedSync(component, imports, options, mapping),
};

/** What flags are under a choice. */
const modes = { object: { canRead: true, canWrite: false, isHidden: false }, bigint: 1n } as const;

describe.each(Object.keys(functions))('the choices of bindings, given to %s', (name) => {
  it.each([undefined, ...mappingChoices.flags])(
    'are those of the instance, whatever the options of the user say: flags %o',
    async (flags) => {
      const mapping = flags && { flags };
      for (const other of [undefined, ...mappingChoices.flags]) {
        // Types allow no `mapping` in the options of generated functions.
        const options = other === undefined ? {} : { mapping: { flags: other } };
        const { fileStore } = await functions[name]!(options, mapping);
        const mode = modes[flags ?? 'object'];
        expect(fileStore.changeMode(mode)).toEqual(mode);
      }
    },
  );
});
