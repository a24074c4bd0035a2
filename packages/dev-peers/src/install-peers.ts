import { createHash } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installFrozen } from './install-frozen.ts';

/** The absolute path of `packages/dev-peers/tools`. */
export const peersDirectory: string = fileURLToPath(new URL('../tools/', import.meta.url));

const stamp = join(peersDirectory, 'node_modules', '.installed-for');
const lock = join(peersDirectory, '.installing');

/**
 * Returns true when the peers are installed at the versions in their lockfile, so that using one does not need the
 * network.
 */
export function peersInstalled(): boolean {
  try {
    return readFileSync(stamp, 'utf8') === lockfileHash();
  } catch {
    return false;
  }
}

/**
 * Installs the peers if they are missing. Downloads 45 MB from the npm registry and prints one line to standard error
 * before. Only one process installs; other processes wait for it.
 *
 * Throws an Error with the output of pnpm when the installation fails.
 */
export async function installPeers(): Promise<void> {
  if (peersInstalled()) return;
  await withLock(async () => {
    if (peersInstalled()) return;
    process.stderr.write(
      'Installing jco and componentize-js into packages/dev-peers/tools (45 MB, only this time) …\n',
    );
    const { code, output } = await installFrozen(peersDirectory);
    if (code !== 0) {
      throw new Error(
        `cannot install the tools in packages/dev-peers/tools; check the network and the npm registry, or run ` +
          `\`npx -y pnpm@12 install --frozen-lockfile\` in that directory to see why:\n${output.trim()}`,
      );
    }
    await writeFile(stamp, lockfileHash());
  });
}

function lockfileHash(): string {
  return createHash('sha256')
    .update(readFileSync(join(peersDirectory, 'pnpm-lock.yaml')))
    .digest('hex');
}

/** After this many milliseconds a lock counts as left behind by a process that was stopped. */
const LOCK_TIMEOUT = 5 * 60_000;

async function withLock(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const held = await stat(lock).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (held > LOCK_TIMEOUT) await rm(lock, { recursive: true, force: true });
    else await sleep(200);
    if (peersInstalled()) return;
  }
  try {
    await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}
