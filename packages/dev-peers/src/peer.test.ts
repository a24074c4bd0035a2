import { describe, expect, it } from 'vitest';
import { freshWasmTools, peer, peerPath, peersInstalled } from './index.ts';

const installed = peersInstalled();

describe.skipIf(!installed)(
  `the peers${installed ? '' : ' (skipped: packages/dev-peers/tools is not installed)'}`,
  () => {
    it('assemble text', async () => {
      const tools = await peer('wasm-tools');
      expect([...(await tools.parse('(module)'))]).toEqual([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    });

    it('share one instance of wasm-tools, and make a new one on request', async () => {
      expect(await peer('wasm-tools')).toBe(await peer('wasm-tools'));
      const fresh = await freshWasmTools();
      await expect(fresh.parse('(module')).rejects.toThrow(/expected/);
      const component = await (await freshWasmTools()).parse('(component)');
      expect(component[4]).toBe(0x0d);
    });
  },
);

describe('peerPath', () => {
  it('returns a path in packages/dev-peers/tools', () => {
    expect(peerPath('a/b.js')).toMatch(/packages[/\\]dev-peers[/\\]tools[/\\]node_modules[/\\]a[/\\]b\.js$/);
  });
});
