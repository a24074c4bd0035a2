import { parseQualifiedName, type World } from '@wit-ts/model';

/** A thing of the outside world that a component asks for. */
export interface Capability {
  readonly name: string;
  /** The imports that ask for it. */
  readonly imports: readonly string[];
}

const WASI: readonly (readonly [prefix: string, capability: string])[] = [
  ['wasi:filesystem/', 'files'],
  ['wasi:sockets/', 'network'],
  ['wasi:http/outgoing-handler', 'outgoing HTTP'],
  ['wasi:http/client', 'outgoing HTTP'],
  ['wasi:cli/environment', 'environment and arguments'],
  ['wasi:cli/stdin', 'standard input'],
  ['wasi:cli/stdout', 'standard output'],
  ['wasi:cli/stderr', 'standard error'],
  ['wasi:cli/terminal', 'terminal'],
  ['wasi:cli/exit', 'end of the process'],
  ['wasi:clocks/', 'clocks'],
  ['wasi:random/', 'random numbers'],
  ['wasi:keyvalue/', 'key-value store'],
  ['wasi:config/', 'configuration'],
  ['wasi:blobstore/', 'blob store'],
  ['wasi:messaging/', 'messages'],
  ['wasi:nn/', 'neural networks'],
  ['wasi:logging/', 'log'],
];

/** Interfaces that only give others their types and means: they open nothing by themselves. */
const PLUMBING = ['wasi:io/', 'wasi:http/types'];

/** What a component can reach through its imports, by the names of WASI; others are the host's own. */
export function capabilitiesOf(world: World): Capability[] {
  const found = new Map<string, string[]>();
  for (const [key, item] of world.imports) {
    if (item.tag === 'type' || (item.tag === 'interface' && item.interface.functions.size === 0)) continue;
    if (PLUMBING.some((prefix) => key.startsWith(prefix))) continue;
    const known = WASI.find(([prefix]) => key.startsWith(prefix))?.[1];
    const name = known ?? `host: ${ownerOf(key)}`;
    const imports = found.get(name);
    if (imports === undefined) found.set(name, [key]);
    else imports.push(key);
  }
  return [...found].map(([name, imports]) => ({ name, imports }));
}

function ownerOf(key: string): string {
  const parsed = parseQualifiedName(key);
  return parsed === undefined ? key : `${parsed.package.namespace}:${parsed.package.name}`;
}
