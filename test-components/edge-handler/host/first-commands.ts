/** Runs commands of the command line that was just built: `node first-commands.ts DIST`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [, , dist = ''] = process.argv;
const output = mkdtempSync(join(tmpdir(), 'wit-ts-first-commands-'));
try {
  for (const wit of ['../wit', '../../http-guest/wit']) run('gen', inRepository(wit), '-o', output);
  run('run', inRepository('../../hello-env/built/rust.wasm'));
} finally {
  rmSync(output, { recursive: true, force: true });
}

function run(...args: readonly string[]): void {
  // Coverage is incomplete for functions that come from the compile cache.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const command = [join(dist, 'bin.js'), ...args];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`the built command line cannot \`${args.join(' ')}\`:\n${stderr}`);
}

function inRepository(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
