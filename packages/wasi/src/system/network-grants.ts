import type { Grants } from '../grants.ts';
import { type AddressBytes, parseAddress } from './network-addresses.ts';
import {
  coversOrigin,
  type RequestOrigin,
  type OriginPattern,
  parseOrigin,
  parseOriginPattern,
  splitEndpoint,
} from './network-origins.ts';
import {
  coversAddress,
  coversHost,
  coversListening,
  type EndpointPattern,
  normalHost,
  parsePortPattern,
} from './network-patterns.ts';

/** What an instance may reach. Names and addresses are compared in normal form, and addresses again after a look-up. */
export interface NetworkGrants {
  /** Whether nothing at all is granted, so that no name is looked up and no call of the program waits for a network. */
  readonly isEmpty: boolean;
  /** Whether any address at all is granted for connections. */
  readonly canConnect: boolean;
  /**
   * Whether a connection or a datagram may go to an address, which `name` was looked up for, if there was one. A
   * granted name does not cover private addresses: these must be granted as addresses.
   */
  mayConnect(address: string, port: number, name?: string): boolean;
  /** Whether a socket may be bound to an address to receive connections or datagrams. */
  mayListen(address: string, port: number): boolean;
  mayLookUp(name: string): boolean;
  /** Whether an outgoing request may go to an origin: `https://api.example.org`, with the port if it is not usual. */
  mayRequest(origin: string): boolean;
  /** Whether such a request may go to this address, which the host of the origin was looked up for. */
  mayRequestAt(origin: string, address: string): boolean;
}

/**
 * Reads the grants `net`, `listen` and `http`.
 *
 * @throws TypeError when one of them is not in the form that it must have, with its path and what to write
 */
export function networkGrants(grants: Pick<Grants, 'net' | 'listen' | 'http'>): NetworkGrants {
  const net = listOf(grants.net, 'net').map((text, at) => endpoint(text, `grants.net[${at}]`));
  const listen = listOf(grants.listen, 'listen').map((text, at) => listening(text, `grants.listen[${at}]`));
  const http = listOf(grants.http, 'http').map((text, at) => origin(text, `grants.http[${at}]`));
  return new PatternGrants(net, listen, http);
}

class PatternGrants implements NetworkGrants {
  readonly isEmpty: boolean;
  readonly canConnect: boolean;
  readonly #net: readonly EndpointPattern[];
  readonly #listen: readonly EndpointPattern[];
  readonly #http: readonly OriginPattern[];

  constructor(
    net: readonly EndpointPattern[],
    listen: readonly EndpointPattern[],
    http: readonly OriginPattern[],
  ) {
    this.#net = net;
    this.#listen = listen;
    this.#http = http;
    this.isEmpty = net.length + listen.length + http.length === 0;
    this.canConnect = net.length > 0;
  }

  mayConnect(address: string, port: number, name?: string): boolean {
    const bytes = parseAddress(address);
    const host = name === undefined ? undefined : normalHost(name);
    if (bytes === undefined || (name !== undefined && host === undefined)) return false;
    return this.#net.some((each) => coversPort(each, port) && coversAddress(each.host, bytes, host));
  }

  mayListen(address: string, port: number): boolean {
    const bytes = parseAddress(address);
    if (bytes === undefined) return false;
    return this.#listen.some((each) => coversPort(each, port) && coversListening(each.host, bytes));
  }

  mayLookUp(name: string): boolean {
    const host = normalHost(name);
    return host !== undefined && this.#net.some((each) => coversHost(each.host, host));
  }

  mayRequest(text: string): boolean {
    const to = parseOrigin(text);
    return to !== undefined && this.#http.some((each) => coversOrigin(each, to));
  }

  mayRequestAt(text: string, address: string): boolean {
    const to = parseOrigin(text);
    const bytes = parseAddress(address);
    if (to === undefined || bytes === undefined) return false;
    const { host } = to;
    if (parseAddress(host) !== undefined)
      return parseAddress(host)?.join() === bytes.join() && this.mayRequest(text);
    if (!this.mayRequest(text)) return false;
    return (
      this.#http.some((each) => coversOrigin(each, to) && coversAddress(each.host, bytes, host)) ||
      this.#grantsAddress(to, bytes)
    );
  }

  /** Whether the address that a granted name has is granted, too, as an origin or for connections. */
  #grantsAddress({ scheme, port }: RequestOrigin, bytes: AddressBytes): boolean {
    return (
      this.#http.some(
        (each) =>
          (each.scheme ?? scheme) === scheme &&
          coversPort(each, port) &&
          coversAddress(each.host, bytes, undefined),
      ) || this.#net.some((each) => coversPort(each, port) && coversAddress(each.host, bytes, undefined))
    );
  }
}

function coversPort({ port }: EndpointPattern, of: number): boolean {
  return port === undefined || port === of;
}

function endpoint(text: unknown, path: string): EndpointPattern {
  const split = splitEndpoint(stringOf(text, path));
  if (typeof split === 'string') throw wrong(path, text, split);
  const port = parsePortPattern(split.port);
  if (port === null) throw wrong(path, text, `\`${split.port}\` is not a port`);
  return { host: split.host, port };
}

function listening(text: unknown, path: string): EndpointPattern {
  const pattern = endpoint(text, path);
  const { host } = pattern;
  if (host.tag === 'below' || (host.tag === 'name' && host.name !== 'localhost'))
    throw wrong(
      path,
      text,
      'a program listens on an address of this machine, `localhost` or `*`, not on a name',
    );
  return pattern;
}

function origin(text: unknown, path: string): OriginPattern {
  const pattern = parseOriginPattern(stringOf(text, path));
  if (typeof pattern === 'string') throw wrong(path, text, pattern);
  return pattern;
}

function listOf(list: unknown, name: string): readonly unknown[] {
  if (list === undefined) return [];
  if (!Array.isArray(list))
    throw new TypeError(`grants.${name}: expected an array of strings, got ${typeof list}`);
  return list;
}

function stringOf(text: unknown, path: string): string {
  if (typeof text !== 'string') throw new TypeError(`${path}: expected a string, got ${typeof text}`);
  return text;
}

function wrong(path: string, text: unknown, reason: string): TypeError {
  return new TypeError(`${path}: ${JSON.stringify(text)}: ${reason}`);
}
