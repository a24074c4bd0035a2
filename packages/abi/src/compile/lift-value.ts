import { isTaggedOption, memberKeys, numericType } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import {
  containsKind,
  type FlatType,
  elementLayout,
  flagsSize,
  layoutOf,
  sequenceLayout,
  type Shape,
  shapeOf,
} from '@wit-ts/model/layout';
import { MAX_BYTE_LENGTH } from '../helpers/lift-strings.ts';
import { type SequenceSize, sequenceSize, STRING_SIZE } from '../layout/lifted-size.ts';
import { StoredValue } from './stored-value.ts';
import { FlatReader, type ValueReader, type Slot } from './readers.ts';
import { Code, literal, objectKey } from './source-text.ts';
import type { FactorySource } from './factory-source.ts';
import { indexOf, outOfPlace, viewOf, Views } from './views.ts';
import { isHeavy } from './type-weight.ts';

/** The length up to which a fixed-length list is written out element by element. */
const UNROLLED = 4;
const FAST_ARRAY = 2 ** 25;

/**
 * Writes the code that lifts a value. In its scope, `m` holds the views of the memory, `inst` is the instance, and
 * `lent` collects borrows. Returns the expression of the value, which must be used exactly once.
 */
export class ValueLifter {
  readonly factory: FactorySource;
  readonly code: Code;
  readonly views: Views;
  /** The limit of the budget in which strings, lists and maps are counted; absent when they need not be counted. */
  readonly #budget: number | undefined;

  constructor(factory: FactorySource, code: Code, views: Views, budget: number | undefined) {
    this.factory = factory;
    this.code = code;
    this.views = views;
    this.#budget = budget;
  }

