import { absoluteGuestPath } from '../files/sandbox/guest-path.ts';
import { directoryFlags } from '../files/sandbox/path-refusals.ts';
import type { Grants } from '../grants.ts';
import { networkGrants } from '../system/network-grants.ts';
import type { UsedGrant } from './wasi-call.ts';

/** The names that a program has looked up, of which only so many are kept. */
const MOST_NAMES = 256;

/** Finds the grant that covers a directory, an address or an origin, for reports. Nothing is allowed by it. */
export class GrantNames {
  readonly #grants: Grants;
  /** A granted name covers the addresses that a look-up gave for it. */
  readonly #names = new Set<string>();

  constructor(grants: Grants) {
    this.#grants = grants;
  }

  /** @param path the guest's path of a preopened directory */
  directory(path: string): UsedGrant | undefined {
    const { dirs = [] } = this.#grants;
    const index = dirs.findIndex(({ guest }) => absoluteGuestPath('/', guest) === path);
    const found = dirs[index];
    if (found === undefined) return undefined;
    const { host, write = false } = found;
    const [flag] = typeof host === 'string' ? directoryFlags(host, path, write ? '' : ':ro') : [];
    return { name: 'dirs', index, text: flag ?? `dirs[${index}]` };
  }

  connection(address: string, port: number): UsedGrant | undefined {
    return this.#covering('net', (each) =>
      [undefined, ...this.#names].some((name) =>
        networkGrants({ net: [each] }).mayConnect(address, port, name),
      ),
    );
  }

  listening(address: string, port: number): UsedGrant | undefined {
    return this.#covering('listen', (each) => networkGrants({ listen: [each] }).mayListen(address, port));
  }

  lookUp(name: string): UsedGrant | undefined {
    if (this.#names.size < MOST_NAMES) this.#names.add(name);
    return this.#covering('net', (each) => networkGrants({ net: [each] }).mayLookUp(name));
  }

  request(origin: string): UsedGrant | undefined {
    return this.#covering('http', (each) => networkGrants({ http: [each] }).mayRequest(origin));
  }

  /** A grant that is not a list. */
  single(name: Exclude<UsedGrant['name'], 'dirs' | 'net' | 'listen' | 'http'>): UsedGrant | undefined {
    const { env = {}, random } = this.#grants;
    const granted = this.#grants[name];
    if (granted === undefined || granted === false) return undefined;
    if (name === 'env') {
      const names = Object.keys(env);
      return names.length === 0
        ? undefined
        : {
            name,
            text: names
              .slice(0, 4)
              .map((each) => `--env ${each}`)
              .join(' '),
          };
    }
    return { name, text: name === 'random' && typeof random === 'object' ? `--seed ${random.seed}` : name };
  }

  #covering(name: 'net' | 'listen' | 'http', covers: (text: string) => boolean): UsedGrant | undefined {
    const list = this.#grants[name] ?? [];
    const index = list.findIndex(covers);
    return index === -1 ? undefined : { name, index, text: `--${name} ${list[index]!}` };
  }
}
