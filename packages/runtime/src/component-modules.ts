import { decode } from '@wit-ts/component/explained';
import { plan } from '@wit-ts/plan';

/**
 * Returns the core modules inside a component, in the order in which `compile({ bytes, modules })` expects them.
 *
 * @throws DecodeError when the bytes are not a component
 */
export function componentModules(bytes: Uint8Array | ArrayBuffer): readonly Uint8Array[] {
  return plan(decode(bytes)).modules;
}
