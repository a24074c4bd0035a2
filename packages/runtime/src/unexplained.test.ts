import { DecodeError } from '@wit-ts/component/binary';
import { describe, expect, it, vi } from 'vitest';
import { compile } from './component.ts';
import {
  text,
  withCoreType,
  withExportedComponent,
  withImportedComponent,
  withMissingFunction,
} from './fixtures/faulty-components.ts';

vi.mock('./explained.ts', () => {
  throw new TypeError('this platform has no dynamic imports');
});

describe('compile on a platform that loads no code on demand', () => {
  it.each([
    ['bytes that are not a component', text, 'not a component', 0],
    ['a function that does not exist', withMissingFunction, 'not valid: index-out-of-bounds', 11],
    ['a core type', withCoreType, 'this rare definition cannot be loaded on this platform', 11],
    ['an exported component', withExportedComponent, 'cannot be loaded on this platform', 10],
    ['an imported component', withImportedComponent, 'cannot be loaded on this platform', 16],
  ])('throws a short DecodeError for %s', async (_what, bytes, message, offset) => {
    const error: unknown = await compile(bytes).catch((thrown: unknown) => thrown);
    if (!(error instanceof DecodeError)) throw error;
    expect([error.message, error.offset]).toEqual([expect.stringContaining(message), offset]);
  });
});
