import type { Assets } from './assets.ts';
import { runChromium } from './runners/chromium.ts';
import { runBun, runDeno, runNode } from './runners/files.ts';
import type { Outcome } from './runners/outcome.ts';
import { runWorkerd } from './runners/workerd.ts';

/** Every platform that the runtime is tested on, under the name that `pnpm platforms NAME` takes. */
export const platforms: Readonly<Record<string, (assets: Assets) => Promise<Outcome>>> = {
  'node-22': (assets) => runNode('node-22', assets),
  'node-24': (assets) => runNode('node-24', assets),
  'node-26': (assets) => runNode('node-26', assets),
  deno: runDeno,
  bun: runBun,
  workerd: runWorkerd,
  chromium: (assets) => runChromium(assets, 'none'),
  'chromium-csp': (assets) => runChromium(assets, 'strict'),
};
