import { functionsOf, parseQualifiedName, type Unexpressed, type World } from '@wit-ts/model';

/** What a component requires from its host, by names that people know. */
export interface Capabilities {
  /** The capabilities that it requires, each with the imports that require it. The common ones come first. */
  readonly required: readonly Capability[];
  /** The common capabilities (files, network, HTTP, clocks, environment, random) that it does not require. */
  readonly notRequired: readonly string[];
  /** Imports that other interfaces use, such as streams, and that give no access by themselves. */
  readonly supporting: readonly CapabilityImport[];
}

/** A capability, with the imports that require it. */
export interface Capability {
  /** `files`, `network`, …; outside WASI, `host: ` and the package or name of the import. */
  readonly name: string;
  readonly imports: readonly CapabilityImport[];
}

/** An import of a component, with the functions that it imports of it. */
export interface CapabilityImport {
  readonly name: string;
  /** Annotated names of the functions that the component imports; for an imported function, its own name. */
  readonly functions: readonly string[];
}

/** A report names these also when the component does not require them. */
const COMMON = ['files', 'network', 'HTTP', 'clocks', 'environment', 'random'] as const;

const WASI: readonly (readonly [prefix: string, capability: string])[] = [
  ['wasi:filesystem/', 'files'],
  ['wasi:sockets/', 'network'],
  ['wasi:tls/', 'network'],
  ['wasi:http/outgoing-handler', 'HTTP'],
  ['wasi:http/client', 'HTTP'],
  ['wasi:http/handler', 'HTTP'],
  ['wasi:http/incoming-handler', 'HTTP'],
  ['wasi:clocks/', 'clocks'],
  ['wasi:cli/environment', 'environment'],
  ['wasi:random/', 'random'],
  ['wasi:cli/stdin', 'standard input'],
  ['wasi:cli/stdout', 'standard output'],
  ['wasi:cli/stderr', 'standard error'],
  ['wasi:cli/terminal', 'terminal'],
  ['wasi:cli/exit', 'end of the process'],
  ['wasi:cli/types', 'standard output'],
  ['wasi:keyvalue/', 'key-value store'],
  ['wasi:config/', 'configuration'],
  ['wasi:blobstore/', 'blob store'],
  ['wasi:messaging/', 'messages'],
  ['wasi:nn/', 'neural networks'],
  ['wasi:logging/', 'log'],
];

const SUPPORTING = ['wasi:io/', 'wasi:http/types'];

/**
 * Returns what a component can reach through its imports. Interfaces that have only types give access to nothing.
 *
 * @param unexpressed the imports that WIT cannot express, as `componentWorld` returns them
 */
export function capabilitiesOf(world: World, unexpressed: readonly Unexpressed[] = []): Capabilities {
  const found = new Map<string, CapabilityImport[]>();
  const supporting: CapabilityImport[] = [];
  for (const [name, item] of world.imports) {
    const functions = item.tag === 'function' ? [name] : [...functionsOf(item).keys()];
    if (functions.length === 0) continue;
    const one = { name, functions };
    if (SUPPORTING.some((prefix) => name.startsWith(prefix))) supporting.push(one);
    else {
      const known = WASI.find(([prefix]) => name.startsWith(prefix))?.[1];
      const capability = known ?? `host: ${ownerOf(name)}`;
      const imports = found.get(capability);
      if (imports === undefined) found.set(capability, [one]);
      else imports.push(one);
    }
  }
  for (const { side, path, sort } of unexpressed) {
    const name = `${sort} ${path.join(' ')}`;
    if (side === 'import') found.set(`host: ${name}`, [{ name, functions: [] }]);
  }
  const known = [...COMMON, ...WASI.map(([, name]) => name)];
  const rank = (name: string): number => (known.includes(name) ? known.indexOf(name) : known.length);
  const required = [...found]
    .map(([name, imports]) => ({ name, imports }))
    .toSorted((a, b) => rank(a.name) - rank(b.name));
  return { required, notRequired: COMMON.filter((name) => !found.has(name)), supporting };
}

function ownerOf(key: string): string {
  const parsed = parseQualifiedName(key);
  return parsed === undefined ? key : `${parsed.package.namespace}:${parsed.package.name}`;
}
