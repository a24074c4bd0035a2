import type { ComponentInstance, WaitableCodec } from '@wit-ts/abi';
import { componentEndCodec } from '../end-codecs.ts';
import type { CopyType } from '../copy-end.ts';
import type { Store } from '../store.ts';

export interface HostElements {
  readonly typedArray: unknown;
  readonly isResult: boolean;
  readonly name: string;
}
export function hostStreamCodec(
  _s: Store,
  instance: ComponentInstance,
  type: CopyType,
  _e: HostElements,
): WaitableCodec {
  return componentEndCodec(instance, type);
}
export const hostFutureCodec = hostStreamCodec;
