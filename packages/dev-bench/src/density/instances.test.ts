import { compile } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { testComponent } from '../test-component.ts';
import { tenantInstances } from './instances.ts';

describe.each(['wat', 'rust', 'c'])('two hundred instances of the guest in %s', (language) => {
  it('give only their own answers, in every round', async () => {
    const component = await compile(await testComponent(`edge-handler/built/${language}.wasm`));
    const instances = tenantInstances(component, 200);
    expect([instances.callEach(), instances.callEach(), instances.callEach()]).toEqual([0, 0, 0]);
  });
});
