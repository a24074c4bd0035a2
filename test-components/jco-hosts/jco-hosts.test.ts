import { readFile } from 'node:fs/promises';
import { compile, instantiate } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';
import { jcoHosts } from './hosts.ts';
import type { JcoGuest } from './hosts/jco-host.ts';

describe.each(['compile', 'reference'] as const)('a host written for jco (%s)', async (engine) => {
  const bytes = await readFile(inTestComponents('jco-hosts/built/wat.wasm'));
  const component = await compile(bytes, { engine });

  it.each(jcoHosts)('$name', async ({ imports, sees, seesHere = sees, run }) => {
    const host = { ...notUsed, ...imports };
    const guest = await instantiate<JcoGuest>(component, {
      'example:jco-hosts/host': host,
    });
    expect(await run(guest)).toEqual(seesHere);
  });
});

const notUsed = Object.fromEntries(
  ['source', 'words', 'pair', 'soon', 'later', 'ask', 'sink', 'awaitBoth'].map((name) => [
    name,
    () => expect.unreachable(name),
  ]),
);
