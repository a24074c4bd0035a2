import type { Type } from '@wit-ts/model';
import {
  allocates,
  type FlatType,
  discriminantSize,
  type Element,
  elementLayout,
  flagsSize,
  isMapEntry,
  layoutOf,
  MAX_FLAT_PARAMS,
  type Shape,
  shapeOf,
} from '@wit-ts/model/layout';
import type { NumberType, Slot } from '../readers.ts';
import { Code } from '../source-text.ts';
import type { FactorySource } from '../factory-source.ts';
import { isHeavy } from '../type-weight.ts';
import { sinkValues, sinksFor } from '../writers.ts';
import { moveString } from './move-string.ts';
import { type EmittedParty, PartyViews } from './emitted-party.ts';
import { FlatSource, FlatTarget } from './party-flat-values.ts';
import { PartyStoredValue, type ValueSource, type ValueTarget } from './party-stored-value.ts';
import { elementIsBytes, isBytes } from './type-traits.ts';

/**
 * The number of words up to which memory is moved word by word, and of elements up to which a fixed-length list is
 * written out.
 */
const FEW = 8;

/** Writes the code that moves a value, which is already checked, from one party to the other. */
export class ValueMover {
  readonly factory: FactorySource;
  readonly code: Code;
  readonly from: PartyViews;
  readonly to: EmittedParty;

  constructor(factory: FactorySource, code: Code, from: PartyViews, to: EmittedParty) {
    this.factory = factory;
    this.code = code;
    this.from = from;
    this.to = to;
  }

