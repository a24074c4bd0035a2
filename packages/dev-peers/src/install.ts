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

/** Whether the peers are installed as their lockfile says, so that asking for one downloads nothing. */
export function peersInstalled(): boolean {
  try {
    return readFileSync(stamp, 'utf8') === lockfileHash();
  } catch {
    return false;
  }
}

/**
 * Installs the peers unless they are there: 45 MB from the npm registry, announced by one line on standard error. Processes
 * that ask at the same time wait for the first one.
 *
 * Throws an Error with the package manager's output where the installation fails.
 */
export async function installPeers(): Promise<void> {
  if (peersInstalled()) return;
  await holdingLock(async () => {
    if (peersInstalled()) return;
    process.stderr.write(
      'Installing jco and componentize-js into packages/dev-peers/tools (once; 45 MB to download) …\n',
    );
    const { code, output } = await installFrozen(peersDirectory);
    if (code !== 0) {
      throw new Error(
        `The tools in packages/dev-peers/tools could not be installed. Check the network and the npm registry, or run ` +
          `\`npx -y pnpm@12 install --frozen-lockfile\` in packages/dev-peers/tools to see why.\n${output.trim()}`,
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

const lockIsStaleAfter = 5 * 60_000;

async function holdingLock(work: () => Promise<void>): Promise<void> {
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
    if (held > lockIsStaleAfter) await rm(lock, { recursive: true, force: true });
    else await sleep(200);
    if (peersInstalled()) return;
  }
  try {
    await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}
