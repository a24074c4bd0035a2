import { basename } from 'node:path';
import { peer, type Preview3Shim } from '@wit-ts/dev-peers';
import type { GuestSettings } from './guest-settings.ts';
import { settleDroppedReadings } from './shim-corrections.ts';

/** The newest version of WASI 0.2. Guests of older ones take it, because versions are compatible. */
const WASI_2 = '0.2.12';

/** The interfaces of WASI 0.3, and where the shim has each. */
const INTERFACES = {
  cli: [
    'environment',
    'exit',
    'stdin',
    'stdout',
    'stderr',
    'terminal-input',
    'terminal-output',
    'terminal-stdin',
    'terminal-stdout',
    'terminal-stderr',
  ],
  clocks: ['monotonic-clock', 'system-clock'],
  filesystem: ['types', 'preopens'],
  http: ['types', 'client', 'handler'],
  random: ['random', 'insecure', 'insecure-seed'],
  sockets: ['types', 'ip-name-lookup'],
} as const;

/** What the guest of this process imports, and the shim itself. */
export interface ShimHost {
  readonly imports: Record<string, object>;
  readonly shim: Preview3Shim;
  /** Resolves when all output that the guest has written is on its way, or `milliseconds` later. */
  flushed(milliseconds: number): Promise<void>;
}

/**
 * Prepares `preview3-shim` for the guest of this process. A guest of WASI 0.3 made with Rust also imports interfaces of
 * 0.2, which its standard library uses to report a panic; they come from `preview2-shim`.
 */
export async function shimHost({ component, args: given, env, root }: GuestSettings): Promise<ShimHost> {
  const args = [basename(component), ...given];
  const shim = await peer('preview3-shim');
  const { WASIShim } = await peer('preview2-shim/instantiation');
  const { cli } = shim;
  settleDroppedReadings(shim);
  cli._setArgs(args);
  cli._setEnv(env);
  cli._setCwd(undefined);
  // The shim says that every stream is a terminal unless it is told otherwise; here they are pipes.
  cli._setTerminalStdin(undefined);
  cli._setTerminalStdout(undefined);
  cli._setTerminalStderr(undefined);
  const preopens: Record<string, string> = root === undefined ? {} : { '/': root };
  shim.filesystem._setPreopens(preopens);
  const imports: Record<string, object> = new WASIShim({ sandbox: { preopens, env, args } }).getImportObject({
    asVersion: WASI_2,
  });
  for (const [part, names] of Object.entries(INTERFACES)) {
    for (const name of names) {
      const camelCase = name.replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
      const found: unknown = Reflect.get(Reflect.get(shim, part), camelCase);
      if (typeof found === 'object' && found !== null) imports[`wasi:${part}/${name}@0.3.0`] = found;
    }
  }
  const writing = new Set<Promise<unknown>>();
  for (const name of ['stdout', 'stderr'] as const)
    imports[`wasi:cli/${name}@0.3.0`] = observed(imports[`wasi:cli/${name}@0.3.0`], writing);
  const flushed = async (milliseconds: number): Promise<void> => {
    const timeout = new Promise((done) => setTimeout(done, milliseconds));
    await Promise.race([Promise.allSettled(writing), timeout]);
  };
  return { imports, shim, flushed };
}

/** The shim writes in a worker, and this process may not end before the worker has written. */
function observed(output: object | undefined, writing: Set<Promise<unknown>>): object {
  const write: unknown = Reflect.get(output ?? {}, 'writeViaStream');
  if (typeof write !== 'function') throw new Error('preview3-shim does not export an output stream');
  return {
    writeViaStream(data: object): Promise<unknown> {
      const done: Promise<unknown> = Reflect.apply(write, output, [data]);
      writing.add(done);
      return done;
    },
  };
}
