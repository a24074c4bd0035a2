import { funcTypeText } from '@wit-ts/model';
import type { ComponentTypeNode } from '@wit-ts/component/elaborate';
import type { Plan, PlanExport } from '@wit-ts/plan';
import { type ShapeItem, componentShapeOf } from '@wit-ts/plan/components';

/** The number of imports and exports that a message lists; those of a large component would hide the rest. */
const MAX_ITEMS = 12;

/** Describes a component type in WIT: `a component (import f: func(); export g: func())`. */
export function declaredText(declared: ComponentTypeNode): string {
  const shape = componentShapeOf(declared);
  return shape === undefined ? 'a component' : text([...shape.imports], [...shape.exports]);
}

/** Describes a compiled component in the same way. */
export function givenText({ imports, exports }: Plan): string {
  const outside = new Map<string, ShapeItem>();
  for (const { path, item } of imports) {
    const [name = '', ...rest] = path;
    if (item.tag === 'known') continue;
    if (rest.length > 0) outside.set(name, { tag: 'instance' });
    else outside.set(name, item.tag === 'resource-alias' ? { tag: 'type' } : item);
  }
  return text(
    [...outside],
    Array.from(exports, ([name, item]) => [name, exported(item)]),
  );
}

function exported(item: PlanExport): ShapeItem {
  if (item.tag === 'func') return item;
  if (item.tag !== 'none') return { tag: item.tag };
  return { tag: item.component === true ? 'component' : 'type' };
}

type Named = readonly [name: string, item: ShapeItem];

function text(imports: readonly Named[], exports: readonly Named[]): string {
  const all = [
    ...imports.map((each) => `import ${itemText(each)}`),
    ...exports.map((each) => `export ${itemText(each)}`),
  ];
  if (all.length === 0) return 'a component without imports and exports';
  const some = all.length > MAX_ITEMS ? [...all.slice(0, MAX_ITEMS), '…'] : all;
  return `a component (${some.join('; ')})`;
}

function itemText([name, item]: Named): string {
  switch (item.tag) {
    case 'func':
      return `${name}: ${funcTypeText(item.type)}`;
    case 'instance':
      return `${name}: interface`;
    case 'module':
      return `${name}: core module`;
    default:
      return `${name}: ${item.tag}`;
  }
}
