/** Generates types with the command line that was just built: `node first-gen.ts DIST`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [, , dist = ''] = process.argv;
const output = mkdtempSync(join(tmpdir(), 'wit-ts-first-gen-'));
try {
  for (const wit of ['../wit', '../../http-guest/wit']) {
    const args = [join(dist, 'bin.js'), 'gen', fileURLToPath(new URL(wit, import.meta.url)), '-o', output];
    // Coverage is incomplete for functions that come from the compile cache.
    const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
    if (status !== 0) throw new Error(`the built command line cannot generate types:\n${stderr}`);
  }
} finally {
  rmSync(output, { recursive: true, force: true });
}
