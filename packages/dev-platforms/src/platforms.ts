import type { TestFiles } from './prepare-test-files.ts';
import { runChromium } from './runners/chromium.ts';
import { runBun, runDeno, runNode } from './runners/node-deno-bun.ts';
import type { PlatformOutput } from './runners/platform-output.ts';
import { runWorkerd } from './runners/workerd.ts';

/** The platforms on which the runtime is tested, by the name that `pnpm platforms NAME` takes. */
export const platforms: Readonly<Record<string, (testFiles: TestFiles) => Promise<PlatformOutput>>> = {
  'node-22-0': (testFiles) => runNode('node-22-0', testFiles),
  'node-22': (testFiles) => runNode('node-22', testFiles),
  'node-24': (testFiles) => runNode('node-24', testFiles),
  'node-26': (testFiles) => runNode('node-26', testFiles),
  deno: runDeno,
  bun: runBun,
  workerd: runWorkerd,
  chromium: (testFiles) => runChromium(testFiles, 'page'),
  'chromium-worker': (testFiles) => runChromium(testFiles, 'worker'),
  'chromium-csp': (testFiles) => runChromium(testFiles, 'strict'),
  'chromium-chunks': (testFiles) => runChromium(testFiles, 'chunks'),
  'chromium-service-worker': (testFiles) => runChromium(testFiles, 'service-worker'),
};
