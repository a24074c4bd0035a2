import { readFile } from 'node:fs/promises';
import { check, type Report } from '@wit-ts/check';
import { componentWorld, decode } from '@wit-ts/component';
import type { World } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';
import expected from './expected.json' with { type: 'json' };

type ReasonName = keyof typeof expected.reasons;

async function worldOf(component: string): Promise<World> {
  return componentWorld(decode(await readFile(inTestComponents(component)))).world;
}

async function checked(component: string): Promise<Report> {
  const [world, target] = await Promise.all([worldOf(component), worldOf('edge-handler/built/wat.wasm')]);
  return check({ world }, { world: target });
}

describe('the unfitting components', () => {
  it.each(Object.entries(expected.components))(
    '%s fails the check for exactly its reasons',
    async (name, reasons) => {
      const report = await checked(`unfitting/built/${name}.wasm`);
      expect(report.reasons).toMatchObject(reasons.map((reason) => expected.reasons[reason as ReasonName]));
    },
  );
});

describe('the guests of edge-handler', () => {
  it.each(['rust', 'c'])('%s satisfies the same world as the guest in WebAssembly text', async (name) => {
    expect((await checked(`edge-handler/built/${name}.wasm`)).satisfied).toBe(true);
  });
});
