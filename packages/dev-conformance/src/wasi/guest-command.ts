import { fileURLToPath } from 'node:url';
import type { GuestHost, GuestSettings } from './guest-settings.ts';

const commandLine = fileURLToPath(new URL('../../../cli/src/bin.ts', import.meta.url));
const shimProcess = fileURLToPath(new URL('guest-process.ts', import.meta.url));

/**
 * Returns the arguments of the Node process that runs a guest. Its standard streams are the guest's. A service prints
 * its address, `http://…`, in the first line of its standard error.
 */
export function guestCommand(host: GuestHost, settings: GuestSettings): readonly string[] {
  const condition = '--conditions=@wit-ts/source';
  if (host === 'preview3-shim') return [condition, shimProcess, JSON.stringify(settings)];
  return [condition, commandLine, ...(settings.world === 'service' ? serve(settings) : run(settings))];
}

function run(settings: GuestSettings): readonly string[] {
  return ['run', ...grants(settings), settings.component, '--', ...settings.args];
}

function serve(settings: GuestSettings): readonly string[] {
  return ['serve', '--addr', '127.0.0.1:0', ...grants(settings), settings.component];
}

function grants({ env, root, proposals }: GuestSettings): readonly string[] {
  return [
    // Reports of refused calls would be among what the guest prints to its standard error.
    '--quiet',
    ...(root === undefined ? [] : ['--dir', `${root}::/`]),
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...(proposals.includes('http') ? ['--http', '*'] : []),
    ...(proposals.includes('sockets') ? ['--net', '*:*', '--listen', '*:*'] : []),
  ];
}