  /** @param top true for the body of the type's own function */
  lift(type: Type, reader: ValueReader, top = false): string {
    const shape = shapeOf(type);
    if (typeof shape === 'string') return this.#primitive(shape, reader);
    if (!top && isHeavy(type)) return this.#call(type, reader);
    switch (shape.tag) {
      case 'record': {
        const keys = memberKeys(shape.fields, this.factory.mapping);
        const members = this.#members(
          shape.fields.map((field) => field.type),
          reader,
        );
        return `{ ${members.map((member, index) => `${objectKey(keys[index]!)}: ${member}`).join(', ')} }`;
      }
      case 'tuple':
        return `[${this.#members(shape.types, reader).join(', ')}]`;
      case 'list':
        return this.#list(shape.element, reader);
      case 'map':
        return this.#map(shape.key, shape.value, reader);
      case 'fixed-length-list':
        return this.#fixed(shape.element, shape.length, reader);
      case 'variant':
        return this.#cases(
          shape.cases.map((item) => item.type),
          reader,
          (index, value) => tagged(shape.cases[index]!.name, value),
        );
      case 'result':
        return this.#cases([shape.ok, shape.err], reader, (index, value) =>
          // As in jco, a side without a payload has a `val`, too.
          tagged(index === 0 ? 'ok' : 'err', value ?? 'undefined'),
        );
      case 'option':
        return this.#option(type, shape.type, reader);
      case 'enum':
        return this.#enum(
          shape.cases.map((item) => item.name),
          reader,
        );
      case 'flags':
        return this.#flags(shape.flags, reader);
      case 'own':
      case 'borrow':
        return this.#handle(shape, reader);
      default:
        return this.#waitable(type, reader);
    }
  }

  /** Writes a `switch` over the cases of a variant. `give` writes what happens with the value of a case. */
  switch(
    cases: readonly (Type | undefined)[],
    reader: ValueReader,
    give: (index: number, value: string | undefined) => void,
  ): void {
    const { discriminant, payload } = reader.variant(cases);
    this.code.block(`switch (${discriminant})`, () => {
      for (const [index, type] of cases.entries()) {
        this.code.block(`case ${index}:`, () => {
          give(index, type === undefined ? undefined : this.lift(type, payload(index)));
          this.code.line('break;');
        });
      }
      this.code.line(`default: ${this.factory.use('invalidDiscriminant')}();`);
    });
  }

  #local(expression: string, hint?: string): string {
    return this.factory.local(this.code, expression, hint);
  }

  #primitive(type: Extract<Shape, string>, reader: ValueReader): string {
    if (type === 'string') return this.#string(reader);
    if (type === 'error-context') return this.#waitable(type, reader);
    const raw = reader.primitive(type);
    // A trap must happen in the order of the specification, although expressions are put together later.
    return type === 'char' ? this.#local(`${this.factory.use('liftChar')}(${raw})`, 'c') : raw;
  }

  #string(reader: ValueReader): string {
    const { ptr, length, raw } = reader.pointers();
    const memory = this.views.get('u8');
    switch (this.factory.options.stringEncoding) {
      case 'utf8':
        this.#limit(length);
        return this.#counted(length, (n) => `${this.factory.use('liftUtf8')}(${memory}, ${ptr}, ${n})`);
      case 'utf16':
        this.#limit(`2 * (${length})`);
        return this.#counted(length, (n) => `${this.factory.use('liftUtf16')}(${memory}, ${ptr}, ${n})`);
      case 'latin1+utf16': {
        const units = this.#local(raw, 'n');
        const [count, isUtf16] =
          this.factory.address === 'i32'
            ? [`${units} & 0x7fffffff`, `(${units} & 0x80000000) !== 0`]
            : [`Number(BigInt.asUintN(63, ${units}))`, `BigInt.asUintN(64, ${units}) >> 63n !== 0n`];
        this.#limit(`(${isUtf16} ? 2 : 1) * (${count})`);
        const lift = this.factory.use('liftLatin1OrUtf16');
        return this.#counted(count, (n) => `${lift}(${memory}, ${ptr}, ${n}, ${isUtf16})`);
      }
    }
  }

  #limit(bytes: string): void {
    const { maxBytes } = this.factory.options;
    if (maxBytes === undefined || this.factory.trusted) return;
    const taken = this.#local(bytes, 'b');
    this.code.line(`if (${taken} > ${maxBytes}) ${this.factory.use('overLimit')}(${maxBytes}, ${taken});`);
  }

  /** Lifts a string whose length counts against the budget. */
  #counted(length: string, lift: (length: string) => string): string {
    if (this.#budget === undefined) return this.#local(lift(length), 's');
    const local = this.#local(length, 'n');
    const text = this.#local(lift(local), 's');
    this.#spend(local, STRING_SIZE);
    return text;
  }

  #spend(length: string, [empty, each]: SequenceSize): void {
    if (this.#budget === undefined) return;
    this.factory.usesMemory = true;
    const over = `${this.factory.use('overLimit')}(${this.#budget})`;
    this.code.line(`if ((m.budget -= ${length} * ${each} + ${empty}) < 0) ${over};`);
  }

  #members(types: readonly Type[], reader: ValueReader): string[] {
    const readers = reader.members(types);
    return types.map((type, index) => this.lift(type, readers[index]!));
  }

  /**
   * Writes the code that checks the address and the length of a list of elements with that layout, and counts the list
   * against the budget before it is made.
   */
  #range(
    reader: ValueReader,
    layout: { size: number; alignment: number },
    size: SequenceSize,
  ): { ptr: string; length: string } {
    const pointers = reader.pointers();
    const ptr = this.#local(pointers.ptr, 'p');
    const length = this.#local(pointers.length, 'n');
    const bytes = layout.size === 1 ? length : `${length} * ${layout.size}`;
    this.#limit(bytes);
    const outside = outOfPlace(ptr, bytes, layout.alignment, `${this.views.get('u8')}.length`);
    const bad = `${this.factory.use('badList')}(${ptr}, ${bytes}, ${layout.alignment})`;
    this.code.line(`if (${bytes} > ${MAX_BYTE_LENGTH} || ${outside}) ${bad};`);
    this.#spend(length, size);
    return { ptr, length };
  }

  #list(element: Type, reader: ValueReader): string {
    const layout = elementLayout(element, this.factory.address);
    const numeric = numericType(element);
    const { ptr, length } = this.#range(reader, layout, sequenceSize(element));
    if (numeric !== undefined) {
      const view = viewOf[numeric];
      const start = indexOf(this.factory.address, view, ptr);
      const end = layout.size === 1 ? `${ptr} + ${length}` : `(${start}) + ${length}`;
      return this.#local(`${this.views.get(view)}.slice(${start}, ${end})`, 'l');
    }
    // V8 makes a dictionary of a larger array that is created with its length.
    const list = this.#local(`${length} > ${FAST_ARRAY} ? [] : new Array(${length})`, 'l');
    this.#each(ptr, length, layout.size, (at, index) => {
      this.code.line(`${list}[${index}] = ${this.lift(element, this.#memory(at))};`);
    });
    return list;
  }

  #map(key: Type, value: Type, reader: ValueReader): string {
    const { offsets, layout } = sequenceLayout([key, value], this.factory.address);
    const { ptr, length } = this.#range(reader, layout, sequenceSize(key, value));
    // A component must see all pairs, also pairs with the same key.
    const map = this.#local(this.factory.trusted ? `new Array(${length})` : 'new Map()', 'm');
    this.#each(ptr, length, layout.size, (at, index) => {
      const name = this.#local(this.lift(key, this.#memory(at, offsets[0])), 'k');
      const held = this.lift(value, this.#memory(at, offsets[1]));
      this.code.line(
        this.factory.trusted ? `${map}[${index}] = [${name}, ${held}];` : `${map}.set(${name}, ${held});`,
      );
    });
    return map;
  }

  #fixed(element: Type, length: number, reader: ValueReader): string {
    if (!(reader instanceof StoredValue) || length <= UNROLLED) {
      return `[${this.#members(
        Array.from({ length }, () => element),
        reader,
      ).join(', ')}]`;
    }
    const list = this.#local(`new Array(${length})`, 'l');
    const start = reader.address;
    this.#each(start, String(length), layoutOf(element, this.factory.address).size, (at, index) => {
      this.code.line(`${list}[${index}] = ${this.lift(element, this.#memory(at))};`);
    });
    return list;
  }

  #each(start: string, length: string, size: number, write: (at: string, index: string) => void): void {
    const index = this.factory.name('i');
    const at = this.factory.name('q');
    this.code.block(
      `for (let ${index} = 0, ${at} = ${start}; ${index} < ${length}; ${index}++, ${at} += ${size})`,
      () => write(at, index),
    );
  }

  #memory(at: string, offset = 0): ValueReader {
    return new StoredValue(this.views, at, offset);
  }

  #cases(
    cases: readonly (Type | undefined)[],
    reader: ValueReader,
    make: (index: number, value: string | undefined) => string,
  ): string {
    const name = this.factory.name('v');
    this.code.line(`let ${name};`);
    this.switch(cases, reader, (index, value) => this.code.line(`${name} = ${make(index, value)};`));
    return name;
  }

  #option(type: Type, payload: Type, reader: ValueReader): string {
    if (isTaggedOption(type)) {
      return this.#cases([undefined, payload], reader, (index, value) =>
        tagged(index === 0 ? 'none' : 'some', value),
      );
    }
    const name = this.factory.name('v');
    this.code.line(`let ${name};`);
    this.switch([undefined, payload], reader, (_, value) => {
      if (value !== undefined) this.code.line(`${name} = ${value};`);
    });
    return name;
  }

  #enum(names: readonly string[], reader: ValueReader): string {
    const table = this.factory.constant('names', `[${names.map(literal).join(', ')}]`);
    const { discriminant } = reader.variant(names.map(() => undefined));
    const index = this.#local(reader instanceof FlatReader ? `${discriminant} >>> 0` : discriminant, 'd');
    this.code.line(`if (${index} >= ${names.length}) ${this.factory.use('invalidDiscriminant')}();`);
    return `${table}[${index}]`;
  }

  #flags(flags: readonly { readonly name: string }[], reader: ValueReader): string {
    const { factory } = this;
    const count = flags.length;
    const bits = this.#local(reader.bits(flagsSize(count)), 'f');
    if (factory.mapping?.flags === 'bigint') return `BigInt.asUintN(${count}, BigInt(${bits}))`;
    const keys = memberKeys(flags, factory.mapping);
    return `{ ${keys.map((key, index) => `${objectKey(key)}: (${bits} & ${1 << index}) !== 0`).join(', ')} }`;
  }

  #handle(shape: Extract<Shape, { tag: 'own' | 'borrow' }>, reader: ValueReader): string {
    const type = this.factory.resource(shape.resource);
    const index = reader.bits(4);
    if (shape.tag === 'own') {
      if (this.factory.trusted)
        return this.#local(`${this.factory.use('liftOwnRep')}(inst, ${type}, ${index})`);
      const handle = this.#local(`${this.factory.use('takeOwn')}(inst, ${type}, ${index})`, 'h');
      const isHosts = this.factory.constant('hosts', `${type}.implementer === undefined`);
      const wrapper = `(${type}.wrapper ?? ${this.factory.use('wrapperOf')}(${type}))`;
      return this.#local(
        `${isHosts} ? ${handle}.rep : ${this.factory.use('track')}(new ${wrapper}(${handle}), ${handle})`,
      );
    }
    const helper = this.factory.use(this.factory.trusted ? 'liftBorrowRep' : 'liftBorrow');
    return this.#local(`${helper}(inst, ${type}, ${index}, lent)`);
  }

  #waitable(type: Type, reader: ValueReader): string {
    return this.#local(`${this.factory.waitable(type)}.lift(${reader.bits(4)})`);
  }

  /** Writes a call of the function that lifts a type which is too large to be written out. */
  #call(type: Type, reader: ValueReader): string {
    if (reader instanceof StoredValue) {
      const name = this.factory.typeFunction('load', type, (self) => this.#loadFunction(self, type));
      const at = reader.address;
      return this.#local(`${name}(${[at, ...this.#lentIn(type)].join(', ')})`);
    }
    const slots = (reader as FlatReader).slots;
    const own = layoutOf(type, this.factory.address).flat!;
    const name = this.factory.typeFunction('lift', type, (self) => this.#liftFunction(self, type, own));
    const args = own.map((want, index) => (reader as FlatReader).core(slots[index]!, want));
    return this.#local(`${name}(${[...args, ...this.#lentIn(type)].join(', ')})`);
  }

  #lentIn(type: Type): string[] {
    return containsKind(type, 'borrow') ? ['lent'] : [];
  }

  #loadFunction(name: string, type: Type): Code {
    return this.#function(name, type, ['p'], (views) => new StoredValue(views, 'p'));
  }

  #liftFunction(name: string, type: Type, flat: readonly FlatType[]): Code {
    const slots = flat.map((slot, index): Slot => ({ text: `x${index}`, type: slot }));
    return this.#function(
      name,
      type,
      slots.map((slot) => slot.text),
      () => new FlatReader(this.factory, slots),
    );
  }

  #function(name: string, type: Type, params: readonly string[], read: (views: Views) => ValueReader): Code {
    const code = new Code();
    code.block(`function ${name}(${[...params, ...this.#lentIn(type)].join(', ')})`, () => {
      const views = Views.local(this.factory, code);
      const inner = new ValueLifter(this.factory, code, views, this.#budget);
      code.line(`return ${inner.lift(type, read(views), true)};`);
      views.close();
    });
    return code;
  }
}

function tagged(tag: string, value: string | undefined): string {
  return value === undefined ? `{ tag: ${literal(tag)} }` : `{ tag: ${literal(tag)}, val: ${value} }`;
}
