import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/**
 * Installs what the lockfile in a folder says, which is a workspace of its own. `args` are more of the package manager's.
 * Its exit code is not 0 where that fails; it is then for the caller to say what to do.
 */
export function installFrozen(
  directory: string,
  args: readonly string[] = [],
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((done, fail) => {
    const [command, ...first] = pnpmCommand();
    const child = spawn(command, [...first, 'install', '--frozen-lockfile', ...args], {
      cwd: directory,
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
