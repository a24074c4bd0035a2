import { acceptsUndefined, isTaggedOption, memberKeys } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import {
  allocates,
  elementLayout,
  flagsSize,
  layoutOf,
  MAX_FLAT_PARAMS,
  sequenceLayout,
  type Shape,
  shapeOf,
} from '@wit-ts/model/layout';
import { allocFunction, lowerStringFunction } from './allocation.ts';
import { isPresent, notPlain, numberCheck } from './host-value-checks.ts';
import { emitCopy, emitElements, lengthText, type Elements } from './list-elements.ts';
import { lowerHandleCode } from './lower-handle.ts';
import { FEW, indicesOf, lowerEnum, lowerFlags, readMember } from './lower-labels.ts';
import { Code, literal } from './source-text.ts';
import type { FactorySource } from './factory-source.ts';
import { outOfPlace, Views } from './views.ts';
import { isHeavy } from './type-weight.ts';
import { StoredValue } from './stored-value.ts';
import { FlatWriter, sinksFor, sinkValues, type Writer } from './writers.ts';

const UNROLLED = 4;

/**
 * Writes the code that checks and lowers a value, which is the name of a local. In its scope, `m` holds the views of
 * the memory, `inst` is the instance, and `scope` counts borrows.
 */
export class ValueLowerer {
  readonly factory: FactorySource;
  readonly code: Code;
  readonly views: Views;

  constructor(factory: FactorySource, code: Code, views: Views) {
    this.factory = factory;
    this.code = code;
    this.views = views;
  }

  /** @param top true for the body of the type's own function */
  lower(type: Type, value: string, writer: Writer, top = false): void {
    const shape = shapeOf(type);
    if (typeof shape === 'string') return lowerPrimitive(this, shape, value, writer);
    if (!top && isHeavy(type)) return lowerByCall(this, type, value, writer);
    switch (shape.tag) {
      case 'record':
        return lowerRecord(this, shape.fields, value, writer);
      case 'tuple':
        return lowerTuple(this, shape.types, value, writer);
      case 'list':
        return lowerList(this, shape.element, value, writer);
      case 'map':
        return lowerMap(this, shape.key, shape.value, value, writer);
      case 'fixed-length-list':
        return lowerFixed(this, shape.element, shape.length, value, writer);
      case 'variant':
        return lowerVariant(
          this,
          shape.cases.map((item) => item.name),
          shape.cases.map((item) => item.type),
          value,
          writer,
        );
      case 'result':
        return lowerVariant(this, ['ok', 'err'], [shape.ok, shape.err], value, writer);
      case 'option':
        return lowerOption(this, type, shape.type, value, writer);
      case 'enum': {
        const names = shape.cases.map((item) => item.name);
        const { discriminant } = writer.putVariant(
          this.code,
          names.map(() => undefined),
        );
        return discriminant(lowerEnum(this.factory, this.code, names, value));
      }
      case 'flags':
        return writer.putBits(
          this.code,
          flagsSize(shape.flags.length),
          lowerFlags(this.factory, this.code, shape.flags, value),
        );
      case 'own':
      case 'borrow':
        return writer.putBits(this.code, 4, lowerHandleCode(this.factory, this.code, shape, value));
      default:
        return lowerWaitable(this, type, value, writer);
    }
  }

  /** `store_list_into_valid_range` at an address that is not checked yet. */
  storeRange(element: Type, given: string, ptr: string): void {
    const { size, alignment } = elementLayout(element, this.factory.address);
    const elements = emitElements(this.factory, this.code, element, size, given, false);
    const bytes = size === 1 ? elements.length : `${elements.length} * ${size}`;
    const outside = outOfPlace(ptr, bytes, alignment, `${this.views.get('u8')}.length`);
    this.code.line(`if (${outside}) ${this.factory.use('badList')}(${ptr}, ${bytes}, ${alignment});`);
    storeElements(this, element, elements, ptr);
  }
}

function local(lowerer: ValueLowerer, expression: string, hint?: string): string {
  return lowerer.factory.local(lowerer.code, expression, hint);
}

function badIf(lowerer: ValueLowerer, condition: string, value?: string): void {
  lowerer.factory.badIf(lowerer.code, condition, value);
}

