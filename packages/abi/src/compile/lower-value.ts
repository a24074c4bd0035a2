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
    if (typeof shape === 'string') return this.#primitive(shape, value, writer);
    if (!top && isHeavy(type)) return this.#call(type, value, writer);
    switch (shape.tag) {
      case 'record':
        return this.#record(shape.fields, value, writer);
      case 'tuple':
        return this.#tuple(shape.types, value, writer);
      case 'list':
        return this.#list(shape.element, value, writer);
      case 'map':
        return this.#map(shape.key, shape.value, value, writer);
      case 'fixed-length-list':
        return this.#fixed(shape.element, shape.length, value, writer);
      case 'variant':
        return this.#variant(
          shape.cases.map((item) => item.name),
          shape.cases.map((item) => item.type),
          value,
          writer,
        );
      case 'result':
        return this.#variant(['ok', 'err'], [shape.ok, shape.err], value, writer);
      case 'option':
        return this.#option(type, shape.type, value, writer);
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
        return this.#waitable(type, value, writer);
    }
  }

  #local(expression: string, hint?: string): string {
    return this.factory.local(this.code, expression, hint);
  }

  #badIf(condition: string, value?: string): void {
    this.factory.badIf(this.code, condition, value);
  }

  #checkObject(value: string): void {
    this.#badIf(`typeof ${value} !== "object" || ${value} === null`, value);
  }

  #primitive(type: Extract<Shape, string>, value: string, writer: Writer): void {
    switch (type) {
      case 'string': {
        const ptr = this.#local(`${lowerStringFunction(this.factory)}(${value})`, 'p');
        const length = this.#local('m.count', 'n');
        if (this.factory.options.stringEncoding !== 'latin1+utf16')
          return writer.putPointers(this.code, ptr, length);
        const [bit, none] = this.factory.address === 'i32' ? ['0x80000000', '0'] : ['1n << 63n', '0n'];
        return writer.putPointers(this.code, ptr, length, this.#local(`m.wide ? ${bit} : ${none}`, 't'));
      }
      case 'error-context':
        return this.#waitable(type, value, writer);
      case 'bool':
        this.#badIf(`typeof ${value} !== "boolean"`, value);
        return writer.put(this.code, type, `${value} ? 1 : 0`);
      case 'char':
        return writer.put(this.code, type, this.#local(`${this.factory.use('charCode')}(${value})`, 'c'));
      case 'u64':
      case 's64': {
        if (this.factory.trusted) return writer.put(this.code, type, value);
        const helper = this.factory.use(type === 'u64' ? 'toU64' : 'toS64');
        const wide = this.#local(`typeof ${value} === "bigint" ? ${value} : ${helper}(${value})`, 'w');
        this.#badIf(numberCheck(type, wide));
        return writer.put(this.code, type, wide);
      }
      default:
        this.#badIf(numberCheck(type, value), value);
        return writer.put(this.code, type, value);
    }
  }

  #record(
    fields: readonly { readonly name: string; readonly type: Type }[],
    value: string,
    writer: Writer,
  ): void {
    this.#checkObject(value);
    const optional = !this.factory.trusted && fields.every(({ type }) => acceptsUndefined(type));
    if (optional) this.#badIf(notPlain(value), value);
    const keys = memberKeys(fields, this.factory.mapping);
    const writers = writer.members(fields.map((field) => field.type));
    const members = fields.map((field, index) => {
      const member = this.#local(readMember(this.factory, value, keys[index]!));
      this.lower(field.type, member, writers[index]!);
      return `${member} === undefined`;
    });
    if (optional) this.#badIf([...members, `${this.factory.use('isBuiltIn')}(${value})`].join(' && '));
  }

  /** Lowers an array-like value of exactly that length. */
  #tuple(types: readonly Type[], value: string, writer: Writer): void {
    this.#checkLength(value, types.length);
    this.#elements(types, value, writer);
  }

  /** The length is read once: a proxy may answer another number the next time. */
  #checkLength(value: string, length: number): void {
    this.#badIf(`${lengthText(this.factory, value)} !== ${length}`);
  }

  #elements(types: readonly Type[], value: string, writer: Writer): void {
    const writers = writer.members(types);
    for (const [index, type] of types.entries())
      this.lower(type, this.#local(`${value}[${index}]`), writers[index]!);
  }

  #list(element: Type, given: string, writer: Writer): void {
    const { size, alignment } = elementLayout(element, this.factory.address);
    const elements = emitElements(this.factory, this.code, element, size, given, true);
    const ptr = this.#allocate(elements.length, size, alignment);
    this.#storeElements(element, elements, ptr);
    writer.putPointers(this.code, ptr, elements.length);
  }

  /** `store_list_into_valid_range` at an address that is not checked yet. */
  storeRange(element: Type, given: string, ptr: string): void {
    const { size, alignment } = elementLayout(element, this.factory.address);
    const elements = emitElements(this.factory, this.code, element, size, given, false);
    const bytes = size === 1 ? elements.length : `${elements.length} * ${size}`;
    const outside = outOfPlace(ptr, bytes, alignment, `${this.views.get('u8')}.length`);
    this.code.line(`if (${outside}) ${this.factory.use('badList')}(${ptr}, ${bytes}, ${alignment});`);
    this.#storeElements(element, elements, ptr);
  }

  /** Numbers of a typed array are copied all at once. */
  #storeElements(element: Type, elements: Elements, ptr: string): void {
    const { value, length, view } = elements;
    if (view === undefined) return this.#store(element, value, ptr, length);
    this.code.block(`if (${view})`, () => emitCopy(this.factory, this.code, element, elements, ptr));
    this.#store(element, value, ptr, length, 'else');
  }

  #allocate(length: string, size: number, alignment: number): string {
    const bytes = size === 1 ? length : `${length} * ${size}`;
    return this.#local(`${allocFunction(this.factory)}(${alignment}, ${bytes})`, 'p');
  }

  /** `store_list_into_valid_range`. */
  #store(element: Type, value: string, ptr: string, length: string, head?: string): void {
    const { size } = layoutOf(element, this.factory.address);
    const write = (views: Views): void => {
      const index = this.factory.name('i');
      const at = this.factory.name('q');
      this.code.block(
        `for (let ${index} = 0, ${at} = ${ptr}; ${index} < ${length}; ${index}++, ${at} += ${size})`,
        () => {
          const inner = new ValueLowerer(this.factory, this.code, views);
          const item = inner.#local(`${value}[${index}]`, 'e');
          inner.lower(element, item, new StoredValue(views, at));
        },
      );
    };
    Views.region(this.factory, this.code, allocates(element), write, head);
  }

  #map(key: Type, item: Type, value: string, writer: Writer): void {
    const { factory } = this;
    const { offsets, layout } = sequenceLayout([key, item], factory.address);
    const { size } = layout;
    const read = factory.trusted ? value : `${factory.use('mapEntries')}(${value}, ${size})`;
    const entries = this.#local(read, 'm');
    const length = this.#local(`${factory.use('entryCount')}(${entries})`, 'n');
    const ptr = this.#allocate(length, size, layout.alignment);
    Views.region(factory, this.code, allocates(key) || allocates(item), (views) => {
      const inner = new ValueLowerer(factory, this.code, views);
      const [at, end, name, held] = ['q', 'z', 'k', 'v'].map((hint) => factory.name(hint));
      this.code.line(`let ${at} = ${ptr};`);
      this.code.line(`const ${end} = ${ptr} + ${length} * ${size};`);
      this.code.block(`for (const [${name}, ${held}] of ${entries})`, () => {
        // A getter of the host may change the map.
        inner.#badIf(`${at} === ${end}`);
        inner.lower(key, name!, new StoredValue(views, at!, offsets[0]!));
        inner.lower(item, held!, new StoredValue(views, at!, offsets[1]!));
        this.code.line(`${at} += ${size};`);
      });
      inner.#badIf(`${at} !== ${end}`);
    });
    writer.putPointers(this.code, ptr, length);
  }

  /** Writes the code for an array of exactly that length, from any iterable. */
  #ofLength(given: string, length: number): string {
    if (this.factory.trusted) return given;
    const drained = `${this.factory.use('elementsOf')}(${given}, ${length})`;
    const value = this.#local(`Array.isArray(${given}) ? ${given} : ${drained}`, 'l');
    this.#checkLength(value, length);
    return value;
  }

  #fixed(element: Type, length: number, given: string, writer: Writer): void {
    const value = this.#ofLength(given, length);
    if (!(writer instanceof StoredValue) || length <= UNROLLED) {
      this.#elements(
        Array.from({ length }, () => element),
        value,
        writer,
      );
      return;
    }
    const start = writer.offset === 0 ? writer.ptr : this.#local(`${writer.ptr} + ${writer.offset}`, 'p');
    this.#store(element, value, start, String(length));
  }

  #variant(
    names: readonly string[],
    types: readonly (Type | undefined)[],
    value: string,
    writer: Writer,
  ): void {
    this.#checkObject(value);
    const tag = this.#local(`${value}.tag`, 't');
    const { discriminant, payload } = writer.putVariant(this.code, types);
    this.#switchTag(names, tag, (index) => {
      const type = types[index];
      discriminant(String(index));
      if (type !== undefined) this.lower(type, this.#local(`${value}.val`), payload(index));
      else if (!this.factory.trusted) this.#badIf(isPresent(this.#local(`${value}.val`)));
    });
  }

  #switchTag(names: readonly string[], tag: string, write: (index: number) => void): void {
    const few = names.length <= FEW;
    const subject = few ? tag : `${indicesOf(this.factory, names)}.get(${tag})`;
    this.code.block(`switch (${subject})`, () => {
      for (const [index, name] of names.entries()) {
        this.code.block(`case ${few ? literal(name) : index}:`, () => {
          write(index);
          this.code.line('break;');
        });
      }
      this.code.line(`default: ${this.factory.use('bad')}();`);
    });
  }

  #option(type: Type, inner: Type, value: string, writer: Writer): void {
    if (isTaggedOption(type)) return this.#variant(['none', 'some'], [undefined, inner], value, writer);
    const { discriminant, payload } = writer.putVariant(this.code, [undefined, inner]);
    this.code.block(`if (${value} === undefined || ${value} === null)`, () => discriminant('0'));
    this.code.block('else', () => {
      discriminant('1');
      this.lower(inner, value, payload(1));
    });
  }

  #waitable(type: Type, value: string, writer: Writer): void {
    writer.putBits(this.code, 4, this.#local(`${this.factory.waitable(type)}.lower(${value})`, 'h'));
  }

  /** Writes a call of the function that lowers a type which is too large to be written out. */
  #call(type: Type, value: string, writer: Writer): void {
    if (writer instanceof StoredValue) {
      const store = this.factory.typeFunction('store', type, (self) => this.#storeFunction(self, type));
      const at = writer.address;
      this.code.line(`${store}(${value}, ${at});`);
      return;
    }
    const flat = layoutOf(type, this.factory.address).flat!;
    const lower = this.factory.typeFunction('lower', type, (self) => this.#lowerFunction(self, type));
    this.code.line(`${lower}(${value});`);
    for (const [index, core] of flat.entries()) {
      (writer as FlatWriter).putCore(this.code, index, this.#local(`flat.x${index}`, 'x'), core);
    }
  }

  #storeFunction(name: string, type: Type): Code {
    const code = new Code();
    code.block(`function ${name}(v, p)`, () => {
      const views = allocates(type) ? Views.direct(this.factory) : Views.local(this.factory, code);
      new ValueLowerer(this.factory, code, views).lower(type, 'v', new StoredValue(views, 'p'), true);
      views.close();
    });
    return code;
  }

  /** Writes a function that leaves the core values in `flat`. The caller takes them from there at once. */
  #lowerFunction(name: string, type: Type): Code {
    this.factory.sharedFunction('flat', (shared) => {
      const slots = Array.from({ length: MAX_FLAT_PARAMS }, (_, index) => `x${index}: 0`);
      shared.line(`const flat = { ${slots.join(', ')} };`);
    });
    const code = new Code();
    code.block(`function ${name}(v)`, () => {
      const sinks = sinksFor(layoutOf(type, this.factory.address).flat!);
      const views = Views.direct(this.factory);
      new ValueLowerer(this.factory, code, views).lower(type, 'v', new FlatWriter(this.factory, sinks), true);
      for (const [index, value] of sinkValues(sinks).entries()) code.line(`flat.x${index} = ${value};`);
    });
    return code;
  }
}
