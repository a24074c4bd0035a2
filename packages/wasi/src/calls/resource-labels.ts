import { absoluteGuestPath } from '../files/sandbox/guest-path.ts';
import { type IpSocketAddress, socketAddressOf } from '../system/sockets/socket-address.ts';
import type { GrantNames } from './grant-names.ts';
import { wasiAddressText, classText } from './shown-value.ts';
import type { UsedGrant } from './wasi-call.ts';

/** What is known of a resource, from the calls that made it. */
interface ResourceLabel {
  /** The name of the resource in WIT, once one of its methods was called. */
  readonly type?: string;
  /** What it stands for: `/data/a.txt`, `stdin`, `127.0.0.1:80`. */
  readonly of?: string;
  readonly grant?: UsedGrant | undefined;
  /** Of an outgoing request. */
  readonly scheme?: string;
  readonly authority?: string;
}

type Named = Parameters<GrantNames['single']>[0];

/** The interfaces whose functions one grant covers, without their versions. */
const SINGLE: ReadonlyMap<string, Named> = new Map<string, Named>([
  ['wasi:cli/environment#get-environment', 'env'],
  ['wasi:cli/exit', 'exit'],
  ['wasi:cli/stdin', 'stdin'],
  ['wasi:cli/stdout', 'stdout'],
  ['wasi:cli/stderr', 'stderr'],
  ['wasi:cli/terminal-stdin', 'stdin'],
  ['wasi:cli/terminal-stdout', 'stdout'],
  ['wasi:cli/terminal-stderr', 'stderr'],
  ['wasi:clocks/wall-clock', 'clocks'],
  ['wasi:clocks/system-clock', 'clocks'],
  ['wasi:clocks/monotonic-clock', 'clocks'],
  ['wasi:random/random', 'random'],
  ['wasi:random/insecure', 'random'],
  ['wasi:random/insecure-seed', 'random'],
]);

/**
 * What is known of the resources of one instance. It follows the calls, and the classes of resources know nothing of
 * it: what a call of a resource returns stands for the same thing, as a stream does for its file, unless the function
 * says something else.
 */
export class ResourceLabels {
  readonly #names: GrantNames;
  readonly #labels = new WeakMap<object, ResourceLabel>();

  constructor(names: GrantNames) {
    this.#names = names;
  }

  /** Describes a resource in a few words. */
  text(resource: object): string {
    const { type = classText(resource), of } = this.#labels.get(resource) ?? {};
    return of === undefined ? type : `${type} ${of}`;
  }

  /** Learns from the arguments of a call, and returns the grant that covers it. */
  called(name: string, func: string, args: readonly unknown[]): UsedGrant | undefined {
    const [self] = args;
    const [type, method] = methodOf(func);
    if (type !== undefined && isResource(self)) this.#add(self, { type });
    const place = name.replace(/@.*$/su, '');
    const single = SINGLE.get(place) ?? SINGLE.get(`${place}#${func}`);
    if (single !== undefined) return this.#names.single(single);
    if (place.startsWith('wasi:sockets/')) this.#calledSocket(method, args);
    if (place === 'wasi:sockets/ip-name-lookup' && method === 'resolve-addresses')
      return this.#names.lookUp(String(args.find((each) => typeof each === 'string')));
    if (place === 'wasi:http/types') this.#calledRequest(method, args);
    return this.#firstOf(args)?.grant;
  }

  /** Learns what the resources are that a call has returned. */
  returned(name: string, func: string, args: readonly unknown[], value: unknown): void {
    const place = name.replace(/@.*$/su, '');
    if (place === 'wasi:filesystem/preopens' && Array.isArray(value)) {
      for (const [directory, path] of value as (readonly [unknown, unknown])[])
        if (isResource(directory) && typeof path === 'string')
          this.#add(directory, { type: 'descriptor', of: path, grant: this.#names.directory(path) });
      return;
    }
    const [, method] = methodOf(func);
    const single = SINGLE.get(place);
    const label =
      single === undefined
        ? this.#firstOf(args)
        : { of: single === 'clocks' ? 'timer' : single, grant: this.#names.single(single) };
    const { of, grant } = label ?? {};
    const path = method === 'open-at' && of !== undefined ? openedPath(of, args) : of;
    for (const made of resourcesIn(value))
      this.#add(made, { ...(path !== undefined && { of: path }), ...(grant !== undefined && { grant }) });
  }

  #calledSocket(method: string, args: readonly unknown[]): void {
    const [self] = args;
    const address = args.find(isSocketAddress);
    if (!isResource(self) || address === undefined) return;
    const { address: host, port } = socketAddressOf(address);
    const binds = method === 'bind' || method === 'start-bind';
    const grant = binds ? this.#names.listening(host, port) : this.#names.connection(host, port);
    this.#add(self, { of: wasiAddressText(address) ?? '', grant });
  }

  #calledRequest(method: string, args: readonly unknown[]): void {
    const [self, value] = args;
    if (!isResource(self)) return;
    const before = this.#labels.get(self);
    if (method === 'set-authority' && typeof value === 'string')
      this.#addRequest(self, { ...before, authority: value });
    if (method === 'set-scheme') {
      const { tag } = Object(value) as { readonly tag?: unknown };
      this.#addRequest(self, { ...before, scheme: tag === 'HTTP' ? 'http' : 'https' });
    }
  }

  #addRequest(request: object, label: ResourceLabel): void {
    const { scheme = 'https', authority } = label;
    if (authority === undefined) return this.#add(request, label);
    const origin = `${scheme}://${authority}`;
    this.#add(request, { ...label, of: origin, grant: this.#names.request(origin) });
  }

  #add(resource: object, label: ResourceLabel): void {
    const before = this.#labels.get(resource);
    this.#labels.set(resource, before === undefined ? label : { ...before, ...label });
  }

  /** The label of the first argument that has one. */
  #firstOf(args: readonly unknown[]): ResourceLabel | undefined {
    for (const arg of args) {
      const [resource] = resourcesIn(arg);
      const label = resource && this.#labels.get(resource);
      if (label?.of !== undefined || label?.grant !== undefined) return label;
    }
    return undefined;
  }
}

/** The resource and the method of a name such as `[method]descriptor.open-at`. */
function methodOf(func: string): readonly [type: string | undefined, method: string] {
  const [, kind, type, method] = /^\[(method|static|constructor)\]([^.]*)\.?(.*)$/su.exec(func) ?? [];
  if (type === undefined) return [undefined, func];
  return [kind === 'method' ? type : undefined, method ?? ''];
}

function openedPath(directory: string, args: readonly unknown[]): string {
  const path = args.find((each) => typeof each === 'string');
  return path === undefined ? directory : absoluteGuestPath(directory, path).slice(0, 4096);
}

/** The resources, streams and futures in a value, to a small depth and number. */
function resourcesIn(value: unknown, depth = 0): readonly object[] {
  if (isResource(value)) return [value];
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || depth > 2) return [];
  return Object.values(value)
    .slice(0, 16)
    .flatMap((each) => resourcesIn(each, depth + 1));
}

function isResource(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value))
    return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== Object.prototype && prototype !== null && !(value instanceof Map);
}

function isSocketAddress(value: unknown): value is IpSocketAddress {
  if (typeof value !== 'object' || value === null || wasiAddressText(value) === undefined) return false;
  return 'port' in Object((value as { readonly val?: unknown }).val);
}
