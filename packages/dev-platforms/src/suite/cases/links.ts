import { compile, DecodeError, instantiate, LinkError } from '@wit-ts/runtime';
import type { Case } from '../case.ts';
import { equal, throws } from '../expect.ts';

interface Queries {
  readonly queries: { executeQuery(sql: string): unknown };
  readonly 'example:database/queries': unknown;
}

export const links: readonly Case[] = [
  {
    name: 'an exported interface under both its names',
    run: async (bench) => {
      const exports = await bench.instance<Queries>('database-connector');
      equal(exports['example:database/queries'], exports.queries);
      equal(exports.queries.executeQuery('a ü'), [
        { id: 1n, payload: 'a' },
        { id: 2n, payload: 'ü' },
      ]);
    },
  },
  {
    name: 'every missing import at once',
    run: async (bench) => {
      const error = await throws(() => bench.instance('bench-guest'), 'LinkError', /2 imports/u);
      equal(error instanceof LinkError, true);
    },
  },
  {
    name: 'bytes that are no component',
    run: async (bench) => {
      const { bytes } = await bench.source('edge-handler/wat');
      const error = await throws(() => compile(bytes.slice(0, 200)), 'DecodeError', /./u);
      equal(error instanceof DecodeError, true);
    },
  },
  {
    name: 'a component out of a Response',
    run: async (bench) => {
      const { bytes, modules } = await bench.source('edge-handler/wat');
      // Where nothing can be compiled a Response cannot be enough.
      if (modules !== undefined) return;
      const response = new Response(bytes, { headers: { 'content-type': 'application/wasm' } });
      const component = await compile(response, bench.options);
      const { handleRequest } = await instantiate<{ handleRequest(request: string): string }>(component, {
        'example:service/processor': { processData: (input: string) => input },
      });
      equal(handleRequest('x'), 'ok: x');
    },
  },
];
