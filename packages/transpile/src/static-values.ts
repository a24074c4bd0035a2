import type { StaticValues } from '@wit-ts/bindgen';
import { exportSurface, type MappingChoices, type Member } from '@wit-ts/mapping';
import type { Plan } from '@wit-ts/plan';
import { importSitesOf } from '@wit-ts/runtime/static-module';
import { type DeclaredExport, declaredExports } from './declared-exports.ts';

type Values = Map<string, StaticValues extends ReadonlyMap<string, infer Value> ? Value : never>;

/** Declarations list no more values. Instances inside instances share parts, and written out they may be endless. */
const MAX_VALUES = 2000;

/** Returns the components and core modules that a component imports, except those of mapped imports. */
export function importedValues({ imports }: Plan, mapped: ReadonlySet<string>): StaticValues {
  const sites = importSitesOf(imports);
  const root: Values = new Map();
  for (const [index, { path, item }] of imports.entries()) {
    if ((item.tag !== 'component' && item.tag !== 'module') || mapped.has(path[0] ?? '')) continue;
    const { interfaces, keys } = sites[index]!;
    let values = root;
    for (const { key } of interfaces) values = within(values, key);
    const [key, label] = keys;
    values.set(key, {
      tag: item.tag === 'component' ? 'Component' : 'CoreModule',
      ...(label !== undefined && { label }),
    });
  }
  return root;
}

function within(values: Values, key: string): Values {
  const known = values.get(key);
  if (known?.tag === 'object') return known.members as Values;
  const members: Values = new Map();
  values.set(key, { tag: 'object', members });
  return members;
}

/** Returns the components and core modules that a component exports. */
export function exportedValues({ exports }: Plan, mapping: MappingChoices | undefined): StaticValues {
  let left = MAX_VALUES;
  const valuesOf = (members: readonly Member<DeclaredExport>[]): Values => {
    const values: Values = new Map();
    for (const member of members) {
      left -= 1;
      if (left < 0) break;
      if (member.tag === 'value')
        for (const key of member.keys)
          values.set(key, { tag: member.item.tag === 'module' ? 'CoreModule' : 'Component' });
      if (member.tag !== 'object') continue;
      const inner = valuesOf(member.members);
      if (inner.size > 0) for (const key of member.keys) values.set(key, { tag: 'object', members: inner });
    }
    return values;
  };
  return valuesOf(exportSurface(declaredExports(exports), undefined, undefined, mapping));
}
