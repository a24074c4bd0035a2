import type { SourceText } from '@wit-ts/dev-support/compile-strictly';
import { pascalCase, worldSurface, type WorldSurfaceMember } from '@wit-ts/mapping';
import type { Direction } from '@wit-ts/model';
import type { TypedWorld } from './typed-worlds.ts';

/** Whether a value of one declaration is taken where the other declaration is expected. */
export interface Comparison {
  readonly world: string;
  /** The interface and the function, for people. */
  readonly func: string;
  readonly direction: Direction;
  readonly what: 'parameters' | 'result';
  readonly from: 'wit-ts' | 'jco';
}

/** A file with one comparison on each line after its head. */
export interface ComparisonFile {
  readonly head: readonly string[];
  readonly lines: readonly string[];
  readonly comparisons: readonly Comparison[];
}

/** Compares each function of a world, in both directions. The file is beside the folders `ours` and `jco`. */
export function comparisonFile({ name, world, ours, jco }: TypedWorld): ComparisonFile {
  const [ourFile] = ours;
  const [theirFile] = jco;
  const title = pascalCase(world.name);
  const file = new ComparisonWriter(name);
  const { imports: imported, exports: exported } = worldSurface(world);
  file.compareMembers(imported, 'OurImports', 'JcoImports', 'import');
  file.compareMembers(exported, 'OurExports', 'JcoExports', 'export');
  return {
    head: [
      ...typeImports('jco', theirFile!, [
        ['ImportObject', 'JcoImports'],
        [title, 'JcoExports'],
      ]),
      ...typeImports('ours', ourFile!, [
        [`${title}Imports`, 'OurImports'],
        [`${title}Exports`, 'OurExports'],
      ]),
      'type Func<T> = Extract<NonNullable<T>, (...args: never) => unknown>;',
      'type Class<T> = Extract<NonNullable<T>, abstract new (...args: never) => unknown>;',
      // A class of jco may have a private constructor, and one of ours none, but only its prototype.
      'type Instance<T> = T extends abstract new (...args: never) => infer I ? I : T extends { readonly prototype: infer I } ? I : never;',
      // Each of the names is used, whatever the world has.
      'export type All = [OurImports, OurExports, JcoImports, JcoExports, Func<1>, Class<1>, Instance<1>];',
    ],
    lines: file.lines,
    comparisons: file.comparisons,
  };
}

/** Imports types under other names. A world without imports or exports may have no type for them. */
function typeImports(
  folder: string,
  { path, content }: SourceText,
  names: readonly (readonly [name: string, as: string])[],
): readonly string[] {
  const specifier = JSON.stringify(`./${folder}/${path.replace(/(?:\.d)?\.ts$/u, '.js')}`);
  return names.map(([name, as]) =>
    new RegExp(`^export (?:interface|type) ${name}\\b`, 'mu').test(content)
      ? `import type { ${name} as ${as} } from ${specifier};`
      : `type ${as} = object;`,
  );
}

class ComparisonWriter {
  readonly lines: string[] = [];
  readonly comparisons: Comparison[] = [];
  readonly #world: string;

  constructor(world: string) {
    this.#world = world;
  }

  compareMembers(
    members: readonly WorldSurfaceMember[],
    ours: string,
    jco: string,
    direction: Direction,
    around = '',
  ): void {
    for (const member of members) {
      const { tag, keys } = member;
      const key = JSON.stringify(keys[0]);
      const own = `NonNullable<${ours}[${key}]>`;
      const theirs = `${jco}${around === '' && direction === 'import' ? jcoImport(member) : `[${key}]`}`;
      const path = `${around}${keys[0]}`;
      if (tag === 'object') this.compareMembers(member.members, own, theirs, direction, `${path} `);
      else if (tag === 'function') this.#compareFunction(own, theirs, direction, path);
      else if (tag === 'class') this.#compareClass(member, own, theirs, direction, path);
    }
  }

  #compareClass(
    { functions }: WorldSurfaceMember & { readonly tag: 'class' },
    ours: string,
    jco: string,
    direction: Direction,
    path: string,
  ): void {
    for (const { style, keys } of functions) {
      if (style === 'constructor') {
        this.#compare(parameters('Constructor', 'Class', ours), parameters('Constructor', 'Class', jco), {
          direction,
          func: path,
          what: 'parameters',
        });
        continue;
      }
      const key = JSON.stringify(keys[0]);
      const place = (type: string): string =>
        style === 'method' ? `Instance<${type}>[${key}]` : `${type}[${key}]`;
      this.#compareFunction(place(ours), place(jco), direction, `${path}.${keys[0]}`);
    }
  }

  #compareFunction(ours: string, jco: string, direction: Direction, func: string): void {
    this.#compare(parameters('', 'Func', ours), parameters('', 'Func', jco), {
      direction,
      func,
      what: 'parameters',
    });
    this.#compare(`ReturnType<Func<${ours}>>`, `ReturnType<Func<${jco}>>`, {
      direction,
      func,
      what: 'result',
    });
  }

  #compare(ours: string, jco: string, position: Omit<Comparison, 'world' | 'from'>): void {
    for (const from of ['wit-ts', 'jco'] as const) {
      const [given, wanted] = from === 'jco' ? [jco, ours] : [ours, jco];
      this.lines.push(`export const c${this.lines.length}: ${wanted} = null as unknown as ${given};`);
      this.comparisons.push({ ...position, world: this.#world, from });
    }
  }
}

/** jco has imports under their WIT names. What belongs to the world itself is the property `default` of an object. */
function jcoImport({ tag, name }: WorldSurfaceMember): string {
  return `[${JSON.stringify(name)}]${tag === 'object' ? '' : "['default']"}`;
}

function parameters(prefix: '' | 'Constructor', guard: 'Func' | 'Class', type: string): string {
  return `${prefix}Parameters<${guard}<${type}>>`;
}
