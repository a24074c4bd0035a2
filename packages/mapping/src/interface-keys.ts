import { compatibilityKey } from '@wit-ts/model';
import type { ObjectNames } from './object-names.ts';

/** The properties of an object under which a host may have an interface. Each field is tried before the next. */
export interface InterfaceKeys {
  /** The key in declarations: the full name, or the cased name of an interface with a plain name. */
  readonly key: string;
  /**
   * The track of the name's version (`compatibilityKey`): of all keys on this track, the one with the newest version is
   * used.
   */
  readonly track?: string;
  /** The name without its version, or a plain name as WIT writes it. */
  readonly also?: string;
}

/**
 * Returns how a host may name an imported interface.
 *
 * @param names the names of the object that has the interface: an interface with a plain name gets one of them
 */
export function interfaceKeys(name: string, names: ObjectNames): InterfaceKeys {
  const at = name.indexOf('@');
  if (at >= 0) return { key: name, track: compatibilityKey(name), also: name.slice(0, at) };
  if (name.includes(':')) return { key: name };
  const [key, also] = names.property(name);
  return also === undefined ? { key } : { key, also };
}
