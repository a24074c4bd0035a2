import { nearest } from '@wit-ts/diagnostics';
import type { Func, World } from '@wit-ts/model';
import { usageFailure } from '../failure.ts';

/** A function of a world's exports, and the interface that has it. */
export interface Found {
  readonly key?: string;
  readonly func: Func;
}

/**
 * Finds an exported function: `run`, or `api.run`, `ns:pkg/api.run` and `ns:pkg/api@1.0.0.run` for one of an interface.
 * The interface may be left out where only one has such a function.
 *
 * @throws Failure that says what there is
 */
export function findFunction(world: World, name: string): Found {
  const all = functionsOf(world);
  const fitting = all.filter((found) => namesOf(found).includes(name));
  const [first] = fitting;
  // A function of the world itself goes before those of interfaces, which have longer names to be told apart by.
  if (first !== undefined && (fitting.length === 1 || first.key === undefined)) return first;
  const known = all.map((found) => namesOf(found)[0]!);
  if (fitting.length > 1) {
    throw usageFailure(
      `several functions are called ${name}`,
      `choose one: ${fitting.map((it) => namesOf(it)[0]!).join(', ')}`,
    );
  }
  const near = nearest(name, all.flatMap(namesOf));
  const list = known.length === 0 ? 'the component exports no function' : `there are: ${known.join(', ')}`;
  throw usageFailure(
    `the component exports no function ${name}`,
    near === undefined ? list : `did you mean ${near}?`,
  );
}

function functionsOf(world: World): Found[] {
  const found: Found[] = [];
  for (const [key, item] of world.exports) {
    if (item.tag === 'function') found.push({ func: item.function });
    else if (item.tag === 'interface')
      for (const func of item.interface.functions.values()) found.push({ key, func });
  }
  // Methods need a resource to be called on, which has no text; nor has what a constructor returns.
  const callable = found.filter(({ func }) => func.kind.tag === 'freestanding');
  return callable.sort((a, b) => Number(a.key !== undefined) - Number(b.key !== undefined));
}

/** What a function may be called, the whole name first. */
function namesOf({ key, func }: Found): string[] {
  if (key === undefined) return [func.name];
  const [path = key] = key.split('@');
  const short = path.slice(path.indexOf('/') + 1);
  return [
    `${key}.${func.name}`,
    `${key}#${func.name}`,
    `${path}.${func.name}`,
    `${short}.${func.name}`,
    func.name,
  ];
}
