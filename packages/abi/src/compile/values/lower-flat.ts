import type { Type } from '@wit-ts/model';
import {
  allocates,
  containsKind,
  isKind,
  mentionedTypes,
  sequenceLayout,
  shapeOf,
  waitablesOf,
} from '@wit-ts/model/layout';
import type { FlatSpec } from '../../value-engine.ts';
import { type FlatPassing, flatPassing } from '../../layout/flat-values.ts';
import { flatTable } from '../../values/flat-table.ts';
import { loweringText } from '../../values/passing-text.ts';
import { allocFunction } from '../allocation.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { allocatesBeforeLastCheck, endsWithOnlyHandle, FIRST } from '../lift-function.ts';
import { ValueLowerer } from '../lower-value.ts';
import { Code, identifier, literal } from '../source-text.ts';
import { StoredValue } from '../stored-value.ts';
import { outOfPlace, Views } from '../views.ts';
import { FlatWriter, sinkValues, sinksFor, type Writer } from '../writers.ts';
import { ValuesFactory } from './values-factory.ts';

/**
 * Emits `ValueEngine.lowerFlat`: a factory of functions that lower values (`CanonicalABI.md`, "Lifting and Lowering
 * Values").
 */
export function emitLowerFlat(spec: FlatSpec): EmittedFactory {
  return new FlatLowererEmitter(spec).emit();
}

class FlatLowererEmitter {
  readonly #spec: FlatSpec;
  readonly #types: readonly Type[];
  readonly #factory: ValuesFactory;
  readonly #passing: FlatPassing;
  readonly #body = new Code();
  /** True when a borrow is lowered, or taken back after a mismatch. */
  readonly #scoped: boolean;
  /** True when all streams, futures and error contexts are whole values, and nothing else has an entry in the table. */
  readonly #direct: boolean;
  /** When the host's values are read before anything is lowered. */
  readonly #readsFirst: 'always' | 'after a mismatch' | 'never';

