import type { Type } from '@wit-ts/model';
import {
  type FlatType,
  discriminantSize,
  type Element,
  elementLayout,
  isMapEntry,
  layoutOf,
  type Shape,
  shapeOf,
} from '@wit-ts/model/layout';
import { MAX_BYTE_LENGTH } from '../../helpers/lift-strings.ts';
import type { Slot } from '../readers.ts';
import { Code } from '../source-text.ts';
import type { FactorySource } from '../factory-source.ts';
import { outOfPlace } from '../views.ts';
import { isHeavy } from '../type-weight.ts';
import { checkMovedString } from './move-string.ts';
import { type EmittedParty, PartyViews } from './emitted-party.ts';
import { FlatSource } from './party-flat-values.ts';
import { PartyStoredValue, type ValueSource } from './party-stored-value.ts';
import { elementNeedsCheck, needsCheck } from './type-traits.ts';

/**
 * Writes the code that checks everything that lifting a value can trap on, in the order of lifting. Nothing is moved
 * yet.
 */
export class ValueChecker {
  readonly factory: FactorySource;
  readonly code: Code;
  readonly views: PartyViews;

  constructor(factory: FactorySource, code: Code, views: PartyViews) {
    this.factory = factory;
    this.code = code;
    this.views = views;
  }

  get party(): EmittedParty {
    return this.views.party;
  }

