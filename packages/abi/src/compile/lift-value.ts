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
  readonly budget: number | undefined;

  constructor(factory: FactorySource, code: Code, views: Views, budget: number | undefined) {
    this.factory = factory;
    this.code = code;
    this.views = views;
    this.budget = budget;
  }

  /** @param top true for the body of the type's own function */
  lift(type: Type, reader: ValueReader, top = false): string {
    const shape = shapeOf(type);
    if (typeof shape === 'string') return liftPrimitive(this, shape, reader);
    if (!top && isHeavy(type)) return liftByCall(this, type, reader);
    switch (shape.tag) {
      case 'record': {
        const keys = memberKeys(shape.fields, this.factory.mapping);
        const members = liftMembers(
          this,
          shape.fields.map((field) => field.type),
          reader,
        );
        return `{ ${members.map((member, index) => `${objectKey(keys[index]!)}: ${member}`).join(', ')} }`;
      }
      case 'tuple':
        return `[${liftMembers(this, shape.types, reader).join(', ')}]`;
      case 'list':
        return liftList(this, shape.element, reader);
      case 'map':
        return liftMap(this, shape.key, shape.value, reader);
      case 'fixed-length-list':
        return liftFixed(this, shape.element, shape.length, reader);
      case 'variant':
        return liftCases(
          this,
          shape.cases.map((item) => item.type),
          reader,
          (index, value) => tagged(shape.cases[index]!.name, value),
        );
      case 'result':
        return liftCases(this, [shape.ok, shape.err], reader, (index, value) =>
          // As in jco, a side without a payload has a `val`, too.
          tagged(index === 0 ? 'ok' : 'err', value ?? 'undefined'),
        );
      case 'option':
        return liftOption(this, type, shape.type, reader);
      case 'enum':
        return liftEnum(
          this,
          shape.cases.map((item) => item.name),
          reader,
        );
      case 'flags':
        return liftFlags(this, shape.flags, reader);
      case 'own':
      case 'borrow':
        return liftHandle(this, shape, reader);
      default:
        return liftWaitable(this, type, reader);
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
}

function local(lifter: ValueLifter, expression: string, hint?: string): string {
  return lifter.factory.local(lifter.code, expression, hint);
}

function liftPrimitive(lifter: ValueLifter, type: Extract<Shape, string>, reader: ValueReader): string {
  if (type === 'string') return liftString(lifter, reader);
  if (type === 'error-context') return liftWaitable(lifter, type, reader);
  const raw = reader.primitive(type);
  // A trap must happen in the order of the specification, although expressions are put together later.
  return type === 'char' ? local(lifter, `${lifter.factory.use('liftChar')}(${raw})`, 'c') : raw;
}

function liftString(lifter: ValueLifter, reader: ValueReader): string {
  const { ptr, length, raw } = reader.pointers();
  const memory = lifter.views.get('u8');
  switch (lifter.factory.options.stringEncoding) {
    case 'utf8':
      writeLimit(lifter, length);
      return liftCounted(lifter, length, (n) => `${lifter.factory.use('liftUtf8')}(${memory}, ${ptr}, ${n})`);
    case 'utf16':
      writeLimit(lifter, `2 * (${length})`);
      return liftCounted(
        lifter,
        length,
        (n) => `${lifter.factory.use('liftUtf16')}(${memory}, ${ptr}, ${n})`,
      );
    case 'latin1+utf16': {
      const units = local(lifter, raw, 'n');
      const [count, isUtf16] =
        lifter.factory.address === 'i32'
          ? [`${units} & 0x7fffffff`, `(${units} & 0x80000000) !== 0`]
          : [`Number(BigInt.asUintN(63, ${units}))`, `BigInt.asUintN(64, ${units}) >> 63n !== 0n`];
      writeLimit(lifter, `(${isUtf16} ? 2 : 1) * (${count})`);
      const lift = lifter.factory.use('liftLatin1OrUtf16');
      return liftCounted(lifter, count, (n) => `${lift}(${memory}, ${ptr}, ${n}, ${isUtf16})`);
    }
  }
}

function writeLimit(lifter: ValueLifter, bytes: string): void {
  const { maxBytes } = lifter.factory.options;
  if (maxBytes === undefined || lifter.factory.trusted) return;
  const taken = local(lifter, bytes, 'b');
  lifter.code.line(`if (${taken} > ${maxBytes}) ${lifter.factory.use('overLimit')}(${maxBytes}, ${taken});`);
}

/** Lifts a string whose length counts against the budget. */
function liftCounted(lifter: ValueLifter, length: string, lift: (length: string) => string): string {
  if (lifter.budget === undefined) return local(lifter, lift(length), 's');
  const count = local(lifter, length, 'n');
  const text = local(lifter, lift(count), 's');
  writeSpend(lifter, count, STRING_SIZE);
  return text;
}

function writeSpend(lifter: ValueLifter, length: string, [empty, each]: SequenceSize): void {
  if (lifter.budget === undefined) return;
  lifter.factory.usesMemory = true;
  const over = `${lifter.factory.use('overLimit')}(${lifter.budget})`;
  lifter.code.line(`if ((m.budget -= ${length} * ${each} + ${empty}) < 0) ${over};`);
}

function liftMembers(lifter: ValueLifter, types: readonly Type[], reader: ValueReader): string[] {
  const readers = reader.members(types);
  return types.map((type, index) => lifter.lift(type, readers[index]!));
}

/**
 * Writes the code that checks the address and the length of a list of elements with that layout, and counts the list
 * against the budget before it is made.
 */
function writeRange(
  lifter: ValueLifter,
  reader: ValueReader,
  layout: { size: number; alignment: number },
  size: SequenceSize,
): { ptr: string; length: string } {
  const pointers = reader.pointers();
  const ptr = local(lifter, pointers.ptr, 'p');
  const length = local(lifter, pointers.length, 'n');
  const bytes = layout.size === 1 ? length : `${length} * ${layout.size}`;
  writeLimit(lifter, bytes);
  const outside = outOfPlace(ptr, bytes, layout.alignment, `${lifter.views.get('u8')}.length`);
  const bad = `${lifter.factory.use('badList')}(${ptr}, ${bytes}, ${layout.alignment})`;
  lifter.code.line(`if (${bytes} > ${MAX_BYTE_LENGTH} || ${outside}) ${bad};`);
  writeSpend(lifter, length, size);
  return { ptr, length };
}

function liftList(lifter: ValueLifter, element: Type, reader: ValueReader): string {
  const layout = elementLayout(element, lifter.factory.address);
  const numeric = numericType(element);
  const { ptr, length } = writeRange(lifter, reader, layout, sequenceSize(element));
  if (numeric !== undefined) {
    const view = viewOf[numeric];
    const start = indexOf(lifter.factory.address, view, ptr);
    const end = layout.size === 1 ? `${ptr} + ${length}` : `(${start}) + ${length}`;
    return local(lifter, `${lifter.views.get(view)}.slice(${start}, ${end})`, 'l');
  }
  // V8 makes a dictionary of a larger array that is created with its length.
  const list = local(lifter, `${length} > ${FAST_ARRAY} ? [] : new Array(${length})`, 'l');
  writeEach(lifter, ptr, length, layout.size, (at, index) => {
    lifter.code.line(`${list}[${index}] = ${lifter.lift(element, readerAt(lifter, at))};`);
  });
  return list;
}

function liftMap(lifter: ValueLifter, key: Type, value: Type, reader: ValueReader): string {
  const { offsets, layout } = sequenceLayout([key, value], lifter.factory.address);
  const { ptr, length } = writeRange(lifter, reader, layout, sequenceSize(key, value));
  // A component must see all pairs, also pairs with the same key.
  const map = local(lifter, lifter.factory.trusted ? `new Array(${length})` : 'new Map()', 'm');
  writeEach(lifter, ptr, length, layout.size, (at, index) => {
    const name = local(lifter, lifter.lift(key, readerAt(lifter, at, offsets[0])), 'k');
    const held = lifter.lift(value, readerAt(lifter, at, offsets[1]));
    lifter.code.line(
      lifter.factory.trusted ? `${map}[${index}] = [${name}, ${held}];` : `${map}.set(${name}, ${held});`,
    );
  });
  return map;
}

function liftFixed(lifter: ValueLifter, element: Type, length: number, reader: ValueReader): string {
  if (!(reader instanceof StoredValue) || length <= UNROLLED) {
    return `[${liftMembers(
      lifter,
      Array.from({ length }, () => element),
      reader,
    ).join(', ')}]`;
  }
  const list = local(lifter, `new Array(${length})`, 'l');
  const start = reader.address;
  writeEach(lifter, start, String(length), layoutOf(element, lifter.factory.address).size, (at, index) => {
    lifter.code.line(`${list}[${index}] = ${lifter.lift(element, readerAt(lifter, at))};`);
  });
  return list;
}

function writeEach(
  lifter: ValueLifter,
  start: string,
  length: string,
  size: number,
  write: (at: string, index: string) => void,
): void {
  const index = lifter.factory.name('i');
  const at = lifter.factory.name('q');
  lifter.code.block(
    `for (let ${index} = 0, ${at} = ${start}; ${index} < ${length}; ${index}++, ${at} += ${size})`,
    () => write(at, index),
  );
}

function readerAt(lifter: ValueLifter, at: string, offset = 0): ValueReader {
  return new StoredValue(lifter.views, at, offset);
}

function liftCases(
  lifter: ValueLifter,
  cases: readonly (Type | undefined)[],
  reader: ValueReader,
  make: (index: number, value: string | undefined) => string,
): string {
  const name = lifter.factory.name('v');
  lifter.code.line(`let ${name};`);
  lifter.switch(cases, reader, (index, value) => lifter.code.line(`${name} = ${make(index, value)};`));
  return name;
}

function liftOption(lifter: ValueLifter, type: Type, payload: Type, reader: ValueReader): string {
  if (isTaggedOption(type)) {
    return liftCases(lifter, [undefined, payload], reader, (index, value) =>
      tagged(index === 0 ? 'none' : 'some', value),
    );
  }
  const name = lifter.factory.name('v');
  lifter.code.line(`let ${name};`);
  lifter.switch([undefined, payload], reader, (_, value) => {
    if (value !== undefined) lifter.code.line(`${name} = ${value};`);
  });
  return name;
}

function liftEnum(lifter: ValueLifter, names: readonly string[], reader: ValueReader): string {
  const table = lifter.factory.constant('names', `[${names.map(literal).join(', ')}]`);
  const { discriminant } = reader.variant(names.map(() => undefined));
  const index = local(lifter, reader instanceof FlatReader ? `${discriminant} >>> 0` : discriminant, 'd');
  lifter.code.line(`if (${index} >= ${names.length}) ${lifter.factory.use('invalidDiscriminant')}();`);
  return `${table}[${index}]`;
}

function liftFlags(
  lifter: ValueLifter,
  flags: readonly { readonly name: string }[],
  reader: ValueReader,
): string {
  const { factory } = lifter;
  const count = flags.length;
  const bits = local(lifter, reader.bits(flagsSize(count)), 'f');
  if (factory.mapping?.flags === 'bigint') return `BigInt.asUintN(${count}, BigInt(${bits}))`;
  const keys = memberKeys(flags, factory.mapping);
  return `{ ${keys.map((key, index) => `${objectKey(key)}: (${bits} & ${1 << index}) !== 0`).join(', ')} }`;
}

function liftHandle(
  lifter: ValueLifter,
  shape: Extract<Shape, { tag: 'own' | 'borrow' }>,
  reader: ValueReader,
): string {
  const type = lifter.factory.resource(shape.resource);
  const index = reader.bits(4);
  if (shape.tag === 'own') {
    if (lifter.factory.trusted)
      return local(lifter, `${lifter.factory.use('liftOwnRep')}(inst, ${type}, ${index})`);
    const handle = local(lifter, `${lifter.factory.use('takeOwn')}(inst, ${type}, ${index})`, 'h');
    const isHosts = lifter.factory.constant('hosts', `${type}.implementer === undefined`);
    const wrapper = `(${type}.wrapper ?? ${lifter.factory.use('wrapperOf')}(${type}))`;
    return local(
      lifter,
      `${isHosts} ? ${handle}.rep : ${lifter.factory.use('track')}(new ${wrapper}(${handle}), ${handle})`,
    );
  }
  const helper = lifter.factory.use(lifter.factory.trusted ? 'liftBorrowRep' : 'liftBorrow');
  return local(lifter, `${helper}(inst, ${type}, ${index}, lent)`);
}

function liftWaitable(lifter: ValueLifter, type: Type, reader: ValueReader): string {
  return local(lifter, `${lifter.factory.waitable(type)}.lift(${reader.bits(4)})`);
}

/** Writes a call of the function that lifts a type which is too large to be written out. */
function liftByCall(lifter: ValueLifter, type: Type, reader: ValueReader): string {
  if (reader instanceof StoredValue) {
    const name = lifter.factory.typeFunction('load', type, (self) => loadFunction(lifter, self, type));
    const at = reader.address;
    return local(lifter, `${name}(${[at, ...lentIn(type)].join(', ')})`);
  }
  const slots = (reader as FlatReader).slots;
  const own = layoutOf(type, lifter.factory.address).flat!;
  const name = lifter.factory.typeFunction('lift', type, (self) => liftFunction(lifter, self, type, own));
  const args = own.map((want, index) => (reader as FlatReader).core(slots[index]!, want));
  return local(lifter, `${name}(${[...args, ...lentIn(type)].join(', ')})`);
}

function lentIn(type: Type): string[] {
  return containsKind(type, 'borrow') ? ['lent'] : [];
}

function loadFunction(lifter: ValueLifter, name: string, type: Type): Code {
  return typeFunction(lifter, name, type, ['p'], (views) => new StoredValue(views, 'p'));
}

function liftFunction(lifter: ValueLifter, name: string, type: Type, flat: readonly FlatType[]): Code {
  const slots = flat.map((slot, index): Slot => ({ text: `x${index}`, type: slot }));
  return typeFunction(
    lifter,
    name,
    type,
    slots.map((slot) => slot.text),
    () => new FlatReader(lifter.factory, slots),
  );
}

function typeFunction(
  lifter: ValueLifter,
  name: string,
  type: Type,
  params: readonly string[],
  read: (views: Views) => ValueReader,
): Code {
  const code = new Code();
  code.block(`function ${name}(${[...params, ...lentIn(type)].join(', ')})`, () => {
    const views = Views.local(lifter.factory, code);
    const inner = new ValueLifter(lifter.factory, code, views, lifter.budget);
    code.line(`return ${inner.lift(type, read(views), true)};`);
    views.close();
  });
  return code;
}

function tagged(tag: string, value: string | undefined): string {
  return value === undefined ? `{ tag: ${literal(tag)} }` : `{ tag: ${literal(tag)}, val: ${value} }`;
}
