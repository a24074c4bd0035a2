import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/**
 * Installs the packages in the lockfile of a directory, which is a separate pnpm workspace. Resolves with the exit code
 * and the output of pnpm, also when the installation fails.
 *
 * @param args further arguments for pnpm
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

/** Returns the pnpm that runs this script if there is one, because `npx` would look it up on the registry first. */
function pnpmCommand(): [string, ...string[]] {
  const running = process.env['npm_execpath'];
  if (running === undefined || !/^pnpm(\.exe|\.[cm]?js)?$/.test(basename(running)))
    return ['npx', '-y', 'pnpm@12'];
  return running.endsWith('js') ? [process.execPath, running] : [running];
}

/**
 * Returns the environment without the variables that describe the package manager running this script and its
 * workspace, because they would confuse a package manager in another workspace. Settings about registries, proxies and
 * caches are kept.
 */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    CI: 'true',
    // Without a network, failing after some seconds is better than a third attempt after a minute.
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
