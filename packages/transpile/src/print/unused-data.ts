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

/**
 * Returns what tells whether an instance never reads a member of the plan or the wiring.
 *
 * @param data the plan and the wiring
 * @param trace whether instances can be traced, by the types of their functions
 */
export function unusedIn(data: object, trace = false): (object: object, key: string) => boolean {
  const params = paramsIn(data);
  // Of a parameter only that there is one.
  return (object, key) => isUnused(object, key) || (!trace && key === 'type' && params.has(object));
}

/** Returns the parameters of functions. A field of a record looks like one, but is part of a type. */
function paramsIn(data: unknown): ReadonlySet<unknown> {
  const params = new Set<unknown>();
  // What is added to a set while it is iterated is visited, too.
  const seen = new Set<unknown>([data]);
  for (const each of seen) {
    for (const [key, value] of Object.entries(each as object)) {
      if (key === 'params' && Array.isArray(value)) for (const param of value) params.add(param);
      if (typeof value === 'object' && value !== null) seen.add(value);
    }
  }
  return params;
}

function isUnused(object: object, key: string): boolean {
  if (OF_DEFINITIONS.has(key)) return true;
  // Specifications of values that pass in tasks, and of functions that an engine makes.
  if ('maxFlat' in object || 'toMaxFlat' in object) return OF_CODE.has(key);
  if ('peer' in object) return key === 'options';
  if ('tag' in object) return isOfCanon(object, key);
  // Flags that are not set.
  if (Reflect.get(object, key) === false) return true;
  // Of a type definition only its kind, and its name in messages.
  return 'kind' in object && typeof (object as TypeDef).kind === 'object' && key !== 'kind' && key !== 'name';
}

/** A built-in has its options and its type beside its canonical definition. */
function isOfCanon({ tag }: { readonly tag?: unknown }, key: string): boolean {
  return typeof tag === 'string' && tag.includes('.') && (key === 'options' || key === 'result');
}
