import { endpointText, type IpSocketAddress, socketAddressOf } from '../system/sockets/socket-address.ts';

/**
 * A value of a call in a readable form that JSON can hold. Bytes are `{ bytes: 13 }`, and a resource is `{ resource:
 * 'descriptor /data' }`. Flags have the names that are set, each with `true`. A 64-bit integer that a number cannot
 * hold is text.
 */
export type ShownValue =
  null | boolean | number | string | readonly ShownValue[] | { readonly [name: string]: ShownValue };

/** The most values and characters that are shown of all values of a call. */
const MOST_VALUES = 64;
const MOST_CHARACTERS = 1200;
/** The most characters of one text, and the most elements of one list. */
const MOST_OF_TEXT = 256;
const MOST_OF_LIST = 8;
const MOST_DEPTH = 6;

/** Shows the values of one call, which together have a bounded length. */
export class ValueView {
  readonly #nameOf: (resource: object) => string | undefined;
  #values = MOST_VALUES;
  #characters = MOST_CHARACTERS;

  /** @param nameOf says what is known of a resource, a stream or a promise */
  constructor(nameOf: (resource: object) => string | undefined = () => undefined) {
    this.#nameOf = nameOf;
  }

  show(value: unknown, depth = 0): ShownValue {
    if (--this.#values < 0 || depth > MOST_DEPTH) return '…';
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'bigint':
        return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'boolean':
        return value;
      case 'object':
        return value === null ? null : this.#object(value, depth);
      case 'undefined':
        return null;
      default:
        return this.#text(typeof value);
    }
  }

  #object(value: object, depth: number): ShownValue {
    if (ArrayBuffer.isView(value))
      return value instanceof Uint8Array
        ? { bytes: value.byteLength }
        : this.#list(Array.from(value as Uint16Array), depth);
    if (Array.isArray(value)) return this.#list(value, depth);
    if (value instanceof Map) return this.#list([...value], depth);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null)
      return { resource: this.#text(this.#nameOf(value) ?? classText(value)) };
    const address = wasiAddressText(value);
    return address === undefined ? this.#record(value, depth) : this.#text(address);
  }

  #list(values: readonly unknown[], depth: number): ShownValue {
    const shown = values.slice(0, MOST_OF_LIST).map((each) => this.show(each, depth + 1));
    return values.length > MOST_OF_LIST ? [...shown, `… ${values.length - MOST_OF_LIST} more`] : shown;
  }

  /** A record, flags or a variant. Members that are absent are left out, as are flags that are not set. */
  #record(value: object, depth: number): ShownValue {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    const isFlags = entries.length > 0 && entries.every(([, each]) => typeof each === 'boolean');
    const shown = isFlags ? entries.filter(([, each]) => each === true) : entries;
    return Object.fromEntries(
      shown.slice(0, 32).map(([name, each]) => [this.#text(kebabCase(name)), this.show(each, depth + 1)]),
    );
  }

  #text(text: string): string {
    const most = Math.max(0, Math.min(MOST_OF_TEXT, this.#characters));
    const shown = text.length <= most ? text : `${text.slice(0, most)}…`;
    this.#characters -= shown.length;
    return shown;
  }
}

/** Writes a value as a part of a line. */
export function valueText(value: ShownValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object') return String(value);
  if (value === null) return 'none';
  if (isList(value)) return `[${value.map(valueText).join(', ')}]`;
  const entries = Object.entries(value);
  const [first] = entries;
  if (first !== undefined && entries.length === 1) {
    if (first[0] === 'bytes' && typeof first[1] === 'number')
      return `${first[1]} ${first[1] === 1 ? 'byte' : 'bytes'}`;
    if (first[0] === 'resource' && typeof first[1] === 'string') return `<${first[1]}>`;
  }
  if (typeof value['tag'] === 'string') return variantText(value['tag'], value['val']);
  return `{${entries.map(([name, each]) => (each === true ? name : `${name}: ${valueText(each)}`)).join(', ')}}`;
}

function isList(value: ShownValue): value is readonly ShownValue[] {
  return Array.isArray(value);
}

function variantText(tag: string, payload: ShownValue | undefined): string {
  return payload === undefined ? tag : `${tag}(${valueText(payload)})`;
}

/** Writes an `ip-socket-address` or an `ip-address` of `wasi:sockets` as people do. */
export function wasiAddressText(value: object): string | undefined {
  const { tag, val } = value as { readonly tag?: unknown; readonly val?: unknown };
  if ((tag !== 'ipv4' && tag !== 'ipv6') || typeof val !== 'object' || val === null) return undefined;
  const { address = val, port } = val as { readonly address?: unknown; readonly port?: unknown };
  if (!Array.isArray(address) || address.length !== (tag === 'ipv4' ? 4 : 8)) return undefined;
  if (!address.every((each) => Number.isInteger(each))) return undefined;
  // The flow and the zone of an IPv6 address are not shown.
  const whole = { port: 0, address, flowInfo: 0, scopeId: 0 };
  const checked = socketAddressOf({ tag, val: { ...whole, port } } as IpSocketAddress);
  return port === undefined ? checked.address : endpointText(checked);
}

/** Returns the name of the class of an object of the host as WIT would write it. */
export function classText(value: object): string {
  const { constructor: made } = value as { readonly constructor?: unknown };
  const name = typeof made === 'function' ? made.name : '';
  const short = name.replace(/^(?:Own|Host)(?=[A-Z])/u, '').replace(/(?:Resource)?\d?$/u, '');
  return short === '' ? 'object' : kebabCase(short).replace(/^-/u, '');
}

function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}
