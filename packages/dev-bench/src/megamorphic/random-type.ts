import { Random } from '@wit-ts/dev-support/random';

/** A random type, and a function that makes random values of it. */
export interface RandomType {
  /** The type as WIT text: its name, or the type itself when WIT does not require a name. */
  readonly wit: string;
  readonly value: () => unknown;
}

/** Makes the types of one component. */
export class RandomTypeMaker {
  /** The WIT definitions of all named types, in the order in which they were made. */
  readonly definitions: string[] = [];
  readonly #random: Random;
  #names = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  /** Makes a record with more than 16 fields, so that it is passed in memory and not as flat parameters. */
  largeRecord(): RandomType {
    return this.#record(17 + this.#random.below(4), 3);
  }

  #any(depth: number): RandomType {
    if (depth === 0 || this.#random.oneIn(3)) return this.#primitive();
    switch (this.#random.below(9)) {
      case 0:
        return this.#record(1 + this.#random.below(4), depth - 1);
      case 1:
        return this.#variant(depth - 1);
      case 2:
        return this.#option(depth - 1);
      case 3:
        return this.#enum();
      case 4:
        return this.#flags();
      case 5:
        return this.#tuple(depth - 1);
      case 6:
        return this.#result(depth - 1);
      default:
        return this.#list(depth - 1);
    }
  }

  #primitive(): RandomType {
    const random = this.#random;
    const name = random.pick([
      'bool',
      'u8',
      's16',
      'u32',
      's32',
      'u64',
      'f32',
      'f64',
      'char',
      'string',
      'string',
    ]);
    const value = (): unknown => {
      switch (name) {
        case 'bool':
          return random.oneIn(2);
        case 'u64':
          return BigInt(random.below(2 ** 31));
        case 'f64':
        case 'f32':
          return random.below(1000) / 4;
        case 'char':
          return random.pick(['a', 'é', '🦊']);
        case 'string':
          return random.pick(['', 'abc', 'twelve chars', 'a string of more than twenty-four', 'größer']);
        default:
          return random.below(100);
      }
    };
    return { wit: name, value };
  }

  #record(count: number, depth: number): RandomType {
    const name = this.#name('r');
    const prefix = this.#random.pick(['field', 'member', 'item', 'part', 'property']);
    const fields = Array.from({ length: count }, (_, index) => ({
      name: `${prefix}${index}`,
      type: this.#any(depth),
    }));
    this.definitions.push(
      `record ${name} { ${fields.map((field) => `${field.name}: ${field.type.wit}`).join(', ')} }`,
    );
    return {
      wit: name,
      value: () => Object.fromEntries(fields.map((field) => [field.name, field.type.value()])),
    };
  }

  #variant(depth: number): RandomType {
    const name = this.#name('v');
    const cases = Array.from({ length: 2 + this.#random.below(4) }, (_, index) => ({
      tag: `${name}-case${index}`,
      type: this.#random.oneIn(3) ? undefined : this.#any(depth),
    }));
    const texts = cases.map(({ tag, type }) => (type === undefined ? tag : `${tag}(${type.wit})`));
    this.definitions.push(`variant ${name} { ${texts.join(', ')} }`);
    return {
      wit: name,
      value: () => {
        const { tag, type } = this.#random.pick(cases);
        return type === undefined ? { tag } : { tag, val: type.value() };
      },
    };
  }

  #option(depth: number): RandomType {
    const inner = this.#any(depth);
    // An option inside an option has a different shape in JavaScript, which this generator does not make.
    if (inner.wit.startsWith('option')) return inner;
    return {
      wit: `option<${inner.wit}>`,
      value: () => (this.#random.oneIn(2) ? undefined : inner.value()),
    };
  }

  #enum(): RandomType {
    const name = this.#name('e');
    const cases = Array.from({ length: 2 + this.#random.below(12) }, (_, index) => `${name}-name${index}`);
    this.definitions.push(`enum ${name} { ${cases.join(', ')} }`);
    return { wit: name, value: () => this.#random.pick(cases) };
  }

  #flags(): RandomType {
    const name = this.#name('f');
    const labels = Array.from({ length: 1 + this.#random.below(12) }, (_, index) => `${name}flag${index}`);
    this.definitions.push(`flags ${name} { ${labels.join(', ')} }`);
    return {
      wit: name,
      value: () => Object.fromEntries(labels.map((label) => [label, this.#random.oneIn(2)])),
    };
  }

  #tuple(depth: number): RandomType {
    const types = Array.from({ length: 1 + this.#random.below(3) }, () => this.#any(depth));
    return {
      wit: `tuple<${types.map((type) => type.wit).join(', ')}>`,
      value: () => types.map((type) => type.value()),
    };
  }

  #result(depth: number): RandomType {
    const [ok, err] = [this.#any(depth), this.#any(depth)];
    return {
      wit: `result<${ok.wit}, ${err.wit}>`,
      value: () =>
        this.#random.oneIn(2) ? { tag: 'ok', val: ok.value() } : { tag: 'err', val: err.value() },
    };
  }

  #list(depth: number): RandomType {
    const element = this.#any(depth);
    return {
      wit: `list<${element.wit}>`,
      value: () => Array.from({ length: this.#random.below(5) }, () => element.value()),
    };
  }

  #name(kind: string): string {
    this.#names += 1;
    return `${kind}${this.#names}${this.#random.pick(['a', 'b', 'c'])}`;
  }
}
