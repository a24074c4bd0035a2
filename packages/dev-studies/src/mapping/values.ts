import type { Random } from '@wit-ts/dev-support/random';
import type { MappingChoices } from '@wit-ts/mapping';
import { shapeOf, type PrimitiveType, type Type } from '@wit-ts/model';

/** A value of JavaScript, and the value that it stands for in the form in which lifting gives it. */
export interface Drawn {
  readonly value: unknown;
  /** `UNKNOWN` if the value may stand for nothing of the type. */
  readonly meaning: unknown;
}

export const UNKNOWN: unique symbol = Symbol('of no known meaning');

/** What a host gives for the resource of the interface. */
export class HostHandle {
  touch(): void {
    // A method tells it apart from other objects.
  }
}

/**
 * Draws values of WIT types. It states the mapping once more, in other words than `@wit-ts/mapping`: the law would
 * prove nothing if both sides had one source.
 *
 * With `oddity` 0 each value has the form that lifting gives. Otherwise a part has, one time in so many, another
 * form: one that a host might give by mistake, or one that lowering accepts beside the declared one. Which of them
 * are of the declared type is for the compiler to say.
 *
 * For a host, each part may have any of the forms that the mapping documents for values that a host gives: arrays that
 * cannot be changed, arrays of numbers instead of typed arrays, flags that are not set and left out, and sides of
 * results with an undefined `val`.
 */
export class ValueDrawer {
  readonly #random: Random;
  readonly #choices: MappingChoices;
  readonly #oddity: number;
  readonly #isHost: boolean;

  constructor(random: Random, choices: MappingChoices, oddity: number, isHost = false) {
    this.#random = random;
    this.#choices = choices;
    this.#oddity = oddity;
    this.#isHost = isHost;
  }

  /** Draws values as a host may give them. */
  static ofHost(random: Random, choices: MappingChoices): ValueDrawer {
    return new ValueDrawer(random, choices, 0, true);
  }

  draw(type: Type): Drawn {
    const shape = shapeOf(type);
    const canonical = typeof shape === 'string' ? this.#primitive(shape) : this.#composite(type);
    return this.#odd() ? this.#wrongValue(canonical) : canonical;
  }

