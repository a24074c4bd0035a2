import type { Random } from '@wit-ts/dev-support/random';
import { primitiveTypes } from '@wit-ts/model';

/** WIT text with a package, nested packages that it uses, and a world. */
interface RandomWorld {
  readonly wit: string;
  /** The name of the world. */
  readonly world: string;
}

interface KnownType {
  readonly name: string;
  readonly isResource: boolean;
}

interface KnownInterface {
  /** The name of its package. */
  readonly packageName: string;
  readonly name: string;
  readonly types: readonly KnownType[];
}

const PRIMITIVES = primitiveTypes.filter((name) => name !== 'error-context');
const KEYS = ['bool', 'u8', 's64', 'char', 'string'];
const WORDS = [
  'alpha',
  'be-ta',
  'gamma',
  'HTTP',
  'x',
  'with-2-words',
  'type',
  'list',
  'constructor-of',
  'proto',
];

/**
 * Writes a random world that uses all features of WIT. The text may be invalid; the same random numbers give the same
 * world.
 */
export function randomWorld(random: Random): RandomWorld {
  return new Writer(random).file();
}

class Writer {
  readonly #random: Random;
  readonly #interfaces: KnownInterface[] = [];
  #currentPackage = '';
  #count = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  file(): RandomWorld {
    // The nested packages are two packages, or two versions of one package.
    const versions = this.#random.pick([
      ['@1.2.0', '@0.2.6'],
      ['', '@1.2.0'],
      ['@0.2.6', '@0.3.0'],
    ]);
    const name = this.#random.pick(['dep:p0', 'dep:p1']);
    const nested = this.#times(2).map((_, i) => this.#package(i === 0 ? 'dep:p0' : name, versions[i]!));
    this.#currentPackage = 'test:main';
    const main = this.#times(4).map(() => this.#interface());
    const world = this.#world();
    const wit = `package test:main;\n${main.join('')}world w {\n${world}}\n${nested.join('')}`;
    return { wit, world: 'w' };
  }

  #package(name: string, version: string): string {
    this.#currentPackage = `${name}${version}`;
    const interfaces = [1, ...this.#times(2)].map(() => this.#interface());
    return `package ${name}${version} {\n${interfaces.join('')}}\n`;
  }

  #interface(): string {
    const name = this.#name();
    const { text, types } = this.#body('  ');
    this.#interfaces.push({ packageName: this.#currentPackage, name, types });
    return `interface ${name} {\n${text}}\n`;
  }

  #body(indent: string): { readonly text: string; readonly types: readonly KnownType[] } {
    const types: KnownType[] = [];
    const uses = this.#uses(indent, types);
    const items = this.#times(5).map(() => this.#definition(indent, types));
    const functions = this.#times(3).map(() => `${indent}${this.#name()}: ${this.#func(types)};\n`);
    return { text: [...uses, ...items, ...functions].join(''), types };
  }

  #world(): string {
    const types: KnownType[] = [];
    const interfaces = this.#times(4).map(() => this.#externInterface('import'));
    const own = [
      ...this.#uses('  ', types),
      ...this.#times(2).map(() => this.#definition('  ', types)),
      ...this.#times(2).map(() => `  import ${this.#name()}: ${this.#func(types)};\n`),
      ...this.#times(3).map(() => `  export ${this.#name()}: ${this.#func(types)};\n`),
    ];
    const exports = this.#times(3).map(() => this.#externInterface('export'));
    // A world must not contain the same import or export twice.
    return [...new Set([...interfaces, ...own, ...exports])].join('');
  }

  #externInterface(direction: string): string {
    const known = this.#interfaces.length === 0 ? undefined : this.#random.pick(this.#interfaces);
    if (known === undefined || this.#random.oneIn(4)) {
      return `  ${direction} ${this.#name()}: interface {\n${this.#body('    ').text}  }\n`;
    }
    const label = this.#random.oneIn(8) ? `${this.#name()}: ` : '';
    return `  ${direction} ${label}${this.#path(known)};\n`;
  }

  #path({ packageName, name }: KnownInterface): string {
    const [base, version] = packageName.split('@');
    return packageName === this.#currentPackage
      ? name
      : `${base}/${name}${version === undefined ? '' : `@${version}`}`;
  }

  #uses(indent: string, types: KnownType[]): string[] {
    return this.#times(2).flatMap(() => {
      const from = this.#interfaces.length === 0 ? undefined : this.#random.pick(this.#interfaces);
      if (from === undefined || from.types.length === 0) return [];
      const used = this.#random.pick(from.types);
      const name = this.#name();
      types.push({ ...used, name });
      return [`${indent}use ${this.#path(from)}.{${used.name} as ${name}};\n`];
    });
  }

  #definition(indent: string, types: KnownType[]): string {
    const name = this.#name();
    const add = (isResource: boolean, text: string): string => {
      types.push({ name, isResource });
      return `${indent}${text}\n`;
    };
    const members = (write: () => string): string => [1, ...this.#times(3)].map(write).join(', ');
    switch (this.#random.below(7)) {
      case 0:
        return add(false, `record ${name} { ${members(() => `${this.#name()}: ${this.#type(types, 2)}`)} }`);
      case 1: {
        const payload = (): string => (this.#random.oneIn(2) ? `(${this.#type(types, 2)})` : '');
        return add(false, `variant ${name} { ${members(() => `${this.#name()}${payload()}`)} }`);
      }
      case 2:
        return add(false, `enum ${name} { ${members(() => this.#name())} }`);
      case 3:
        return add(false, `flags ${name} { ${members(() => this.#name())} }`);
      case 4:
        return add(false, `type ${name} = ${this.#type(types, 3)};`);
      default: {
        types.push({ name, isResource: true });
        return `${indent}resource ${name} {\n${this.#resourceBody(`${indent}  `, types)}${indent}}\n`;
      }
    }
  }

  #resourceBody(indent: string, types: readonly KnownType[]): string {
    const make = this.#random.oneIn(2) ? `${indent}constructor(${this.#params(types)});\n` : '';
    const methods = this.#times(2).map(() => {
      return `${indent}${this.#name()}: ${this.#random.oneIn(3) ? 'static ' : ''}${this.#func(types)};\n`;
    });
    return make + methods.join('');
  }

  #func(types: readonly KnownType[]): string {
    const result = this.#random.oneIn(2) ? ` -> ${this.#type(types, 3)}` : '';
    return `${this.#random.oneIn(5) ? 'async ' : ''}func(${this.#params(types)})${result}`;
  }

  #params(types: readonly KnownType[]): string {
    const resources = types.filter(({ isResource }) => isResource);
    return this.#times(3)
      .map(() => {
        const lent = resources.length > 0 && this.#random.oneIn(3);
        return `${this.#name()}: ${lent ? this.#borrow(this.#random.pick(resources).name) : this.#type(types, 2)}`;
      })
      .join(', ');
  }

  #borrow(resource: string): string {
    return this.#random.pick([
      `borrow<${resource}>`,
      `option<borrow<${resource}>>`,
      `list<borrow<${resource}>>`,
    ]);
  }

  #type(types: readonly KnownType[], depth: number): string {
    if (depth === 0 || this.#random.oneIn(2)) {
      return types.length > 0 && this.#random.oneIn(2)
        ? this.#random.pick(types).name
        : this.#random.pick(PRIMITIVES);
    }
    const inner = (): string => this.#type(types, depth - 1);
    switch (this.#random.below(13)) {
      case 0:
      case 1:
        return `list<${inner()}>`;
      case 2:
        return `option<${inner()}>`;
      case 3:
        return `tuple<${inner()}, ${inner()}>`;
      case 4:
        return 'result';
      case 5:
        return `result<${inner()}>`;
      case 6:
        return `result<_, ${inner()}>`;
      case 7:
        return `result<${inner()}, ${inner()}>`;
      case 8:
        return this.#random.oneIn(2) ? 'future' : `future<${inner()}>`;
      case 9:
        return this.#random.oneIn(2) ? 'stream<u8>' : `stream<${this.#random.pick(['string', 'u32'])}>`;
      case 10:
        return `map<${this.#random.pick(KEYS)}, ${inner()}>`;
      case 11:
        return `list<${inner()}, ${this.#random.below(4) + 1}>`;
      default:
        return 'error-context';
    }
  }

  #name(): string {
    this.#count += 1;
    const word = this.#random.pick(WORDS);
    // Each word of a name is in lower case or in upper case, and must not start with a digit.
    return this.#random.oneIn(3) && word !== 'HTTP' ? `${word}${this.#count}` : `${word}-${this.#count}`;
  }

  #times(limit: number): undefined[] {
    return Array.from({ length: this.#random.below(limit + 1) });
  }
}
