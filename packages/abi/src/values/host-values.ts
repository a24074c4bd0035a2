import type { MappingChoices } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import { resourcesOf, waitablesOf } from '@wit-ts/model/layout';
import type { ValuesBinding } from '../value-engine.ts';
import { refusedMessage } from '../helpers/mismatch.ts';
import { refusal } from '../helpers/refused-promises.ts';
import { readValues } from '../helpers/values.ts';
import { ValuesTableBuilder } from './values-table.ts';

/**
 * Makes a function that reads values that a host gives and that go to a host, through a stream or future of a
 * component. They are not stored in a memory in between, but they must fit their type all the same. The values are
 * copied as far as they are checked; typed arrays and resources are not.
 *
 * @throws TypeError when a value does not fit, with its path: `values[3].name: expected string, got 7`
 */
export function hostValues(
  type: Type,
  { resources, waitables }: Pick<ValuesBinding, 'resources' | 'waitables'>,
  mapping?: MappingChoices,
): (values: ArrayLike<unknown>) => ArrayLike<unknown> {
  const list: Type = { kind: { tag: 'list', element: type } };
  const table = new ValuesTableBuilder({
    options: { mapping },
    resources: resourcesOf([type]),
    waitables: waitablesOf([type]),
  }).table([], list, undefined);
  return (values) => {
    try {
      return readValues(table, resources, values, waitables);
    } catch (error) {
      const found = refusedMessage(error);
      throw found === undefined ? error : refusal(found, values);
    }
  };
}
