import { describe, expect, it } from 'vitest';
import { freshWasmTools, peer, peerPath, peersInstalled } from './index.ts';

const installed = peersInstalled();

describe.skipIf(!installed)(
  `peers${installed ? '' : ' (skipped: packages/dev-peers/tools is not installed)'}`,
  () => {
    it('assembles text', async () => {
      const tools = await peer('wasm-tools');
      expect([...(await tools.parse('(module)'))]).toEqual([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    });

    it('gives one instance to everyone, and a new one to those who ask', async () => {
      expect(await peer('wasm-tools')).toBe(await peer('wasm-tools'));
      const fresh = await freshWasmTools();
      await expect(fresh.parse('(module')).rejects.toThrow(/expected/);
      const component = await (await freshWasmTools()).parse('(component)');
      expect(component[4]).toBe(0x0d);
    });
  },
);

describe('peerPath', () => {
  it('points into packages/dev-peers/tools', () => {
    expect(peerPath('a/b.js')).toMatch(/packages[/\\]dev-peers[/\\]tools[/\\]node_modules[/\\]a[/\\]b\.js$/);
  });
});
