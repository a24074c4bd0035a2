import { readFile } from 'node:fs/promises';
import { instantiate } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';

interface Queries {
  executeQuery(sql: string): { id: bigint; payload: string }[];
}

interface DatabaseConnector {
  readonly queries: Queries;
  readonly 'example:database/queries': Queries;
}

describe('database-connector', async () => {
  const bytes = await readFile(inTestComponents('database-connector/built/rust.wasm'));
  const exports = await instantiate<DatabaseConnector>(bytes);

  it('returns a record for each word', () => {
    expect(exports.queries.executeQuery('SELECT näme')).toEqual([
      { id: 1n, payload: 'SELECT' },
      { id: 2n, payload: 'näme' },
    ]);
  });

  it('returns no records when there are no words', () => {
    expect(exports.queries.executeQuery(' ')).toEqual([]);
  });

  it('exports the interface under its full name too', () => {
    expect(exports['example:database/queries'].executeQuery('x')).toHaveLength(1);
  });

  it('frees its results, so that many large results fit into its memory', () => {
    const sql = 'word '.repeat(10_000);
    for (let i = 0; i < 200; i++) expect(exports.queries.executeQuery(sql)).toHaveLength(10_000);
  });
});
