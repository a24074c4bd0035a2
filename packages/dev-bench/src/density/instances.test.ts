import { compile } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { testComponent } from '../guest.ts';
import { tenants } from './instances.ts';

describe.each(['wat', 'rust', 'c'])('many instances of the guest in %s', (language) => {
  it('answer each for itself, again and again', async () => {
    const component = await compile(await testComponent(`edge-handler/built/${language}.wasm`));
    const made = tenants(component, 200);
    expect([made.strangers(), made.strangers(), made.strangers()]).toEqual([0, 0, 0]);
  });
});
