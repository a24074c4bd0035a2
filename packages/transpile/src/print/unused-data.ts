import type { TypeDef } from '@wit-ts/model';

/** The members that the code of a function was made from, which is printed beside them. */
const OF_CODE: ReadonlySet<string> = new Set([
  'options',
  'what',
  'call',
  'from',
  'to',
  'maxFlat',
  'fromMaxFlat',
  'toMaxFlat',
]);

/** Members of canonical definitions and core types that only validation and emitted code need. */
const OF_DEFINITIONS: ReadonlySet<string> = new Set(['spillsParams', 'spillsResult', 'docs']);

/** Returns true for a member of the plan or the wiring that an instance never reads. */
export function isUnused(object: object, key: string): boolean {
  if (OF_DEFINITIONS.has(key)) return true;
  // Specifications of values that pass in tasks, and of functions that an engine makes.
  if ('maxFlat' in object || 'toMaxFlat' in object) return OF_CODE.has(key);
  if ('peer' in object) return key === 'options';
  if ('tag' in object) return isOfCanon(object, key);
  // Flags that are not set.
  if (Reflect.get(object, key) === false) return true;
  // Of a parameter only that there is one, and of a type definition only its kind, and its name in messages.
  if (key === 'type' && 'name' in object && Object.keys(object).length === 2) return true;
  return 'kind' in object && typeof (object as TypeDef).kind === 'object' && key !== 'kind' && key !== 'name';
}

/** A built-in has its options and its type beside its canonical definition. */
function isOfCanon({ tag }: { readonly tag?: unknown }, key: string): boolean {
  return typeof tag === 'string' && tag.includes('.') && (key === 'options' || key === 'result');
}
