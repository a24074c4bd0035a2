import { closeSync, openSync, readSync } from 'node:fs';

/** What a program imports with the plugin. */
export interface WitRequest {
  readonly kind: 'world' | 'component';
  /** The absolute path of the file. */
  readonly file: string;
  /** The query as the program wrote it: `?world=edge-handler`, or the empty string. */
  readonly query: string;
  /** The name of the world that the query asks for. */
  readonly world?: string;
}

/** What bundlers add to queries themselves. */
const OF_BUNDLERS = new Set(['import', 't', 'v']);

/**
 * Returns what the identifier of a module asks for, or `undefined` if it is not for this plugin: another kind of file,
 * a core module, or a query of the bundler such as `?url`.
 */
export function requestOf(id: string): WitRequest | undefined {
  const at = id.indexOf('?');
  const file = at < 0 ? id : id.slice(0, at);
  if (!/\.(?:wit|wasm)$/u.test(file) || file.startsWith('\0')) return undefined;
  const query = new URLSearchParams(at < 0 ? '' : id.slice(at));
  const keys = [...query.keys()].filter((key) => !OF_BUNDLERS.has(key));
  if (file.endsWith('.wit')) {
    if (keys.some((key) => key !== 'world')) return undefined;
    const world = query.get('world');
    return world === null
      ? { kind: 'world', file, query: '' }
      : { kind: 'world', file, query: `?world=${world}`, world };
  }
  if (keys.length === 0) return isComponent(file) ? { kind: 'component', file, query: '' } : undefined;
  return keys.every((key) => key === 'component')
    ? { kind: 'component', file, query: '?component' }
    : undefined;
}

/** Returns whether a file starts like a component: a core module has another number in the header's last field. */
function isComponent(file: string): boolean {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const start = Buffer.alloc(8);
      return (
        readSync(descriptor, start, 0, 8, 0) === 8 && start.readUInt32BE(0) === 0x0061736d && start[6] === 1
      );
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
}
