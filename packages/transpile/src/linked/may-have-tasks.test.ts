import { readFile } from 'node:fs/promises';
import { decode } from '@wit-ts/component';
import { mentionsTasks, plan } from '@wit-ts/plan';
import { expect, it } from 'vitest';
import { linkingPart } from '../fixtures/linking-parts.ts';
import { mayHaveTasks } from './may-have-tasks.ts';

const folder = new URL('../../../../test-components/', import.meta.url);

it.each([
  'tasks/built/wat',
  'async-joined/built/wat',
  'async-edges/built/wat',
  'async-memory64/built/wat',
  'async-platforms/built/wat',
  'waiting/built/guest',
  'wasi3/built/c',
  'linking/built/pricing',
  'edge-handler/built/rust',
  'nested/built/wat',
  'direct/built/wat',
  'resources/built/wat',
  'bench-guest/built/wat',
  'wasi-command/built/c',
])('finds the tasks that the plan of %s mentions', async (name) => {
  const component = decode(await readFile(new URL(`${name}.wasm`, folder)));
  expect(mayHaveTasks(component)).toBe(mentionsTasks(plan(component)));
});

it('finds a component that is imported, which may have tasks', () => {
  expect(mayHaveTasks(decode(linkingPart('applies')))).toBe(true);
  expect(mayHaveTasks(decode(linkingPart('successor')))).toBe(false);
});
