import { compile, DecodeError, instantiate } from '@wit-ts/runtime';
import type { PlatformCase } from '../platform-case.ts';
import { equal, throws } from '../expect.ts';

interface Queries {
  readonly queries: { executeQuery(sql: string): unknown };
  readonly 'example:database/queries': unknown;
}

/** How imports and exports are found by name. */
export const linking: readonly PlatformCase[] = [
  {
    name: 'an exported interface is available under its short name and its full name',
    run: async (context) => {
      const exports = await context.instance<Queries>('database-connector');
      equal(exports['example:database/queries'], exports.queries);
      equal(exports.queries.executeQuery('a ü'), [
        { id: 1n, payload: 'a' },
        { id: 2n, payload: 'ü' },
      ]);
    },
  },
  {
    name: 'a LinkError lists all missing imports',
    run: async (context) => {
      const error = await throws(() => context.instance('bench-guest'), 'LinkError', /2 imports/u);
      equal(context.isOfClass(error, 'LinkError'), true);
    },
  },
  {
    name: 'bytes that are not a component are rejected',
    run: async (context) => {
      const { bytes } = await context.source('edge-handler/wat');
      const error = await throws(() => compile(bytes.slice(0, 200)), 'DecodeError', /./u);
      equal(error instanceof DecodeError, true);
    },
  },
  {
    name: 'a component is compiled from a Response',
    run: async (context) => {
      const { bytes, modules } = await context.source('edge-handler/wat');
      // On such platforms `compile` also needs the compiled core modules, which a Response does not contain.
      if (modules !== undefined) return;
      const response = new Response(bytes, { headers: { 'content-type': 'application/wasm' } });
      const component = await compile(response, context.options);
      const { handleRequest } = await instantiate<{ handleRequest(request: string): string }>(component, {
        'example:service/processor': { processData: (input: string) => input },
      });
      equal(handleRequest('x'), 'ok: x');
    },
  },
];
