import { instantiateWorld } from '@wit-ts/runtime/codegen/v1';
import type { PlatformCase } from '../platform-case.ts';
import { equal, throws } from '../expect.ts';

interface EdgeHandler {
  handleRequest(request: string): string;
}

const imports = { 'example:service/processor': { processData: (input: string) => input } };

function contract(meta: string): string {
  return `
world example:service/edge-handler
import example:service/processor
  metadata = ${meta}
  process-data(input: string, meta: metadata) -> result<string, string>
export handle-request(req: string) -> string
`;
}

export const contracts: readonly PlatformCase[] = [
  {
    name: 'bindings accept a component that satisfies their world',
    run: async (context) => {
      const component = await context.component('edge-handler/wat');
      const fitting = contract('record { id: u64, tags: list<string> }');
      const handler = await instantiateWorld<EdgeHandler>(fitting, component, imports);
      equal(handler.handleRequest('x'), 'ok: x');
    },
  },
  {
    name: 'bindings reject a component of a different world',
    run: async (context) => {
      const component = await context.component('edge-handler/wat');
      const other = contract('record { id: u32, tags: list<string> }');
      await throws(
        () => instantiateWorld(other, component, imports),
        'LinkError',
        /does not satisfy the world example:service\/edge-handler:[^]*id: expected u32, got u64/u,
      );
    },
  },
];
