import { DecodeError } from '@wit-ts/component/binary';
import { describe, expect, it } from 'vitest';
import { compile } from './component.ts';
import {
  text,
  withCoreType,
  withExportedComponent,
  withImportedComponent,
  withMissingFunction,
} from './fixtures/faulty-components.ts';

describe('compile', () => {
  it.each([
    ['bytes that are not a component', text, 'the input is WebAssembly text, not a binary', 0],
    ['a function that does not exist', withMissingFunction, 'func 0 does not exist', 11],
  ])('throws a DecodeError that explains %s', async (_what, bytes, message, offset) => {
    const error: unknown = await compile(bytes).catch((thrown: unknown) => thrown);
    if (!(error instanceof DecodeError)) throw error;
    expect([error.message, error.offset]).toEqual([expect.stringContaining(message), offset]);
  });

  it('loads the code that reads a rare definition', async () => {
    const component = await compile(withCoreType);
    expect(component.decoded.definitions).toMatchObject([{ tag: 'core-type', type: { tag: 'func' } }]);
  });

  it.each([
    ['imported', withImportedComponent],
    ['exported', withExportedComponent],
  ])('loads the code that plans an %s component', async (_what, bytes) => {
    const component = await compile(bytes);
    expect(component.plan.higherOrder).toBe(true);
  });
});