function checkObject(lowerer: ValueLowerer, value: string): void {
  badIf(lowerer, `typeof ${value} !== "object" || ${value} === null`, value);
}

function lowerPrimitive(
  lowerer: ValueLowerer,
  type: Extract<Shape, string>,
  value: string,
  writer: Writer,
): void {
  switch (type) {
    case 'string': {
      const ptr = local(lowerer, `${lowerStringFunction(lowerer.factory)}(${value})`, 'p');
      const length = local(lowerer, 'm.count', 'n');
      if (lowerer.factory.options.stringEncoding !== 'latin1+utf16')
        return writer.putPointers(lowerer.code, ptr, length);
      const [bit, none] = lowerer.factory.address === 'i32' ? ['0x80000000', '0'] : ['1n << 63n', '0n'];
      return writer.putPointers(lowerer.code, ptr, length, local(lowerer, `m.wide ? ${bit} : ${none}`, 't'));
    }
    case 'error-context':
      return lowerWaitable(lowerer, type, value, writer);
    case 'bool':
      badIf(lowerer, `typeof ${value} !== "boolean"`, value);
      return writer.put(lowerer.code, type, `${value} ? 1 : 0`);
    case 'char':
      return writer.put(
        lowerer.code,
        type,
        local(lowerer, `${lowerer.factory.use('charCode')}(${value})`, 'c'),
      );
    case 'u64':
    case 's64': {
      if (lowerer.factory.trusted) return writer.put(lowerer.code, type, value);
      const helper = lowerer.factory.use(type === 'u64' ? 'toU64' : 'toS64');
      const wide = local(lowerer, `typeof ${value} === "bigint" ? ${value} : ${helper}(${value})`, 'w');
      badIf(lowerer, numberCheck(type, wide));
      return writer.put(lowerer.code, type, wide);
    }
    default:
      badIf(lowerer, numberCheck(type, value), value);
      return writer.put(lowerer.code, type, value);
  }
}

function lowerRecord(
  lowerer: ValueLowerer,
  fields: readonly { readonly name: string; readonly type: Type }[],
  value: string,
  writer: Writer,
): void {
  checkObject(lowerer, value);
  const optional = !lowerer.factory.trusted && fields.every(({ type }) => acceptsUndefined(type));
  if (optional) badIf(lowerer, notPlain(value), value);
  const keys = memberKeys(fields, lowerer.factory.mapping);
  const writers = writer.members(fields.map((field) => field.type));
  const members = fields.map((field, index) => {
    const member = local(lowerer, readMember(lowerer.factory, value, keys[index]!));
    lowerer.lower(field.type, member, writers[index]!);
    return `${member} === undefined`;
  });
  if (optional) badIf(lowerer, [...members, `${lowerer.factory.use('isBuiltIn')}(${value})`].join(' && '));
}

/** Lowers an array-like value of exactly that length. */
function lowerTuple(lowerer: ValueLowerer, types: readonly Type[], value: string, writer: Writer): void {
  checkLength(lowerer, value, types.length);
  lowerElements(lowerer, types, value, writer);
}

/** The length is read once: a proxy may answer another number the next time. */
function checkLength(lowerer: ValueLowerer, value: string, length: number): void {
  badIf(lowerer, `${lengthText(lowerer.factory, value)} !== ${length}`);
}

function lowerElements(lowerer: ValueLowerer, types: readonly Type[], value: string, writer: Writer): void {
  const writers = writer.members(types);
  for (const [index, type] of types.entries())
    lowerer.lower(type, local(lowerer, `${value}[${index}]`), writers[index]!);
}

function lowerList(lowerer: ValueLowerer, element: Type, given: string, writer: Writer): void {
  const { size, alignment } = elementLayout(element, lowerer.factory.address);
  const elements = emitElements(lowerer.factory, lowerer.code, element, size, given, true);
  const ptr = allocate(lowerer, elements.length, size, alignment);
  storeElements(lowerer, element, elements, ptr);
  writer.putPointers(lowerer.code, ptr, elements.length);
}

