import {
  type Mutable,
  type Package,
  type PackageName,
  packageNameText,
  parsePackageName,
  parseQualifiedName,
  qualifiedName,
  type Resolve,
} from '@wit-ts/model';
import type { Component } from '../ast.ts';
import { DecodeError } from '../decode-error.ts';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import { evaluateDeclarations } from '../elaborate/declarations.ts';
import { type ComponentTypeNode, type Exported, peel } from '../elaborate/nodes.ts';
import { IndexSpaces } from '../elaborate/index-spaces.ts';
import { Builder } from './builder.ts';
import { evaluateComponent, evaluating } from './component-world.ts';
import { PackageDocs } from './package-docs.ts';

/**
 * Whether a component is a WIT package in wasm form rather than something to run: it exports component types, and
 * holds nothing else.
 */
export function isWitPackage(component: Component): boolean {
  const isComponentType: boolean[] = [];
  let exports = 0;
  for (const definition of component.definitions) {
    switch (definition.tag) {
      case 'type':
        isComponentType.push(definition.type.tag === 'component');
        break;
      case 'export':
        if (definition.sort !== 'type' || isComponentType[definition.index] !== true) return false;
        isComponentType.push(true);
        exports += 1;
        break;
      case 'core-type':
        break;
      default:
        return false;
    }
  }
  return exports > 0;
}

/**
 * Reads a WIT package from its wasm form. Each interface and each world is an exported component type with one export:
 * the instance `ns:pkg/iface` or the component `ns:pkg/world`. The earlier form is read as well: one type `ns:pkg/wit`
 * that exports all of them. Of the packages on which it depends, the result contains what the package uses.
 *
 * @throws DecodeError when the component is not a WIT package
 */
export function decodeWitPackage(component: Component): { resolve: Resolve; package: Package } {
  if (!isWitPackage(component)) {
    throw new DecodeError(
      'the component is not a WIT package: it contains more than exported types',
      component.offset,
    );
  }
  const items: Item[] = [];
  const root = evaluateComponent(component);
  let name: PackageName | undefined;
  evaluating((context) => {
    for (const [exportName, { entity }] of root.exports) {
      const type = entity?.tag === 'type' ? peel(entity.type) : undefined;
      if (type?.tag !== 'component')
        throw new DecodeError(`the export \`${exportName}\` is not of a component type`, component.offset);
      const legacy = legacyPackage(exportName);
      const spaces = evaluate(context, type);
      for (const [itemName, exported] of spaces.exports) {
        const parsed = parseQualifiedName(itemName) ?? (legacy && { package: legacy, item: itemName });
        const of = parsed?.package ?? fail(`\`${itemName}\` has no package name`, component.offset);
        name ??= of;
        if (packageNameText(of) !== packageNameText(name))
          fail(
            `\`${itemName}\` belongs to another package than \`${packageNameText(name)}\``,
            component.offset,
          );
        items.push({ name: parsed!.item, full: itemName, exported, spaces, context });
      }
    }
  });
  if (name === undefined) fail('the package is empty, and so has no name', component.offset);
  const builder = new Builder(
    component.offset,
    new Map([[packageNameText(name), PackageDocs.of(component)]]),
  );
  builder.types.unwritable.interface('package', qualifiedName(name, 'i'));
  const main = builder.package(name);
  for (const item of items) addItem(builder, main, item, component.offset);
  const [wrong] = builder.types.unwritable.all;
  if (wrong !== undefined)
    fail(`WIT cannot write the ${wrong.kind} name ${JSON.stringify(wrong.name)}`, component.offset);
  return { resolve: builder.resolve(), package: main };
}

interface Item {
  readonly name: string;
  readonly full: string;
  readonly exported: Exported;
  /** Of the component type that exports the item: its imports are what the item uses. */
  readonly spaces: IndexSpaces;
  readonly context: EvaluationContext;
}

function addItem(
  builder: Builder,
  main: Mutable<Package>,
  { name, full, exported, spaces, context }: Item,
  offset: number,
): void {
  const { entity } = exported;
  const { externalId } = exported.name;
  switch (entity?.tag) {
    case 'instance':
      for (const [importName, imported] of spaces.imports) {
        if (imported.entity?.tag !== 'instance')
          fail(`\`${full}\` imports \`${importName}\`, which is not an interface`, offset);
        builder.namedInterface(importName, imported.entity.instance);
      }
      builder.namedInterface(qualifiedName(main.name, name), entity.instance, externalId);
      return;
    case 'component': {
      if (entity.component.tag !== 'component') fail(`\`${full}\` is not given as a type`, offset);
      builder.types.unwritable.label('world', name);
      const world = evaluate(context, entity.component);
      builder.world(name, main, world.imports.values(), world.exports.values(), externalId);
      return;
    }
    default:
      fail(`\`${full}\` is neither an interface nor a world`, offset);
  }
}

function evaluate(context: EvaluationContext, type: ComponentTypeNode): IndexSpaces {
  const spaces = new IndexSpaces('component type', type.enclosing);
  evaluateDeclarations(context, spaces, type.declarations);
  return spaces;
}

function legacyPackage(exportName: string): PackageName | undefined {
  const match = /^(.*)\/wit(@.*)?$/u.exec(exportName);
  return match === null ? undefined : parsePackageName(`${match[1]}${match[2] ?? ''}`);
}

function fail(message: string, offset: number): never {
  throw new DecodeError(message, offset);
}