  /** @param top true for the body of the type's own function */
  move(type: Type, source: ValueSource, target: ValueTarget, top = false): void {
    const shape = shapeOf(type);
    if (shape === 'string') return moveString(this.factory, this.code, source, target);
    if (shape === 'error-context') return this.#waitable(type, target);
    if (typeof shape === 'string') return this.#number(shape, source, target);
    if (source instanceof PartyStoredValue && target instanceof PartyStoredValue && isBytes(type))
      return this.#bytes(type, source, target);
    if (!top && isHeavy(type)) return this.#call(type, source, target);
    switch (shape.tag) {
      case 'record':
        return this.#members(
          shape.fields.map((field) => field.type),
          source,
          target,
        );
      case 'tuple':
        return this.#members(shape.types, source, target);
      case 'list':
        return this.#list(shape.element, source, target);
      case 'map':
        return this.#list([shape.key, shape.value], source, target);
      case 'fixed-length-list':
        return this.#fixed(shape.element, shape.length, source, target);
      case 'variant':
        return this.#variant(
          shape.cases.map((item) => item.type),
          source,
          target,
        );
      case 'enum':
        return this.#variant(
          shape.cases.map(() => undefined),
          source,
          target,
        );
      case 'option':
        return this.#variant([undefined, shape.type], source, target);
      case 'result':
        return this.#variant([shape.ok, shape.err], source, target);
      case 'flags':
        return this.#flags(shape.flags.length, source, target);
      case 'own':
      case 'borrow':
        return target.putBits(this.code, 4, this.handle(shape, 'reps[nextRep++]'));
      default:
        return this.#waitable(type, target);
    }
  }

  /** Lowers a handle, and returns the local with its index. */
  handle(shape: Extract<Shape, { tag: 'own' | 'borrow' }>, rep: string): string {
    const type = this.factory.resource(shape.resource);
    const args = [this.to.instance, type, rep];
    return this.#local(
      shape.tag === 'own'
        ? `${this.factory.use('lowerOwnRep')}(${args.join(', ')})`
        : `${this.factory.use('lowerBorrowRep')}(${[...args, 'scope'].join(', ')})`,
      'h',
    );
  }

  #waitable(type: Type, target: ValueTarget): void {
    target.putBits(this.code, 4, this.#local(`${this.to.waitable(type)}.lower(reps[nextRep++])`, 'h'));
  }

  #local(expression: string, hint: string): string {
    return this.factory.local(this.code, expression, hint);
  }

  #number(type: NumberType, source: ValueSource, target: ValueTarget): void {
    if (source instanceof PartyStoredValue && target instanceof PartyStoredValue && type !== 'bool') {
      // A JavaScript number may lose the bits of a NaN, which are the value if another case reads the slot as an
      // integer.
      if (type === 'f64') this.code.line(`${target.at('f64')} = ${source.at('f64')};`);
      else this.#words(layoutOf(type, 'i32'), source, target);
      return;
    }
    target.put(this.code, type, source.number(type));
  }

  #words(
    { size, alignment }: { readonly size: number; readonly alignment: number },
    source: PartyStoredValue,
    target: PartyStoredValue,
  ): void {
    const step = Math.min(alignment, 4);
    const view = step === 1 ? 'u8' : step === 2 ? 'u16' : 'i32';
    for (let at = 0; at < size; at += step) {
      this.code.line(`${target.at(view, at)} = ${source.at(view, at)};`);
    }
  }

  #bytes(type: Type, source: PartyStoredValue, target: PartyStoredValue): void {
    const layout = layoutOf(type, 'i32');
    if (layout.size <= FEW * Math.min(layout.alignment, 4)) this.#words(layout, source, target);
    else this.#copy(source.address, target.address, String(layout.size));
  }

  #copy(source: string, target: string, bytes: string): void {
    const args = [this.from.party.views, source, this.to.views, target, bytes];
    this.code.line(`${this.factory.use('copyBytes')}(${args.join(', ')});`);
  }

  #members(types: readonly Type[], source: ValueSource, target: ValueTarget): void {
    const [from, to] = [source.members(types), target.members(types)];
    for (const [index, type] of types.entries()) this.move(type, from[index]!, to[index]!);
  }

  #list(element: Element, source: ValueSource, target: ValueTarget): void {
    const { size, alignment } = elementLayout(element, this.to.address);
    const pointers = source.pointers();
    const length = this.#local(pointers.length, 'n');
    const bytes = size === 1 ? length : `${length} * ${size}`;
    const at = this.#local(`${this.to.allocate()}(${alignment}, ${bytes})`, 'p');
    this.elements(element, pointers.ptr, at, length);
    target.putPointers(this.code, at, length);
  }

  /** Moves the elements of a list, or of a buffer, from one range to another. */
  elements(element: Element, source: string, target: string, length: string): void {
    const { size } = elementLayout(element, this.to.address);
    if (elementIsBytes(element)) this.#copy(source, target, size === 1 ? length : `${length} * ${size}`);
    else this.#each(element, source, target, length);
  }

  #each(element: Element, source: string, target: string, length: string): void {
    const sizes = [this.from.party, this.to].map((party) => elementLayout(element, party.address).size);
    const names = ['i', 's', 't'].map((hint) => this.factory.name(hint));
    const [index, from, to] = names as [string, string, string];
    const start = `let ${index} = 0, ${from} = ${source}, ${to} = ${target}`;
    const step = `${index}++, ${from} += ${sizes[0]}, ${to} += ${sizes[1]}`;
    const types = isMapEntry(element) ? element : [element as Type];
    this.#region(types.some(allocates), (views) => {
      this.code.block(`for (${start}; ${index} < ${length}; ${step})`, () => {
        this.#members(types, new PartyStoredValue(this.from, from), new PartyStoredValue(views, to));
      });
    });
  }

  /** Writes a part of the code that reaches the target through locals, unless it allocates there. */
  #region(allocating: boolean, write: (views: PartyViews) => void): void {
    if (allocating) {
      write(PartyViews.direct(this.to));
      return;
    }
    this.code.block('', () => {
      const views = PartyViews.local(this.to, this.code);
      write(views);
      views.close();
    });
  }

  #fixed(element: Type, length: number, source: ValueSource, target: ValueTarget): void {
    if (source instanceof PartyStoredValue && target instanceof PartyStoredValue && length > FEW) {
      this.#each(element, source.address, target.address, String(length));
      return;
    }
    this.#members(
      Array.from({ length }, () => element),
      source,
      target,
    );
  }

  #flags(count: number, source: ValueSource, target: ValueTarget): void {
    const size = flagsSize(count);
    const bits = source.bits(size);
    target.putBits(this.code, size, count === 32 ? bits : `${bits} & ${2 ** count - 1}`);
  }

  #variant(cases: readonly (Type | undefined)[], source: ValueSource, target: ValueTarget): void {
    const { discriminant, payload } = source.variant(cases);
    const held = cases.flatMap((type, index) => (type === undefined ? [] : [{ type, index }]));
    if (held.length === 0) return target.putBits(this.code, discriminantSize(cases.length), discriminant);
    const { discriminant: put, payload: rest } = target.putVariant(this.code, cases);
    const tag = this.#local(discriminant, 'd');
    put(tag);
    const [only] = held;
    if (held.length === 1) {
      this.code.block(`if (${tag} === ${only!.index})`, () => this.move(only!.type, payload(), rest()));
      return;
    }
    this.code.block(`switch (${tag})`, () => {
      for (const { type, index } of held) {
        this.code.block(`case ${index}:`, () => {
          this.move(type, payload(), rest());
          this.code.line('break;');
        });
      }
    });
  }

  /** Writes a call of the function that moves a type which is too large to be written out. */
  #call(type: Type, source: ValueSource, target: ValueTarget): void {
    const args: string[] = [];
    const params: string[] = [];
    let read: (views: PartyViews) => ValueSource;
    if (source instanceof PartyStoredValue) {
      args.push(source.address);
      params.push('s');
      read = (views) => new PartyStoredValue(views, 's');
    } else {
      const slots = slotsOf(layoutOf(type, this.from.party.address).flat!);
      const flat = source as FlatSource;
      args.push(...slots.map((slot, index) => flat.core(flat.slots[index]!, slot.type)));
      params.push(...slots.map((slot) => slot.text));
      read = () => new FlatSource(this.from.party, slots);
    }
    if (target instanceof PartyStoredValue) {
      args.push(target.address);
      params.push('t');
    }
    const kinds = [source, target].map((place) => (place instanceof PartyStoredValue ? 'Memory' : 'Flat'));
    const role = `${this.from.party.name}${kinds[0]}To${kinds[1]}`;
    const name = this.factory.typeFunction(role, type, (self) =>
      this.#function(self, type, params, read, target instanceof PartyStoredValue),
    );
    this.code.line(`${name}(${args.join(', ')});`);
    if (target instanceof PartyStoredValue) return;
    for (const [index, core] of layoutOf(type, this.to.address).flat!.entries()) {
      (target as FlatTarget).putCore(this.code, index, this.#local(`flat.x${index}`, 'x'), core);
    }
  }

  #function(
    name: string,
    type: Type,
    params: readonly string[],
    read: (views: PartyViews) => ValueSource,
    toMemory: boolean,
  ): Code {
    const code = new Code();
    code.block(`function ${name}(${params.join(', ')})`, () => {
      const from = PartyViews.local(this.from.party, code);
      const mover = new ValueMover(this.factory, code, from, this.to);
      if (toMemory) {
        mover.#region(allocates(type), (views) =>
          mover.move(type, read(from), new PartyStoredValue(views, 't'), true),
        );
      } else {
        this.factory.sharedFunction('flat', (shared) => {
          const slots = Array.from({ length: MAX_FLAT_PARAMS }, (_, index) => `x${index}: 0`);
          shared.line(`const flat = { ${slots.join(', ')} };`);
        });
        const sinks = sinksFor(layoutOf(type, this.to.address).flat!);
        mover.move(type, read(from), new FlatTarget(this.to, sinks), true);
        for (const [index, value] of sinkValues(sinks).entries()) code.line(`flat.x${index} = ${value};`);
      }
      from.close();
    });
    return code;
  }
}

function slotsOf(flat: readonly FlatType[]): Slot[] {
  return flat.map((type, index) => ({ text: `x${index}`, type }));
}