/** Numbers of a typed array are copied all at once. */
function storeElements(lowerer: ValueLowerer, element: Type, elements: Elements, ptr: string): void {
  const { value, length, view } = elements;
  if (view === undefined) return storeEach(lowerer, element, value, ptr, length);
  lowerer.code.block(`if (${view})`, () => emitCopy(lowerer.factory, lowerer.code, element, elements, ptr));
  storeEach(lowerer, element, value, ptr, length, 'else');
}

function allocate(lowerer: ValueLowerer, length: string, size: number, alignment: number): string {
  const bytes = size === 1 ? length : `${length} * ${size}`;
  return local(lowerer, `${allocFunction(lowerer.factory)}(${alignment}, ${bytes})`, 'p');
}

/** `store_list_into_valid_range`. */
function storeEach(
  lowerer: ValueLowerer,
  element: Type,
  value: string,
  ptr: string,
  length: string,
  head?: string,
): void {
  const { size } = layoutOf(element, lowerer.factory.address);
  const write = (views: Views): void => {
    const index = lowerer.factory.name('i');
    const at = lowerer.factory.name('q');
    lowerer.code.block(
      `for (let ${index} = 0, ${at} = ${ptr}; ${index} < ${length}; ${index}++, ${at} += ${size})`,
      () => {
        const inner = new ValueLowerer(lowerer.factory, lowerer.code, views);
        const item = local(inner, `${value}[${index}]`, 'e');
        inner.lower(element, item, new StoredValue(views, at));
      },
    );
  };
  Views.region(lowerer.factory, lowerer.code, allocates(element), write, head);
}

function lowerMap(lowerer: ValueLowerer, key: Type, item: Type, value: string, writer: Writer): void {
  const { factory } = lowerer;
  const { offsets, layout } = sequenceLayout([key, item], factory.address);
  const { size } = layout;
  const read = factory.trusted ? value : `${factory.use('mapEntries')}(${value}, ${size})`;
  const entries = local(lowerer, read, 'm');
  const length = local(lowerer, `${factory.use('entryCount')}(${entries})`, 'n');
  const ptr = allocate(lowerer, length, size, layout.alignment);
  Views.region(factory, lowerer.code, allocates(key) || allocates(item), (views) => {
    const inner = new ValueLowerer(factory, lowerer.code, views);
    const [at, end, name, held] = ['q', 'z', 'k', 'v'].map((hint) => factory.name(hint));
    lowerer.code.line(`let ${at} = ${ptr};`);
    lowerer.code.line(`const ${end} = ${ptr} + ${length} * ${size};`);
    lowerer.code.block(`for (const [${name}, ${held}] of ${entries})`, () => {
      // A getter of the host may change the map.
      badIf(inner, `${at} === ${end}`);
      inner.lower(key, name!, new StoredValue(views, at!, offsets[0]!));
      inner.lower(item, held!, new StoredValue(views, at!, offsets[1]!));
      lowerer.code.line(`${at} += ${size};`);
    });
    badIf(inner, `${at} !== ${end}`);
  });
  writer.putPointers(lowerer.code, ptr, length);
}

/** Writes the code for an array of exactly that length, from any iterable. */
function arrayOfLength(lowerer: ValueLowerer, given: string, length: number): string {
  if (lowerer.factory.trusted) return given;
  const drained = `${lowerer.factory.use('elementsOf')}(${given}, ${length})`;
  const value = local(lowerer, `Array.isArray(${given}) ? ${given} : ${drained}`, 'l');
  checkLength(lowerer, value, length);
  return value;
}

function lowerFixed(
  lowerer: ValueLowerer,
  element: Type,
  length: number,
  given: string,
  writer: Writer,
): void {
  const value = arrayOfLength(lowerer, given, length);
  if (!(writer instanceof StoredValue) || length <= UNROLLED) {
    lowerElements(
      lowerer,
      Array.from({ length }, () => element),
      value,
      writer,
    );
    return;
  }
  const start = writer.offset === 0 ? writer.ptr : local(lowerer, `${writer.ptr} + ${writer.offset}`, 'p');
  storeEach(lowerer, element, value, start, String(length));
}