  /** Whether a part has another form that the mapping documents for hosts. */
  #otherForm(): boolean {
    return this.#isHost && this.#random.oneIn(2);
  }

  #odd(): boolean {
    return this.#oddity > 0 && this.#random.oneIn(this.#oddity);
  }

  /** A value of another type, or of no type. */
  #wrongValue({ value, meaning }: Drawn): Drawn {
    return this.#random.pick<Drawn>([
      { value: undefined, meaning: UNKNOWN },
      { value: null, meaning: UNKNOWN },
      { value: { tag: 'some', val: value }, meaning: UNKNOWN },
      { value: { tag: 'none' }, meaning: UNKNOWN },
      { value: { tag: 'ok', val: value }, meaning: UNKNOWN },
      { value: [value], meaning: UNKNOWN },
      { value: {}, meaning: UNKNOWN },
      { value: typeof value === 'bigint' ? Number(value) : value, meaning },
    ]);
  }

  #primitive(type: PrimitiveType): Drawn {
    const value = this.#primitiveValue(type);
    return { value, meaning: value };
  }

  #primitiveValue(type: PrimitiveType): unknown {
    const random = this.#random;
    switch (type) {
      case 'bool':
        return random.oneIn(2);
      case 'char':
        return random.pick(['a', '\0', 'é', '\uffff', '😀', '"', '\\']);
      case 'string':
        return random.pick(['', 'a', 'none', 'it\'s "quoted" \\ \n', '\u2028', '😀 é', '${x}`']);
      case 'f32':
        return random.pick([0, -0, 1.5, Infinity, -Infinity, NaN, Math.fround(0.1)]);
      case 'f64':
        return random.pick([0, -0, 0.1, 1e300, -5e-324, Infinity, -Infinity, NaN]);
      case 'error-context':
        throw new TypeError('values of error contexts are not drawn');
      default: {
        const bits = BigInt(type.slice(1));
        const [low, high] = type.startsWith('u')
          ? [0n, 2n ** bits - 1n]
          : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
        const value = random.pick([low, high, 0n, 1n, high / 3n]);
        return bits === 64n ? value : Number(value);
      }
    }
  }

  #composite(type: Type): Drawn {
    const kind = shapeOf(type);
    if (typeof kind === 'string') throw new TypeError('a primitive type has no parts');
    switch (kind.tag) {
      case 'record':
        return this.#record(kind.fields);
      case 'flags':
        return this.#flags(kind.flags.map((flag) => flag.name));
      case 'variant': {
        const { name, type: payload } = this.#random.pick(kind.cases);
        return this.#tagged(name, payload);
      }
      case 'enum':
        return same(this.#random.pick(kind.cases).name);
      case 'option':
        return this.#option(kind.type);
      case 'result':
        return this.#random.oneIn(2) ? this.#side('ok', kind.ok) : this.#side('err', kind.err);
      case 'tuple':
        return this.#elements(kind.types);
      case 'fixed-length-list':
        return this.#elements(Array.from({ length: kind.length }, () => kind.element));
      case 'list':
        return this.#list(kind.element);
      case 'map':
        return this.#map(kind.key, kind.value);
      case 'own':
      case 'borrow':
        return same(new HostHandle());
      default:
        throw new TypeError(`values of a ${kind.tag} are not drawn`);
    }
  }

  #record(fields: readonly { readonly name: string; readonly type: Type }[]): Drawn {
    const keys = this.#keys(fields.map((field) => field.name));
    const value: [string, unknown][] = [];
    const meaning: [string, unknown][] = [];
    for (const [index, { type }] of fields.entries()) {
      const key = keys[index]!;
      const drawn = this.draw(type);
      meaning.push([key, drawn.meaning]);
      // A missing property is read as `undefined`. TypeScript finds a missing `toString` in every object, so that has
      // to be written.
      const mayBeLeftOut = drawn.value === undefined && !(key in Object.prototype);
      const isLeftOut = (mayBeLeftOut && this.#random.oneIn(2)) || this.#odd();
      if (!isLeftOut) value.push([key, drawn.value]);
      else if (drawn.value !== undefined) meaning.splice(-1, 1, [key, UNKNOWN]);
    }
    return built(
      Object.fromEntries(value),
      Object.fromEntries(meaning),
      meaning.map(([, part]) => part),
    );
  }

  #flags(names: readonly string[]): Drawn {
    if (this.#choices.flags === 'bigint') return same(BigInt(this.#random.below(2 ** names.length)));
    const meaning = this.#keys(names).map((key) => [key, this.#random.oneIn(2)] as const);
    // A flag that is not set may be left out, which lifting never does.
    const value = meaning.filter(([key, isSet]) => {
      if (isSet) return true;
      // TypeScript finds a missing `toString` in every object.
      return !this.#odd() && (key in Object.prototype || !this.#otherForm());
    });
    return { value: Object.fromEntries(value), meaning: Object.fromEntries(meaning) };
  }

  #keys(labels: readonly string[]): readonly string[] {
    return this.#choices.casing === 'wit' ? labels : distinctKeys(labels);
  }

  /** A side of a result without a payload is lifted with an undefined `val`. */
  #side(tag: string, payload: Type | undefined): Drawn {
    const drawn = this.#tagged(tag, payload);
    if (payload !== undefined) return drawn;
    const meaning = { tag, val: undefined };
    return { value: this.#otherForm() ? meaning : drawn.value, meaning };
  }

  #tagged(tag: string, payload: Type | undefined): Drawn {
    if (payload === undefined) {
      return { value: this.#odd() ? { tag, val: undefined } : { tag }, meaning: { tag } };
    }
    const { value, meaning } = this.draw(payload);
    if (this.#odd()) return { value: { tag }, meaning: UNKNOWN };
    return built({ tag, val: value }, { tag, val: meaning }, [meaning]);
  }

  /** `undefined` is none unless it is a value of the payload; then none and some are told apart by a tag. */
  #option(payload: Type): Drawn {
    const isNone = this.#random.oneIn(3);
    if (holdsUndefined(payload))
      return isNone ? this.#tagged('none', undefined) : this.#tagged('some', payload);
    if (!isNone) return this.draw(payload);
    return { value: this.#odd() ? null : undefined, meaning: undefined };
  }

  #elements(types: readonly Type[]): Drawn {
    const parts = types.map((type) => this.draw(type));
    const meanings = parts.map((part) => part.meaning);
    const values = parts.map((part) => part.value);
    if (this.#odd())
      return { value: this.#random.oneIn(2) ? values.slice(1) : [...values, 0], meaning: UNKNOWN };
    return built(this.#array(values), meanings, meanings);
  }

  /** A frozen array is written as one that cannot be changed. */
  #array(values: unknown[]): readonly unknown[] {
    return this.#otherForm() ? Object.freeze(values) : values;
  }

  #list(element: Type): Drawn {
    const shape = shapeOf(element);
    const parts = Array.from({ length: this.#random.below(4) }, () => this.draw(element));
    const meanings = parts.map((part) => part.meaning);
    const values = parts.map((part) => part.value);
    const numbers = typeof shape === 'string' ? NUMBERS[shape] : undefined;
    if (numbers === undefined) return built(this.#array(values), meanings, meanings);
    const meaning = meanings.includes(UNKNOWN) ? UNKNOWN : numbers.from(meanings as never[]);
    const isPlain = meaning === UNKNOWN || this.#odd() || this.#otherForm();
    return { value: isPlain ? this.#array(values) : meaning, meaning };
  }

  #map(key: Type, item: Type): Drawn {
    const entries = Array.from(
      { length: this.#random.below(3) },
      () => [this.draw(key), this.draw(item)] as const,
    );
    const values = entries.map(([name, held]) => [name.value, held.value] as const);
    const meanings = entries.map(([name, held]) => [name.meaning, held.meaning] as const);
    return built(this.#odd() ? values : new Map(values), new Map(meanings), meanings.flat());
  }
}

const NUMBERS: Partial<Record<PrimitiveType, { from(values: readonly never[]): unknown }>> = {
  u8: Uint8Array,
  s8: Int8Array,
  u16: Uint16Array,
  s16: Int16Array,
  u32: Uint32Array,
  s32: Int32Array,
  u64: BigUint64Array,
  s64: BigInt64Array,
  f32: Float32Array,
  f64: Float64Array,
};

function holdsUndefined(type: Type): boolean {
  const shape = shapeOf(type);
  return typeof shape === 'object' && shape.tag === 'option' && !holdsUndefined(shape.type);
}

function same(value: unknown): Drawn {
  return { value, meaning: value };
}

/** A value made of parts has no known meaning if one of the parts has none. */
function built(value: unknown, meaning: unknown, parts: readonly unknown[]): Drawn {
  return { value, meaning: parts.includes(UNKNOWN) ? UNKNOWN : meaning };
}

function distinctKeys(labels: readonly string[]): readonly string[] {
  const keys: string[] = [];
  for (const label of labels) {
    const key = label.toLowerCase().replaceAll(/-(.)/gu, (_, letter: string) => letter.toUpperCase());
    const clashes = keys.filter((other) => other.split('$')[0] === key).length;
    keys.push(clashes === 0 ? key : `${key}$${clashes}`);
  }
  return keys;
}