  constructor(spec: FlatSpec) {
    this.#spec = spec;
    this.#types = mentionedTypes(spec);
    this.#passing = flatPassing(spec.params, spec.maxFlat, spec.options, 'lower');
    const factory = new ValuesFactory(spec.options, spec.peer, this.#types);
    const holds = (kind: 'own' | 'borrow'): boolean => this.#types.some((type) => containsKind(type, kind));
    factory.givesAway = holds('own');
    const handles = factory.givesAway || holds('borrow');
    factory.moves = !factory.trusted && handles && !endsWithOnlyHandle(this.#types);
    this.#factory = factory;
    this.#direct = !handles && this.#types.every((type) => isWhole(type) || waitablesOf([type]).length === 0);
    this.#scoped = factory.moves || holds('borrow');
    this.#readsFirst = this.#whenToRead();
  }

  /** A stream must not be given away by a call that then fails, and memory must not be allocated for one. */
  #whenToRead(): 'always' | 'after a mismatch' | 'never' {
    if (this.#factory.trusted) return 'never';
    if (this.#factory.waitables.length > 0 && !this.#direct) return 'always';
    return this.#passing.spills || allocatesBeforeLastCheck(this.#types) ? 'after a mismatch' : 'never';
  }

  emit(): EmittedFactory {
    const factory = this.#factory;
    const args = this.#types.map((_, index) => `a${index}`);
    this.#body.block(
      `return function ${identifier(this.#spec.name)}(values, borrows, into)`,
      () => {
        if (!this.#scoped) return this.#try(args);
        if (factory.trusted) {
          this.#body.line('scope = borrows;');
          return this.#try(args);
        }
        // A getter of the host may call the function again.
        const state = factory.moves ? ['scope', 'moved'] : ['scope'];
        for (const name of state) this.#body.line(`const outer_${name} = ${name};`);
        this.#body.line('scope = borrows;');
        if (factory.moves) this.#body.line(`moved = new ${factory.use('Moved')}();`);
        this.#try(args);
        this.#body.block('finally', () => {
          for (const name of state) this.#body.line(`${name} = outer_${name};`);
        });
      },
      ';',
    );
    if (this.#readsFirst === 'after a mismatch')
      factory.declarations.line('let checked = 0, mismatches = 0;');
    if (this.#scoped) factory.declarations.line(`let scope${factory.moves ? ', moved' : ''};`);
    // Each call has its own.
    factory.moves = false;
    return factory.emitted(this.#body, ['inst = binding.instance'], [], () =>
      flatTable(this.#spec, factory.resources, factory.waitables),
    );
  }

  #try(args: readonly string[]): void {
    const factory = this.#factory;
    const body = this.#body;
    const where = literal(loweringText(this.#spec.name, this.#spec.what));
    body.block('try', () => {
      this.#read(args);
      this.#check(args);
      const core = this.#passing.spills ? this.#store(args) : this.#lower(args);
      if (factory.moves) body.line('if (moved.any) moved.giveAway();');
      body.line(`return ${core};`);
    });
    body.block('catch (e)', () => {
      if (factory.trusted) {
        body.line(`throw ${factory.use('asTrap')}(e, ${where} + inst.name);`);
        return;
      }
      if (factory.moves) body.line('moved.giveBack(inst, scope);');
      if (this.#readsFirst === 'after a mismatch')
        body.line(
          `if (${factory.use('refusedMessage')}(e) === undefined) checked = ${FIRST} << mismatches++;`,
        );
      body.line(`throw ${factory.use('unloweredFlat')}(inst, e, ${where}, ${this.#given});`);
    });
  }

  /** The arguments of the helpers that read the host's values. */
  get #given(): string {
    const { resources, waitables } = this.#factory;
    return [
      literal(this.#spec.name),
      'types()',
      resources.length === 0 ? '[]' : 'binding.resources',
      waitables.length === 0 ? '[]' : 'binding.waitables',
      'values',
    ].join(', ');
  }

  /** Declares a local for each value. */
  #read(args: readonly string[]): void {
    const factory = this.#factory;
    const body = this.#body;
    if (this.#readsFirst === 'always') body.line(`values = ${factory.use('readFlat')}(${this.#given});`);
    const keyword = this.#readsFirst === 'after a mismatch' ? 'let' : 'const';
    for (const [index, arg] of args.entries()) body.line(`${keyword} ${arg} = values[${index}];`);
    if (this.#readsFirst !== 'after a mismatch') return;
    // A separate function, because the JavaScript engine inlines only small functions.
    factory.sharedFunction('readFirst', (code) => {
      code.block('function readFirst(values)', () => {
        code.line(`const read = ${factory.use('readFlat')}(${this.#given});`);
        code.line('checked--;');
        code.line('return read;');
      });
    });
    body.block('if (checked !== 0)', () => {
      body.line('const read = readFirst(values);');
      for (const [index, arg] of args.entries()) body.line(`${arg} = read[${index}];`);
    });
  }

  /** Writes the checks of the streams, futures and error contexts that are whole values. */
  #check(args: readonly string[]): void {
    if (this.#factory.trusted || !this.#direct || this.#factory.waitables.length === 0) return;
    const factory = this.#factory;
    const body = this.#body;
    body.line('const taken = new Set();');
    for (const [index, type] of this.#types.entries()) {
      if (!isWhole(type)) continue;
      const problem = `${factory.waitable(type)}.mismatch(${args[index]!}, taken)`;
      factory.badIf(body, `${problem} !== undefined`);
    }
  }

  /** Writes the code that makes core values of the values, and returns the expression of their array. */
  #lower(args: readonly string[]): string {
    const factory = this.#factory;
    const sinks = sinksFor(this.#passing.flat);
    const lowerer = new ValueLowerer(factory, this.#body, Views.direct(factory));
    this.#each(lowerer, args, new FlatWriter(factory, sinks));
    return `[${sinkValues(sinks).join(', ')}]`;
  }

  /** Writes the code that stores the values at `into`, or in new memory whose address it returns. */
  #store(args: readonly string[]): string {
    const factory = this.#factory;
    const body = this.#body;
    const { layout } = sequenceLayout(this.#types, factory.address);
    const direct = Views.direct(factory);
    const outside = outOfPlace('p', layout.size, layout.alignment, `${direct.get('u8')}.length`);
    body.line('let p;');
    const allocate = (): void =>
      body.line(`p = ${allocFunction(factory)}(${layout.alignment}, ${layout.size});`);
    if (factory.options.realloc) body.block('if (into === undefined)', allocate);
    body.block(factory.options.realloc ? 'else' : '', () => {
      body.line('if (m.u8.length === 0) m.refresh();');
      body.line(`p = ${direct.pointer('into')};`);
      body.line(`if (${outside}) ${factory.use('badPointer')}(p, ${layout.alignment});`);
    });
    Views.region(factory, body, this.#types.some(allocates), (views) => {
      this.#each(new ValueLowerer(factory, body, views), args, new StoredValue(views, 'p'));
    });
    return `into === undefined ? [${factory.address === 'i32' ? 'p' : 'BigInt(p)'}] : []`;
  }

  #each(lowerer: ValueLowerer, args: readonly string[], writer: Writer): void {
    const writers = writer.members(this.#types);
    // Streams are given away when nothing can be refused any more.
    const isLate = (type: Type): boolean => this.#direct && isWhole(type);
    const lower = (index: number, type: Type): void => lowerer.lower(type, args[index]!, writers[index]!);
    for (const [index, type] of this.#types.entries()) if (!isLate(type)) lower(index, type);
    for (const [index, type] of this.#types.entries()) if (isLate(type)) lower(index, type);
  }
}

/** Returns true for a stream, a future or an error context, but not for a value that contains one. */
function isWhole(type: Type): boolean {
  const shape = shapeOf(type);
  return shape === 'error-context' || isKind(shape, 'stream', 'future');
}
