import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The absolute path of `packages/peers`. */
export const peersDirectory: string = fileURLToPath(new URL('../../peers/', import.meta.url));

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
      'Installing jco and componentize-js into packages/peers (once; 45 MB to download) …\n',
    );
    const { code, output } = await runPnpm();
    if (code !== 0) {
      throw new Error(
        `The tools in packages/peers could not be installed. Check the network and the npm registry, or run ` +
          `\`npx -y pnpm@12 install --frozen-lockfile\` in packages/peers to see why.\n${output.trim()}`,
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

function runPnpm(): Promise<{ code: number | null; output: string }> {
  return new Promise((done, fail) => {
    const [command, ...args] = pnpmCommand();
    const child = spawn(command, [...args, 'install', '--frozen-lockfile'], {
      cwd: peersDirectory,
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      timeout: 5 * 60_000,
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', fail);
    child.once('close', (code) => done({ code, output }));
  });
}

/** The pnpm that runs this script, where one does: `npx` would ask the registry for it first. */
function pnpmCommand(): [string, ...string[]] {
  const running = process.env['npm_execpath'];
  if (running === undefined || !/^pnpm(\.exe|\.[cm]?js)?$/.test(basename(running)))
    return ['npx', '-y', 'pnpm@12'];
  return running.endsWith('js') ? [process.execPath, running] : [running];
}

/**
 * A package manager that runs a script tells the script's children about itself and its workspace; a second one in another
 * workspace must not believe it. Where and how to download is kept.
 */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    CI: 'true',
    // Without a network, an answer after seconds is worth more than a third attempt after a minute.
    npm_config_fetch_retries: '1',
    npm_config_fetch_retry_mintimeout: '1000',
    npm_config_fetch_timeout: '20000',
    pnpm_config_fetch_retries: '1',
    pnpm_config_fetch_retry_mintimeout: '1000',
  };
  for (const [name, value] of Object.entries(process.env)) {
    const managers = /^p?npm_/i.test(name);
    if (!managers || /registry|proxy|cafile|_ca$|cache|store|userconfig|strict_ssl/i.test(name))
      env[name] = value;
  }
  return env;
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
