import type { ExternType } from '@wit-ts/component';
import { DecodeError } from '@wit-ts/component/binary';
import type { InstanceItems, Item } from './scope.ts';

/** What an instantiation gives for an import. */
export function argument(args: InstanceItems, name: string, type: ExternType, offset: number): Item {
  const item = args.get(name);
  const sort = type.tag === 'core-module' ? 'core module' : type.tag;
  if (item === undefined || item.sort !== sort) {
    throw new DecodeError(
      `the nested component is instantiated without its import \`${name}\` (a ${sort})`,
      offset,
    );
  }
  return item;
}