  /** @param top true for the body of the type's own function */
  check(type: Type, source: ValueSource, top = false): void {
    if (!needsCheck(type)) return;
    const shape = shapeOf(type);
    if (shape === 'string') return checkMovedString(this.factory, this.code, source);
    if (shape === 'char') return this.#char(source);
    if (shape === 'error-context') return this.#waitable(type, source);
    if (typeof shape === 'string') return;
    if (!top && isHeavy(type)) return this.#call(type, source);
    switch (shape.tag) {
      case 'record':
        return this.#members(
          shape.fields.map((field) => field.type),
          source,
        );
      case 'tuple':
        return this.#members(shape.types, source);
      case 'list':
        return this.#list(shape.element, source);
      case 'map':
        return this.#list([shape.key, shape.value], source);
      case 'fixed-length-list':
        return this.#fixed(shape.element, shape.length, source);
      case 'variant':
        return this.#variant(
          shape.cases.map((item) => item.type),
          source,
        );
      case 'enum':
        return this.#variant(
          shape.cases.map(() => undefined),
          source,
        );
      case 'option':
        return this.#variant([undefined, shape.type], source);
      case 'result':
        return this.#variant([shape.ok, shape.err], source);
      case 'own':
      case 'borrow':
        return this.#handle(shape, source);
      default:
        return this.#waitable(type, source);
    }
  }

  #local(expression: string, hint: string): string {
    return this.factory.local(this.code, expression, hint);
  }

  #char(source: ValueSource): void {
    const code = this.#local(`${source.number('char')} >>> 0`, 'c');
    this.code.line(
      `if (${code} > 0xd7ff && (${code} < 0xe000 || ${code} > 0x10ffff)) ${this.factory.use('badChar')}();`,
    );
  }

  #members(types: readonly Type[], source: ValueSource): void {
    const members = source.members(types);
    for (const [index, type] of types.entries()) this.check(type, members[index]!);
  }

  #list(element: Element, source: ValueSource): void {
    const { size, alignment } = elementLayout(element, this.party.address);
    const pointers = source.pointers();
    const ptr = this.#local(pointers.ptr, 'p');
    const length = this.#local(pointers.length, 'n');
    const bytes = size === 1 ? length : `${length} * ${size}`;
    const outside = outOfPlace(ptr, bytes, alignment, `${this.views.get('u8')}.length`);
    const bad = `${this.factory.use('badList')}(${ptr}, ${bytes}, ${alignment})`;
    this.code.line(`if (${bytes} > ${MAX_BYTE_LENGTH} || ${outside}) ${bad};`);
    this.each(element, ptr, length);
  }

  /** Checks the elements of a list, or of a buffer, whose range is in bounds. */
  each(element: Element, start: string, length: string): void {
    if (!elementNeedsCheck(element)) return;
    const { size } = elementLayout(element, this.party.address);
    const [index, at] = [this.factory.name('i'), this.factory.name('q')];
    const head = `let ${index} = 0, ${at} = ${start}; ${index} < ${length}; ${index}++, ${at} += ${size}`;
    this.code.block(`for (${head})`, () => {
      const place = new PartyStoredValue(this.views, at);
      if (isMapEntry(element)) this.#members(element, place);
      else this.check(element as Type, place);
    });
  }

  #fixed(element: Type, length: number, source: ValueSource): void {
    if (source instanceof PartyStoredValue) {
      this.each(element, source.address, String(length));
      return;
    }
    this.#members(
      Array.from({ length }, () => element),
      source,
    );
  }

  #variant(cases: readonly (Type | undefined)[], source: ValueSource): void {
    const { discriminant, payload } = source.variant(cases);
    const invalid = `${this.factory.use('invalidDiscriminant')}();`;
    const deep = cases.flatMap((type, index) => (type !== undefined && needsCheck(type) ? [index] : []));
    if (deep.length === 0) {
      const signed = source instanceof FlatSource || discriminantSize(cases.length) === 4;
      this.code.line(`if (${signed ? `${discriminant} >>> 0` : discriminant} >= ${cases.length}) ${invalid}`);
      return;
    }
    this.code.block(`switch (${discriminant})`, () => {
      for (const [index, type] of cases.entries()) {
        if (!deep.includes(index)) {
          this.code.line(`case ${index}: break;`);
          continue;
        }
        this.code.block(`case ${index}:`, () => {
          this.check(type!, payload());
          this.code.line('break;');
        });
      }
      this.code.line(`default: ${invalid}`);
    });
  }

  /** Lifting removes a handle from its table, so its representation is kept until it is lowered. */
  #handle(shape: Extract<Shape, { tag: 'own' | 'borrow' }>, source: ValueSource): void {
    const type = this.factory.resource(shape.resource);
    const args = [this.party.instance, type, source.bits(4)];
    const own = shape.tag === 'own';
    const lift = own
      ? `${this.factory.use('liftOwnRep')}(${args.join(', ')})`
      : `${this.factory.use('liftBorrowRep')}(${[...args, 'lent'].join(', ')})`;
    this.code.line(`reps.push(${lift});`);
  }

  /** Lifting removes an end from its table, too. */
  #waitable(type: Type, source: ValueSource): void {
    this.code.line(`reps.push(${this.party.waitable(type)}.lift(${source.bits(4)} >>> 0));`);
  }

  /** Writes a call of the function that checks a type which is too large to be written out. */
  #call(type: Type, source: ValueSource): void {
    const role = `${this.party.name}Check`;
    if (source instanceof PartyStoredValue) {
      const name = this.factory.typeFunction(role, type, (self) =>
        this.#function(self, type, ['p'], (views) => new PartyStoredValue(views, 'p')),
      );
      this.code.line(`${name}(${source.address});`);
      return;
    }
    const flat = source as FlatSource;
    const own = layoutOf(type, this.party.address).flat!;
    const name = this.factory.typeFunction(`${role}Flat`, type, (self) =>
      this.#flatFunction(self, type, own),
    );
    this.code.line(`${name}(${own.map((want, index) => flat.core(flat.slots[index]!, want)).join(', ')});`);
  }

  #flatFunction(name: string, type: Type, flat: readonly FlatType[]): Code {
    const slots = flat.map((core, index): Slot => ({ text: `x${index}`, type: core }));
    const params = slots.map((slot) => slot.text);
    return this.#function(name, type, params, () => new FlatSource(this.party, slots));
  }

  #function(
    name: string,
    type: Type,
    params: readonly string[],
    read: (views: PartyViews) => ValueSource,
  ): Code {
    const code = new Code();
    code.block(`function ${name}(${params.join(', ')})`, () => {
      const views = PartyViews.local(this.party, code);
      new ValueChecker(this.factory, code, views).check(type, read(views), true);
      views.close();
    });
    return code;
  }
}
