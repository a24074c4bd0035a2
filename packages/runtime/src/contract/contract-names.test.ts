import { componentWorld, decode } from '@wit-ts/component';
import { worldSurface } from '@wit-ts/mapping';
import { type Contract, type ContractInterface, contractOf, worldOf } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { instantiateWorld } from '../codegen/v1.ts';
import { built } from '../fixtures/components.ts';
import { compile } from '../index.ts';
import type { ComponentExports } from '../instance/exports.ts';
import { instantiate } from '../instantiate.ts';

interface Exports {
  handleRequest(request: string): string;
}

const bytes = await built('edge-handler/wat');
const processor = 'example:service/processor';

/** The contract of the component, with another import in front whose name is `processData` in JavaScript, too. */
function clashing(): Contract {
  const contract = contractOf(componentWorld(decode(bytes)).world);
  const item = contract.imports[processor] as ContractInterface;
  const functions = { 'process-DATA': 'func()', ...item.functions };
  return { ...contract, imports: { ...contract.imports, [processor]: { ...item, functions } } };
}

const imports = {
  [processor]: { processData: () => 'the other', processData$1: (text: string) => `right: ${text}` },
};

it('looks up an import under the name of the contract if the component imports one of two clashing names', async () => {
  const exports = await instantiateWorld<Exports>(clashing(), bytes, imports);
  expect(exports.handleRequest('a')).toBe('ok: right: a');
});

it('looks up an import under the name that the component decides if there is no contract', async () => {
  const exports = await instantiate<Exports>(bytes, imports);
  expect(exports.handleRequest('a')).toBe('ok: the other');
});

describe('exports', async () => {
  interface Api {
    get1(): number;
    Item1: { number(): number };
  }
  interface MoreExports {
    read1(): number;
    text: { get(): number };
    api: Api;
    'example:names/api@1.0.0': Api;
  }

  const component = await compile(await built('names/more-exports'));
  const get = { functions: { get: 'func() -> u32' } };
  const contract: Contract = {
    world: 'example:names/fewer-exports',
    imports: {},
    exports: {
      read1: 'func() -> u32',
      'example:names/text': get,
      'example:names/api@1.0.0': {
        types: { item1: 'resource' },
        functions: { get1: 'func() -> u32', '[static]item1.number': 'func() -> u32' },
      },
    },
  };

  it('have the names of the contract when the component exports more, in another order', async () => {
    const exports = await instantiateWorld<MoreExports>(contract, component, {});
    expect(exports.read1()).toBe(2);
    expect(exports.text.get()).toBe(4);
    expect([exports.api.get1(), exports.api.Item1.number()]).toEqual([6, 8]);
  });

  it('have the key of the contract, also when the component exports another version', async () => {
    const exports = await instantiateWorld<MoreExports>(contract, component, {});
    expect(exports['example:names/api@1.0.0']).toBe(exports.api);
  });

  it('have names that are still free if the contract does not have them', async () => {
    const exports = await instantiateWorld<ComponentExports>(contract, component, {});
    expect(exports['read1$1']()).toBe(1);
    expect(exports['text$1']()).toBe(3);
    expect(exports['other:names/api'].get()).toBe(4);
    expect(exports['api'].get1$1()).toBe(5);
  });

  it('have the names that the component decides when there is no contract', async () => {
    const exports = await instantiate(component);
    expect([exports['read1'](), exports['read1$1'](), exports['text']()]).toEqual([1, 2, 3]);
    expect(exports['example:names/api@1.0.1'].get1()).toBe(5);
    expect(exports).not.toHaveProperty('api');
  });

  it('have the names that the declarations of the contract show', async () => {
    const { exports } = worldSurface(worldOf(contract));
    const made = await instantiateWorld<ComponentExports>(contract, component, {});
    expect(exports.flatMap(({ keys }) => keys).filter((key) => !Object.hasOwn(made, key))).toEqual([]);
  });

  it.each([
    [
      ['read1', 'read-1'],
      [2, 1],
    ],
    [
      ['read-1', 'read1'],
      [1, 2],
    ],
  ])('are numbered in the order of the contract: %j', async (names, numbers) => {
    const functions = Object.fromEntries(names.map((name) => [name, 'func() -> u32']));
    const ordered = { world: 'w', imports: {}, exports: functions };
    const exports = await instantiateWorld<ComponentExports>(ordered, component, {});
    expect([exports['read1'](), exports['read1$1']()]).toEqual(numbers);
  });
});
