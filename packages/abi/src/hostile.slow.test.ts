import type { Type } from '@wit-ts/model';
import { describe, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { expectRefusedRepetition } from './fixtures/repetition.ts';

describe.each(engines)('a hostile component (%s)', (_, engine) => {
  it.each<[string, Type]>([
    ['list', { kind: { tag: 'list', element: 'u8' } }],
    ['list of lists', { kind: { tag: 'list', element: { kind: { tag: 'list', element: 'bool' } } } }],
  ])('cannot fill the memory of the host by repeating one %s', (_name, element) => {
    expectRefusedRepetition(engine, element);
  });
});
