import type { ObjectMember, Side, WorldSurfaceMember, WorldSurfaceItem } from '@wit-ts/mapping';
import { compatibilityKey } from '@wit-ts/model';
import { classMember } from './declaration.ts';
import { docComment } from './doc-comment.ts';
import type { ModuleLayout } from './module-layout.ts';
import { propertyLayout } from './layout/declaration-layout.ts';
import { keyword, literalType, namedType } from './layout/type-layout.ts';
import { propertyName } from './names.ts';
import { code, type Printable } from './printable.ts';
import { methodMember } from './signature.ts';
import { type StaticValues, valueLabels, valueMembers, withValues } from './static-module/static-values.ts';
import type { MemberFunction } from './surface.ts';
import { titleImport, typeNamesOf } from './type-names.ts';

export interface ImportMembers {
  readonly members: readonly Printable[];
  /** Whether a member must be given. */
  readonly required: boolean;
  /** Whether the runtime accepts other names or forms of some members. */
  readonly hasAlternatives: boolean;
  /** Whether the runtime accepts other versions of some interfaces. */
  readonly hasVersions: boolean;
  /** The names in WIT of the members that have another name in JavaScript. */
  readonly labels: readonly Printable[];
}

/**
 * Prints the members of the object of a world's imports.
 *
 * @param left the names of members that it leaves out
 * @param values what a static module imports beside the world
 */
export function importMembers(
  layout: ModuleLayout,
  left: ReadonlySet<string> = new Set(),
  values: StaticValues = new Map(),
): ImportMembers {
  const names = typeNamesOf(layout, 'import', layout.world);
  const surface = layout.surface.imports.filter(({ keys }) => !keys.some((key) => left.has(key)));
  const known = new Set<string>();
  const members = surface.flatMap((member): Printable[] => {
    const [key] = member.keys;
    switch (member.tag) {
      case 'function':
        return [methodMember(member, names)];
      case 'class': {
        const name = member.item && layout.world.types.get(member.name);
        return name === undefined ? [] : [classMember(member, name, layout.world.role, names)];
      }
      case 'object':
        if (member.members.length === 0) {
          // Nothing is read from an interface that has only types, but a host may have an object for it.
          return values.has(key) ? [] : [propertyLayout(`${propertyName(key)}?`, keyword('object'))];
        }
        known.add(key);
        return [
          [
            docComment(member.item.item),
            propertyLayout(
              `${propertyName(key)}${hasFunctions(member) || values.has(key) ? '' : '?'}`,
              withValues(
                namedType(titleImport(layout.moduleOf(member.item.item.interface, 'import'))),
                values.get(key),
                'import',
              ),
            ),
          ],
        ];
      case 'value':
        return [];
    }
  });
  const labels = surface.flatMap(({ keys: [key, label] }) =>
    label === undefined || key.includes(':') ? [] : [propertyLayout(propertyName(key), literalType(label))],
  );
  const others = valueLabels(values);
  const hasAlternatives =
    others.length > 0 ||
    surface.some(({ keys, tag }) => keys.length > 1 || tag === 'function' || tag === 'class');
  const hasVersions = surface.some(({ keys: [key] }) => compatibilityKey(key) !== key);
  return {
    members: [...members, ...valueMembers(values, 'import', known)],
    required: values.size > 0 || surface.some(hasFunctions),
    hasAlternatives,
    hasVersions,
    labels: [...labels, ...others],
  };
}

/**
 * Prints the members of the object of a world's exports. A host finds interfaces under a short name and the full one;
 * a guest has to export them once.
 *
 * @param values what a static module exports beside the world
 */
export function exportMembers(layout: ModuleLayout, values: StaticValues = new Map()): readonly Printable[] {
  const names = typeNamesOf(layout, 'export', layout.world);
  const { functions, interfaces } = exportedItems(layout);
  const known = new Set<string>();
  const objects = interfaces.map(({ member, keys }) => {
    for (const key of keys) known.add(key);
    const title = namedType(titleImport(layout.moduleOfExport(member.name, member.item.item.interface)));
    return keys
      .filter((key, index) => isShownExport(key, index, layout.side))
      .map(
        (key, index) =>
          code`${index === 0 ? docComment(member.item.item) : ''}${propertyLayout(propertyName(key), withValues(title, values.get(key), 'export'))}`,
      );
  });
  return [
    ...functions.map((member) => methodMember(member, names)),
    ...objects.flat(),
    ...valueMembers(values, 'export', known),
  ];
}

/** What a world exports: functions, and interfaces with all their keys, of which a short name is the first. */
interface ExportedItems {
  readonly functions: readonly MemberFunction[];
  readonly interfaces: readonly {
    readonly member: ObjectMember<WorldSurfaceItem>;
    readonly keys: readonly string[];
  }[];
}

/** Returns what a world exports, without interfaces that have only types. */
export function exportedItems(layout: ModuleLayout): ExportedItems {
  const functions: MemberFunction[] = [];
  const interfaces = new Map<
    WorldSurfaceItem,
    { readonly member: ObjectMember<WorldSurfaceItem>; readonly keys: string[] }
  >();
  for (const member of layout.surface.exports) {
    if (member.tag === 'function') functions.push(member);
    if (member.tag !== 'object' || member.members.length === 0) continue;
    const found = interfaces.get(member.item);
    if (found === undefined) interfaces.set(member.item, { member, keys: [...member.keys] });
    else found.keys.unshift(...member.keys);
  }
  return { functions, interfaces: [...interfaces.values()] };
}

/**
 * Returns true if declarations have a key of an export. The full name of an interface with a plain name is the plain
 * name in kebab-case. It is not declared, because the camelCase name is enough.
 */
export function isShownExport(key: string, index: number, side: Side): boolean {
  return index === 0 || (side === 'host' && key.includes(':'));
}

/** Returns true if a function is among what a host or a component supplies for a member. */
function hasFunctions(member: WorldSurfaceMember): boolean {
  if (member.tag === 'object') return member.members.some(hasFunctions);
  return member.tag === 'function' || (member.tag === 'class' && member.functions.length > 0);
}
