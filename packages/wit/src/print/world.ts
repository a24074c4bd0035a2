import {
  idText,
  interfaceName,
  resourceOf,
  type Func,
  type TypeDef,
  type World,
  type WorldItem,
} from '@wit-ts/model';
import { preamble } from './preamble.ts';
import { withImpliedInterfaces, interfacesIn, type KeyedInterface } from './implied-interfaces.ts';
import { interfaceBody, partition } from './interface.ts';
import { block, spaced, type Lines } from './lines.ts';
import { interfacePath, printFunc, type Printer } from './printer.ts';
import { printTypes } from './types.ts';

/**
 * Prints `world name { … }` in the order of the binary form: imported interfaces, types with their methods, imported
 * functions, exports. Each group keeps its order.
 */
export function printWorld(name: string, world: World, printer: Printer): Lines {
  const shown = printer.isComplete ? withImpliedInterfaces(world) : undefined;
  const imported = itemsOf(world.imports);
  const exported = itemsOf(world.exports);
  const types = [...imported.types, ...exported.types.filter((type) => isExpressible(type, world))];
  const { methods, freestanding } = partition(imported.functions);
  const { uses, declarations } = printTypes(
    world,
    types.map((type) => [type.name ?? '', type]),
    methods,
    printer,
  );
  const imports = (shown?.imports ?? interfacesIn(world.imports)).flatMap(([key, item]) =>
    interfaceItem('import', key, item, world, printer),
  );
  const functions = freestanding.flatMap((item) => functionItem('import', item, printer));
  const body = spaced([
    [...spaced([[...imports, ...uses], ...declarations]), ...functions],
    shown === undefined
      ? exportLines(world, printer)
      : sortedExportLines(world, exported, shown.exports, printer),
    exportedTypes(world, exported, printer),
  ]);
  return [...preamble(world, printer), ...block(`world ${idText(name)}`, body)];
}

function exportLines(world: World, printer: Printer): Lines {
  return [...world.exports].flatMap(([key, item]) => {
    if (item.tag === 'interface') return interfaceItem('export', key, item, world, printer);
    if (item.tag === 'type' || item.function.kind.tag !== 'freestanding') return [];
    return functionItem('export', item.function, printer);
  });
}

/** Functions come before interfaces, as the resolver orders them, so that a text printed again is the same. */
function sortedExportLines(
  world: World,
  { functions }: WorldItems,
  interfaces: readonly KeyedInterface[],
  printer: Printer,
): Lines {
  return [
    ...functions.flatMap((item) =>
      item.kind.tag === 'freestanding' ? functionItem('export', item, printer) : [],
    ),
    ...interfaces.flatMap(([key, item]) => interfaceItem('export', key, item, world, printer)),
  ];
}

/**
 * Only components can export types from a world. In WIT a type of a world is imported: for a value type that means the
 * same, and for a resource it does not, so exported resources are shown as comments.
 */
function exportedTypes(world: World, { types, functions }: WorldItems, printer: Printer): Lines {
  const left = types.filter((type) => !isExpressible(type, world) && !isReexport(type, world));
  if (left.length === 0) return [];
  const { methods } = partition(functions);
  const { uses, declarations } = printTypes(
    world,
    left.map((type) => [type.name ?? '', type]),
    methods,
    printer,
  );
  return [
    '// The component also exports these types, which WIT cannot express:',
    ...[...uses, ...declarations.flat()].map((line) => `// ${line}`.trimEnd()),
  ];
}

/** Whether an exported type can stand among the types of the world. */
function isExpressible(type: TypeDef, world: World): boolean {
  return resourceOf(type) === undefined && !world.imports.has(type.name ?? '');
}

/** Whether an exported type is one that the world has under the same name. */
function isReexport({ name = '', kind }: TypeDef, world: World): boolean {
  const item = world.imports.get(name);
  return item?.tag === 'type' && kind.tag === 'alias' && kind.type === item.type;
}

interface WorldItems {
  readonly types: readonly TypeDef[];
  readonly functions: readonly Func[];
}

type InterfaceItem = Extract<WorldItem, { tag: 'interface' }>;

function itemsOf(items: World['imports']): WorldItems {
  const types: TypeDef[] = [];
  const functions: Func[] = [];
  for (const item of items.values()) {
    if (item.tag === 'type') types.push(item.type);
    else if (item.tag === 'function') functions.push(item.function);
  }
  return { types, functions };
}

function interfaceItem(
  direction: string,
  key: string,
  item: InterfaceItem,
  world: World,
  printer: Printer,
): Lines {
  const iface = item.interface;
  const label = interfaceName(iface) === key ? undefined : key;
  // An interface without a name is defined between these braces, so its documentation belongs here.
  const docs = item.docs ?? (iface.name === undefined ? iface.docs : undefined);
  const about = preamble({ docs, stability: item.stability, externalId: item.externalId }, printer);
  const head = label === undefined ? direction : `${direction} ${idText(label)}:`;
  if (iface.name === undefined)
    return [...about, ...block(`${head} interface`, interfaceBody(iface, printer))];
  return [...about, `${head} ${interfacePath(iface, world.package, printer.resolve)};`];
}

function functionItem(direction: string, item: Func, printer: Printer): Lines {
  return [...preamble(item, printer), `${direction} ${idText(item.name)}: ${printFunc(item)};`];
}