function lowerVariant(
  lowerer: ValueLowerer,
  names: readonly string[],
  types: readonly (Type | undefined)[],
  value: string,
  writer: Writer,
): void {
  checkObject(lowerer, value);
  const tag = local(lowerer, `${value}.tag`, 't');
  const { discriminant, payload } = writer.putVariant(lowerer.code, types);
  switchTag(lowerer, names, tag, (index) => {
    const type = types[index];
    discriminant(String(index));
    if (type !== undefined) lowerer.lower(type, local(lowerer, `${value}.val`), payload(index));
    else if (!lowerer.factory.trusted) badIf(lowerer, isPresent(local(lowerer, `${value}.val`)));
  });
}

function switchTag(
  lowerer: ValueLowerer,
  names: readonly string[],
  tag: string,
  write: (index: number) => void,
): void {
  const few = names.length <= FEW;
  const subject = few ? tag : `${indicesOf(lowerer.factory, names)}.get(${tag})`;
  lowerer.code.block(`switch (${subject})`, () => {
    for (const [index, name] of names.entries()) {
      lowerer.code.block(`case ${few ? literal(name) : index}:`, () => {
        write(index);
        lowerer.code.line('break;');
      });
    }
    lowerer.code.line(`default: ${lowerer.factory.use('bad')}();`);
  });
}

function lowerOption(lowerer: ValueLowerer, type: Type, inner: Type, value: string, writer: Writer): void {
  if (isTaggedOption(type)) return lowerVariant(lowerer, ['none', 'some'], [undefined, inner], value, writer);
  const { discriminant, payload } = writer.putVariant(lowerer.code, [undefined, inner]);
  lowerer.code.block(`if (${value} === undefined || ${value} === null)`, () => discriminant('0'));
  lowerer.code.block('else', () => {
    discriminant('1');
    lowerer.lower(inner, value, payload(1));
  });
}

function lowerWaitable(lowerer: ValueLowerer, type: Type, value: string, writer: Writer): void {
  writer.putBits(lowerer.code, 4, local(lowerer, `${lowerer.factory.waitable(type)}.lower(${value})`, 'h'));
}

/** Writes a call of the function that lowers a type which is too large to be written out. */
function lowerByCall(lowerer: ValueLowerer, type: Type, value: string, writer: Writer): void {
  if (writer instanceof StoredValue) {
    const store = lowerer.factory.typeFunction('store', type, (self) => storeFunction(lowerer, self, type));
    const at = writer.address;
    lowerer.code.line(`${store}(${value}, ${at});`);
    return;
  }
  const flat = layoutOf(type, lowerer.factory.address).flat!;
  const lower = lowerer.factory.typeFunction('lower', type, (self) => lowerFunction(lowerer, self, type));
  lowerer.code.line(`${lower}(${value});`);
  for (const [index, core] of flat.entries()) {
    (writer as FlatWriter).putCore(lowerer.code, index, local(lowerer, `flat.x${index}`, 'x'), core);
  }
}

function storeFunction(lowerer: ValueLowerer, name: string, type: Type): Code {
  const code = new Code();
  code.block(`function ${name}(v, p)`, () => {
    const views = allocates(type) ? Views.direct(lowerer.factory) : Views.local(lowerer.factory, code);
    new ValueLowerer(lowerer.factory, code, views).lower(type, 'v', new StoredValue(views, 'p'), true);
    views.close();
  });
  return code;
}

/** Writes a function that leaves the core values in `flat`. The caller takes them from there at once. */
function lowerFunction(lowerer: ValueLowerer, name: string, type: Type): Code {
  lowerer.factory.sharedFunction('flat', (shared) => {
    const slots = Array.from({ length: MAX_FLAT_PARAMS }, (_, index) => `x${index}: 0`);
    shared.line(`const flat = { ${slots.join(', ')} };`);
  });
  const code = new Code();
  code.block(`function ${name}(v)`, () => {
    const sinks = sinksFor(layoutOf(type, lowerer.factory.address).flat!);
    const views = Views.direct(lowerer.factory);
    new ValueLowerer(lowerer.factory, code, views).lower(
      type,
      'v',
      new FlatWriter(lowerer.factory, sinks),
      true,
    );
    for (const [index, value] of sinkValues(sinks).entries()) code.line(`flat.x${index} = ${value};`);
  });
  return code;
}
