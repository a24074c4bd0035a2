import type { Component, Definition } from '../ast.ts';
import { ByteReader } from '../decode/byte-reader.ts';
import { coreModuleContents, type CoreModuleContents } from './core-module.ts';
import { readNames } from './names.ts';
import { readProducers, type Producer } from './producers.ts';

/** The contents of a component. Sizes are in bytes, and offsets count from the start of the outermost bytes. */
export interface ComponentContents {
  readonly name?: string;
  readonly offset: number;
  readonly size: number;
  readonly modules: readonly ModuleContents[];
  readonly components: readonly NestedContents[];
  readonly coreInstances: readonly InstanceContents[];
  readonly instances: readonly InstanceContents[];
  readonly imports: readonly ExternContents[];
  readonly exports: readonly ExternContents[];
  /** How many canonical definitions of each sort there are: `lift`, `lower`, `resource.drop`, … */
  readonly canons: Readonly<Record<string, number>>;
  readonly producers: readonly Producer[];
  readonly customSections: readonly {
    readonly name: string;
    readonly offset: number;
    readonly size: number;
  }[];
}

export interface NestedContents extends ComponentContents {
  /** The index in the index space of the component around it. Imports and aliases have indices, too. */
  readonly index: number;
}

export interface ModuleContents extends CoreModuleContents {
  readonly index: number;
  readonly offset: number;
  readonly size: number;
}

export interface InstanceContents {
  readonly index: number;
  readonly name?: string;
  /** The index of the instantiated module or component; absent for an instance that is made of existing definitions. */
  readonly of?: number;
  /** Names of its arguments, or of what it exports. */
  readonly items: readonly string[];
}

export interface ExternContents {
  readonly name: string;
  /** `func`, `instance`, `core module`, … */
  readonly sort: string;
}

/**
 * Lists the contents of a component and of the components nested in it. Indices are not resolved.
 *
 * @param bytes what the component was decoded from
 */
export function contentsOf(component: Component, bytes: Uint8Array): ComponentContents {
  return ofPart(component, bytes, bytes.length);
}

function ofPart(component: Component, bytes: Uint8Array, end: number): ComponentContents {
  const nested = nestedSizes(bytes, component.offset, end);
  const names = readNames(component);
  const all = component.definitions;
  const spaces = { modules: 0, components: 0, instances: 0, coreInstances: 0 };
  const contents = {
    modules: [] as ModuleContents[],
    components: [] as NestedContents[],
    coreInstances: [] as InstanceContents[],
    instances: [] as InstanceContents[],
    imports: [] as ExternContents[],
    exports: [] as ExternContents[],
    canons: Object.create(null) as Record<string, number>,
  };
  for (const definition of all) {
    switch (definition.tag) {
      case 'core-module': {
        const { offset, bytes: content } = definition;
        const module = coreModuleContents(content);
        const name = names.of('core module', spaces.modules) ?? module.name;
        contents.modules.push({
          index: spaces.modules,
          ...module,
          ...named(name),
          offset,
          size: content.length,
        });
        break;
      }
      case 'component':
        contents.components.push({
          index: spaces.components,
          ...ofPart(definition.component, bytes, definition.offset + (nested.get(definition.offset) ?? 0)),
        });
        break;
      case 'core-instance': {
        const { instance } = definition;
        const index = spaces.coreInstances;
        const name = named(names.of('core instance', index));
        contents.coreInstances.push(
          instance.tag === 'instantiate'
            ? { index, ...name, of: instance.module, items: instance.args.map((arg) => arg.name) }
            : { index, ...name, items: instance.exports.map((item) => item.name) },
        );
        break;
      }
      case 'instance': {
        const { instance } = definition;
        const index = spaces.instances;
        const name = named(names.of('instance', index));
        contents.instances.push(
          instance.tag === 'instantiate'
            ? { index, ...name, of: instance.component, items: instance.args.map((arg) => arg.name) }
            : { index, ...name, items: instance.exports.map((item) => item.name.name) },
        );
        break;
      }
      case 'import':
        contents.imports.push({ name: definition.name.name, sort: definition.type.tag.replace('-', ' ') });
        break;
      case 'export':
        contents.exports.push({ name: definition.name.name, sort: definition.sort });
        break;
      case 'canon':
        contents.canons[definition.canon.tag] = (contents.canons[definition.canon.tag] ?? 0) + 1;
        break;
      default:
    }
    count(spaces, definition);
  }
  const { customSections, offset } = component;
  return {
    ...named(names.name),
    offset,
    size: end - offset,
    ...contents,
    ...customContents(customSections),
  };
}

/** Describes the custom sections, and the tools that the producers sections name. */
function customContents(
  sections: Component['customSections'],
): Pick<ComponentContents, 'producers' | 'customSections'> {
  const producers = sections
    .filter(({ name }) => name === 'producers')
    .flatMap((section) => readProducers(section.bytes));
  const customSections = sections.map(({ name, offset, bytes }) => ({ name, offset, size: bytes.length }));
  return { producers, customSections };
}

function named(name: string | undefined): { readonly name?: string } {
  return name === undefined ? {} : { name };
}

const NESTED_COMPONENT = 4;

/** Returns the sizes of the components in a component, by their offsets. */
function nestedSizes(bytes: Uint8Array, start: number, end: number): ReadonlyMap<number, number> {
  const sizes = new Map<number, number>();
  const reader = new ByteReader(bytes.subarray(0, end));
  reader.position = start + 8;
  while (!reader.atEnd) {
    const id = reader.byte();
    const size = reader.u32();
    if (id === NESTED_COMPONENT) sizes.set(reader.position, size);
    reader.take(size);
  }
  return sizes;
}

/** Counts a definition in its index space. Imports, exports and aliases are counted too. */
function count(
  spaces: { modules: number; components: number; instances: number; coreInstances: number },
  definition: Definition,
): void {
  switch (definition.tag) {
    case 'core-module':
      spaces.modules += 1;
      break;
    case 'component':
      spaces.components += 1;
      break;
    case 'core-instance':
      spaces.coreInstances += 1;
      break;
    case 'instance':
      spaces.instances += 1;
      break;
    case 'import':
      countSort(spaces, definition.type.tag);
      break;
    case 'export':
      countSort(spaces, definition.sort);
      break;
    case 'alias':
      if (definition.alias.tag !== 'core-export') countSort(spaces, definition.alias.sort);
      break;
    default:
  }
}

function countSort(spaces: { modules: number; components: number; instances: number }, sort: string): void {
  if (sort === 'instance') spaces.instances += 1;
  if (sort === 'component') spaces.components += 1;
  if (sort === 'core module' || sort === 'core-module') spaces.modules += 1;
}
