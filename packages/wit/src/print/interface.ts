import { idText, type Func, type Interface, type TypeDef } from '@wit-ts/model';
import { preamble } from './preamble.ts';
import { block, spaced, type Lines } from './lines.ts';
import { printFunc, type Printer } from './printer.ts';
import { printTypes } from './types.ts';

/** `interface name { … }` */
export function printInterface(name: string, iface: Interface, printer: Printer): Lines {
  return [...preamble(iface, printer), ...block(`interface ${idText(name)}`, interfaceBody(iface, printer))];
}

/** Prints the members of an interface: uses, types with their methods, and functions. */
export function interfaceBody(iface: Interface, printer: Printer): Lines {
  const { methods, freestanding } = partition(iface.functions.values());
  const { uses, declarations } = printTypes(iface, iface.types, methods, printer);
  const functions = freestanding.map((item) => functionItem(item, printer));
  return spaced([uses, ...declarations, ...functions]);
}

function functionItem(item: Func, printer: Printer): Lines {
  return [...preamble(item, printer), `${idText(item.name)}: ${printFunc(item)};`];
}

/**
 * Separates the functions of resources, which are printed inside the resources, from the others. Both keep their
 * order.
 */
export function partition(functions: Iterable<Func>): {
  methods: Map<TypeDef, Func[]>;
  freestanding: Func[];
} {
  const methods = new Map<TypeDef, Func[]>();
  const freestanding: Func[] = [];
  for (const item of functions) {
    if (item.kind.tag === 'freestanding') freestanding.push(item);
    else {
      const known = methods.get(item.kind.resource);
      if (known === undefined) methods.set(item.kind.resource, [item]);
      else known.push(item);
    }
  }
  return { methods, freestanding };
}
