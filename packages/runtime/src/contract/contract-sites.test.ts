import { componentWorld, decode } from '@wit-ts/component';
import { type Contract, type ContractInterface, contractOf } from '@wit-ts/model';
import { expect, it } from 'vitest';
import { instantiateWorld } from '../codegen/v1.ts';
import { built } from '../fixtures/components.ts';
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

it('an import has the name of the contract, of which the component imports one of two clashing names', async () => {
  const exports = await instantiateWorld<Exports>(clashing(), bytes, imports);
  expect(exports.handleRequest('a')).toBe('ok: right: a');
});

it('an import has the name that it has in the component when there is no contract', async () => {
  const exports = await instantiate<Exports>(bytes, imports);
  expect(exports.handleRequest('a')).toBe('ok: the other');
});
