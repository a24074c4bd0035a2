import { nearest } from '@wit-ts/diagnostics';
import { lastPart, worldSurface } from '@wit-ts/mapping';
import type { Func, World } from '@wit-ts/model';
import { usageFailure } from '../failure.ts';

/** An exported function. */
export interface ExportedFunction {
  /** The name of its interface; absent for a function of the world. */
  readonly key?: string;
  readonly func: Func;
  /** The properties that lead from the component's exports to the function. */
  readonly path: readonly string[];
}

/**
 * Finds an exported function: `run` of the world, or `api.run`, `ns:pkg/api.run` and `ns:pkg/api@1.0.0.run` of an
 * interface. The name of the interface may be left out if no other interface has such a function.
 *
 * @throws Failure that lists the functions of the world
 */
export function findFunction(world: World, name: string): ExportedFunction {
  const all = functionsOf(world);
  const fitting = all.filter((found) => namesOf(found).includes(name));
  const [first] = fitting;
  // A function of the world comes before functions of interfaces, which can be distinguished by their longer names.
  if (first !== undefined && (fitting.length === 1 || first.key === undefined)) return first;
  const known = all.map((found) => namesOf(found)[0]!);
  if (fitting.length > 1) {
    throw usageFailure(
      `several functions have the name \`${name}\``,
      `choose one: ${listOf(fitting.map((it) => namesOf(it)[0]!))}`,
    );
  }
  const near = name === '' ? undefined : nearest(name, all.flatMap(namesOf));
  const list = known.length === 0 ? 'the component exports no functions' : `it exports ${listOf(known)}`;
  throw usageFailure(
    name === '' ? '`--invoke` names no function' : `the component exports no function \`${name}\``,
    near === undefined ? list : `did you mean \`${near}\`?`,
  );
}

/** The most names that a message lists: a component may export thousands. */
const MOST_LISTED = 20;

function listOf(names: readonly string[]): string {
  const listed = names.slice(0, MOST_LISTED).map((name) => `\`${name}\``);
  const more = names.length - listed.length;
  return `${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Methods are left out: they are called on a resource, which cannot be written as text. So are constructors. */
function functionsOf(world: World): ExportedFunction[] {
  const ofWorld: ExportedFunction[] = [];
  const ofInterfaces: ExportedFunction[] = [];
  /** An interface is a member under its full name, and again under its short one. */
  const found = new Set<unknown>();
  for (const member of worldSurface(world).exports) {
    const [property] = member.keys;
    if (member.tag === 'function') ofWorld.push({ func: member.item.type, path: [property] });
    if (member.tag !== 'object' || found.has(member.item)) continue;
    found.add(member.item);
    for (const inner of member.members) {
      if (inner.tag === 'function')
        ofInterfaces.push({ key: member.name, func: inner.item.type, path: [property, inner.keys[0]] });
    }
  }
  return [...ofWorld, ...ofInterfaces];
}

/** The names by which a function can be asked for, the full name first. */
function namesOf({ key, func }: ExportedFunction): string[] {
  if (key === undefined) return [func.name];
  const [path = key] = key.split('@');
  return [
    `${key}.${func.name}`,
    `${key}#${func.name}`,
    `${path}.${func.name}`,
    `${lastPart(key)}.${func.name}`,
    func.name,
  ];
}
