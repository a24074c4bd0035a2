import { thrownResult } from '@wit-ts/mapping';
import type { Type, TypeDef } from '@wit-ts/model';
import type { FlatSpec } from '../value-engine.ts';
import type { TypeTable } from '../helpers/describe.ts';
import { RESULT_OR_ERROR } from '../helpers/flat-values.ts';
import { argumentPaths } from './argument-paths.ts';
import { ValuesTableBuilder } from './values-table.ts';

/**
 * Returns the types of the host's values that `lowerFlat` lowers. The names of the parameters in it are what the values
 * are in messages. It is empty for values of another component.
 */
export function flatTable(
  spec: FlatSpec,
  resources: readonly TypeDef[],
  waitables: readonly Type[],
): TypeTable {
  const builder = new ValuesTableBuilder({ options: spec.options, resources, waitables });
  const params = spec.peer === 'component' ? [] : spec.params;
  const paths = pathsOf(spec);
  return builder.table(
    params.map(({ type }, index) => [paths[index]!, type]),
    undefined,
    undefined,
  );
}

function pathsOf({ params, what, call, options: { mapping } }: FlatSpec): readonly string[] {
  if (what === 'result')
    return params.map(({ type }) => (thrownResult(type, mapping) === undefined ? 'result' : RESULT_OR_ERROR));
  return argumentPaths(params, call, mapping);
}
