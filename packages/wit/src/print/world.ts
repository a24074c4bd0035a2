import { idText, interfaceName, type Func, type TypeDef, type World, type WorldItem } from '@wit-ts/model';
import { preamble } from './preamble.ts';
import { interfaceBody, partition } from './interface.ts';
import { block, spaced, type Lines } from './lines.ts';
import { interfacePath, printFunc, type Printer } from './printer.ts';
import { printTypes } from './types.ts';

/**
 * Prints `world name { … }` in the order of the binary form: imported interfaces, types with their methods, imported
 * functions, exports. Each group keeps its order.
 */
export function printWorld(name: string, world: World, printer: Printer): Lines {
  const types: [string, TypeDef][] = [];
  const functions: Func[] = [];
  const interfaces: Lines[] = [];
  for (const [key, item] of world.imports) {
    if (item.tag === 'type') types.push([key, item.type]);
    else if (item.tag === 'function') functions.push(item.function);
    else interfaces.push(worldItem('import', key, item, world, printer));
  }
  const { methods, freestanding } = partition(functions);
  const { uses, declarations } = printTypes(world, types, methods, printer);
  const imports = spaced([[...interfaces.flat(), ...uses], ...declarations]);
  const imported = freestanding.flatMap((item) => functionItem('import', item, printer));
  const exports = [...world.exports].flatMap(([key, item]) => worldItem('export', key, item, world, printer));
  const body = spaced([[...imports, ...imported], exports]);
  return [...preamble(world, printer), ...block(`world ${idText(name)}`, body)];
}

function worldItem(direction: string, key: string, item: WorldItem, world: World, printer: Printer): Lines {
  if (item.tag === 'function') return functionItem(direction, item.function, printer);
  if (item.tag === 'type')
    throw new TypeError(`world \`${world.name}\` exports type \`${key}\`, and WIT has no exports of types`);
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
