import { compile } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { testComponent } from '../test-component.ts';
import { askEach, provoke, startTenant, tenantLimits } from './tenants.ts';

describe('tenants', () => {
  it('keep their own notes, whatever a hostile one tries', async () => {
    const limits = tenantLimits();
    const notes = await compile(await testComponent('plugin-host/built/notes.wasm'), { limits });
    const hostile = await compile(await testComponent('plugin-host/built/hostile.wasm'), { limits });
    const tenants = await Promise.all(Array.from({ length: 30 }, () => startTenant(notes)));
    expect(await askEach(tenants, (index) => `tenant ${index}\n`)).toBe(0);
    expect(await provoke(hostile)).toEqual({
      loop: expect.stringContaining('out of fuel'),
      memory: expect.stringMatching(/^\d+ blocks$/u),
      trap: expect.stringContaining('unreachable'),
      exit: expect.stringContaining('exit'),
      'read /etc/passwd': expect.stringMatching(/^No such file/u),
      'read ../notes.txt': expect.stringMatching(/^(?:No such file|Operation not permitted)/u),
    });
    expect(await askEach(tenants, (index) => `tenant ${index}\n`.repeat(2))).toBe(0);
    for (const tenant of tenants) tenant.close();
  });
});
