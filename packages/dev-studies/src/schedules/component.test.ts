import { readFile, writeFile } from 'node:fs/promises';
import { peersInstalled } from '@wit-ts/dev-peers';
import { compile, instantiate } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { assembledComponent, componentFile, schedulesComponent } from './component.ts';
import { MAX_OPERANDS, OWN_OPERATIONS, topology } from './topology.ts';

/** The number of a built-in among the operations. */
function operation(name: string): number {
  return OWN_OPERATIONS.length + topology.builtins.findIndex((one) => one.name === name);
}

describe('the component of the study schedules', () => {
  it.skipIf(!peersInstalled())('is what its topology says; `BLESS=1` writes it', async () => {
    const bytes = await assembledComponent();
    if (process.env['BLESS'] !== undefined) await writeFile(componentFile, bytes);
    expect(Buffer.compare(await readFile(componentFile), bytes)).toBe(0);
  });

  it('performs the operations that the host gives it, and tells their results', async () => {
    const script = [
      [operation('resource.new'), 7],
      [operation('resource.rep'), 1],
      [OWN_OPERATIONS.indexOf('poke'), 1024, 5],
      [OWN_OPERATIONS.indexOf('peek'), 1024],
      [OWN_OPERATIONS.indexOf('return'), 9],
    ];
    const seen: unknown[] = [];
    const host = {
      enter: (instance: number, entry: number, first: number) => {
        seen.push([instance, entry, first]);
        return 0;
      },
      next: (_: number, previous: bigint) => {
        seen.push(previous);
        const next = script.shift()!;
        return Array.from({ length: 1 + MAX_OPERANDS }, (__, index) => next[index] ?? 0);
      },
      ...Object.fromEntries(topology.hostFunctions.map((___, index) => [`h${index}`, () => undefined])),
    };
    const at = topology.functions.findIndex(({ async, params }) => !async && params.join('') === 'u32');
    const exports = await instantiate(await compile(await schedulesComponent()), { host });
    const { a } = exports as { readonly a: Readonly<Record<string, (value: number) => number>> };
    expect(a[`f${at}`]!(3)).toBe(9);
    expect(seen).toEqual([[0, at, 3], 0n, 1n, 7n, 0n, 5n]);
  });
});
