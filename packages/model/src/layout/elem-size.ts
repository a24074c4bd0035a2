import type { Type } from '../types.ts';
import { type AddressType, layoutOf } from './layout.ts';

/** Returns the size of a value in memory, in bytes (`CanonicalABI.md`, "Element Size"). */
export function elemSize(type: Type, address: AddressType): number {
  return layoutOf(type, address).size;
}
