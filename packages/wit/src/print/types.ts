import {
  idText,
  type Docs,
  type Func,
  type Interface,
  type Package,
  type TypeDef,
  type World,
} from '@wit-ts/model';
import { preamble } from './preamble.ts';
import { block, docLines, type Lines } from './lines.ts';
import { usedFrom } from './used-from.ts';
import { interfacePath, printFunc, printType, printTypeDef, type Printer } from './printer.ts';

/**
 * The printed types of an interface or a world: one `use` for each run of types from one interface, and the types it
 * defines.
 */
interface PrintedTypes {
  readonly uses: Lines;
  readonly declarations: readonly Lines[];
}

/** @param methods the functions of each resource, in their order */
export function printTypes(
  owner: Interface | World,
  types: Iterable<readonly [string, TypeDef]>,
  methods: ReadonlyMap<TypeDef, readonly Func[]>,
  printer: Printer,
): PrintedTypes {
  const uses: Use[] = [];
  const declarations: Lines[] = [];
  for (const [name, def] of types) {
    const source = usedFrom(def, owner);
    if (source === undefined) declarations.push(declaration(def, methods.get(def) ?? [], printer));
    else addUse(uses, { from: source.from, def, names: [aliased(source.name, name)] });
  }
  return { uses: uses.flatMap((use) => useLines(use, owner.package, printer)), declarations };
}

interface Use {
  readonly from: Interface;
  readonly def: TypeDef;
  readonly names: string[];
}

/** Adds a `use`. One statement has one set of gates, so only neighbours with the same gates share it. */
function addUse(uses: Use[], use: Use): void {
  const last = uses.at(-1);
  const together =
    last?.from === use.from &&
    gatesKey(last.def) === gatesKey(use.def) &&
    last.def.externalId === use.def.externalId;
  if (together) last.names.push(...use.names);
  else uses.push(use);
}

function gatesKey({ stability }: TypeDef): string {
  if (stability === undefined) return '';
  return [stability.tag === 'stable' ? stability.since : `:${stability.feature}`, stability.deprecated].join(
    ' ',
  );
}

function aliased(source: string, name: string): string {
  return source === name ? idText(name) : `${idText(source)} as ${idText(name)}`;
}

function useLines({ from, def, names }: Use, pkg: Package | undefined, printer: Printer): Lines {
  const gates = preamble({ stability: def.stability, externalId: def.externalId }, printer);
  return [...gates, `use ${interfacePath(from, pkg, printer.resolve)}.{${names.join(', ')}};`];
}

function declaration(def: TypeDef, methods: readonly Func[], printer: Printer): Lines {
  return [...preamble(def, printer), ...definition(def, methods, printer)];
}

function definition(def: TypeDef, methods: readonly Func[], printer: Printer): Lines {
  const name = idText(def.name ?? '');
  const { kind } = def;
  switch (kind.tag) {
    case 'record':
      return members(
        `record ${name}`,
        kind.fields,
        printer,
        (field) => `${idText(field.name)}: ${printType(field.type)}`,
      );
    case 'variant':
      return members(`variant ${name}`, kind.cases, printer, (item) =>
        item.type === undefined ? idText(item.name) : `${idText(item.name)}(${printType(item.type)})`,
      );
    case 'flags':
      return members(`flags ${name}`, kind.flags, printer, (flag) => idText(flag.name));
    case 'enum':
      return members(`enum ${name}`, kind.cases, printer, (item) => idText(item.name));
    case 'resource':
      if (methods.length === 0) return [`resource ${name};`];
      return block(
        `resource ${name}`,
        methods.flatMap((method) => [...preamble(method, printer), `${methodText(method)};`]),
      );
    default:
      return [`type ${name} = ${printTypeDef(def)};`];
  }
}

function methodText(method: Func): string {
  return method.kind.tag === 'constructor'
    ? printFunc(method)
    : `${idText(method.name)}: ${printFunc(method)}`;
}

function members<T extends { readonly docs?: Docs }>(
  head: string,
  items: readonly T[],
  printer: Printer,
  text: (item: T) => string,
): Lines {
  return block(
    head,
    items.flatMap((item) => [...(printer.docs ? docLines(item.docs) : []), `${text(item)},`]),
  );
}
