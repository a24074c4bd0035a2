import { checkedChoices, otherChoices, type Side } from '@wit-ts/mapping';
import { qualifiedName, type Resolve, type World } from '@wit-ts/model';
import { listedFunctions, type ListedFunctions } from './async-functions.ts';
import type { GenerateOptions } from './generate.ts';
import { MappedInterfaces } from './mapped-interfaces.ts';
import { ModuleLayout, type LayoutStyle, type TypeForms } from './module-layout.ts';

/**
 * Returns the files that options make of a world.
 *
 * @throws TypeError as `generate` does
 */
export function moduleLayoutOf(resolve: Resolve, world: World, options: GenerateOptions): ModuleLayout {
  const { side = 'host', staticModule, layout, map } = options;
  if (staticModule !== undefined && side !== 'host')
    throw new TypeError('`staticModule` is an option for hosts');
  if (staticModule !== undefined && (layout === 'file' || map !== undefined))
    throw new TypeError('`staticModule` has files of its own: it takes neither `layout: "file"` nor `map`');
  return new ModuleLayout(
    resolve,
    world,
    side,
    listedIn(world, side, options),
    layoutStyle(world, side, options),
  );
}

function layoutStyle(
  world: World,
  side: Side,
  { layout = 'interfaces', typePrefix = '', map = {}, ...others }: GenerateOptions,
): LayoutStyle {
  if (typePrefix !== '' && side === 'guest')
    throw new TypeError(
      '`typePrefix` is an option for hosts: the classes that a guest imports have their names',
    );
  if (!/^(?:[A-Z]\w*)?$/u.test(typePrefix))
    throw new TypeError(
      `\`typePrefix\` has to be a capital, then letters, digits and _; it is ${JSON.stringify(typePrefix)}`,
    );
  const mapped = new MappedInterfaces(map);
  mapped.refuseUnknown(world);
  if (side === 'guest' && Object.keys(map).length > 0)
    throw new TypeError('`map` is an option for hosts: a guest imports modules by the names of interfaces');
  return { isOneFile: layout === 'file', typePrefix, mapped, forms: typeForms(side, others) };
}

function typeForms(
  side: Side,
  { enums = 'union', variants = 'union', results, flags, casing, ...others }: GenerateOptions,
): TypeForms {
  const hasValues = side === 'host' && others.typesOnly !== true && others.staticModule === undefined;
  for (const [name, form] of Object.entries({ enums, variants }))
    if (form !== 'union' && !hasValues)
      throw new TypeError(
        `\`${name}: "${form}"\` makes values: it is for hosts, and neither for \`typesOnly\` nor for \`staticModule\``,
      );
  if (!['union', 'const', 'class'].includes(variants))
    throw new TypeError(
      `\`variants\`: expected 'union', 'const' or 'class', got ${JSON.stringify(variants)}`,
    );
  const choices = checkedChoices({ results, flags, casing }, 'options');
  const [other] = Object.keys(otherChoices(choices) ?? {});
  if (other !== undefined && side === 'guest')
    throw new TypeError(`\`${other}\` is an option for hosts: the tools for guests have one mapping`);
  return { choices, constEnums: enums === 'const', variants, hasValues };
}

function listedIn(
  world: World,
  side: Side,
  { asyncImports = false, asyncExports = false }: GenerateOptions,
): ListedFunctions {
  const imports = listedFunctions(world, 'import', asyncImports);
  if (side === 'guest' && imports.size > 0)
    throw new TypeError(
      '`asyncImports` is an option for hosts: a guest calls its imports as WIT declares them',
    );
  return {
    import: imports,
    export: listedFunctions(world, 'export', asyncExports || imports.size > 0),
  };
}

/** @throws TypeError if no world, or more than one, has the name */
export function findWorld(resolve: Resolve, name: string): World {
  const isNamed = (world: World): boolean =>
    world.name === name ||
    (world.package !== undefined && qualifiedName(world.package.name, world.name) === name);
  const found = resolve.worlds.filter(isNamed);
  if (found.length === 1) return found[0]!;
  const candidates = (found.length === 0 ? resolve.worlds : found).map((world) =>
    world.package === undefined ? world.name : qualifiedName(world.package.name, world.name),
  );
  const problem = found.length === 0 ? 'there is no world' : 'there are several worlds';
  throw new TypeError(`${problem} ${JSON.stringify(name)}; choose one of: ${candidates.join(', ')}`);
}
