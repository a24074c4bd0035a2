import { type MappingChoices, memberKeys } from '@wit-ts/mapping';
import type { FuncType } from '../engine.ts';

/** Returns what the arguments of a function are in messages. */
export function argumentPaths(
  params: FuncType['params'],
  call: 'function' | 'method' | undefined,
  mapping: MappingChoices | undefined,
): readonly string[] {
  const named = (list: typeof params): readonly string[] =>
    memberKeys(list, mapping).map((name) => `argument ${name}`);
  return call === 'method' ? ['this', ...named(params.slice(1))] : named(params);
}
