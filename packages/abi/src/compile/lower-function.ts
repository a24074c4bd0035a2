import type { Type, TypeDef } from '@wit-ts/model';
import {
  type FlatSignature,
  allocates,
  containsKind,
  layoutOf,
  mentionedTypes,
  sequenceLayout,
  shapeAs,
} from '@wit-ts/model/layout';
import type { TypeTable } from '../helpers/describe.ts';
import type { LowerSpec } from '../engine.ts';
import { missingMethod } from '../helpers/calls.ts';
import { CALLING, LIFTING, LOWERING, LOWERING_ERROR } from '../helpers/traps.ts';
import { coreSignatureOf } from '../layout/core-signature.ts';
import { TypeTableBuilder } from '../values/type-table.ts';
import type { EmittedFactory } from './emitted-factory.ts';
import type { LiftOptions } from './lift-function.ts';
import { liftValues, spilled } from './lift-values.ts';
import { ValueLowerer } from './lower-value.ts';
import { FlatReader, type ValueReader, type Slot } from './readers.ts';
import { Code, identifier, literal, property } from './source-text.ts';
import { FactorySource } from './factory-source.ts';
import { Views, checkPointer, pointer } from './views.ts';
import { StoredValue } from './stored-value.ts';
import { FlatWriter, sinkValues, sinksFor, type Sink, type Writer } from './writers.ts';

/** Emits `canon lower` (`CanonicalABI.md`): a factory of core functions. */
export function emitLower(
  spec: LowerSpec,
  options: Pick<LiftOptions, 'sharesAllocation'> = {},
): EmittedFactory {
  return new LowerEmitter(spec, options).emit();
}

class LowerEmitter {
  readonly #spec: LowerSpec;
  readonly #factory: FactorySource;
  readonly #core: FlatSignature;
  readonly #body = new Code();
  /** The lines that give borrows back after the call. */
  readonly #returned: string[] = [];

  constructor(spec: LowerSpec, options: Pick<LiftOptions, 'sharesAllocation'>) {
    this.#spec = spec;
    this.#factory = new FactorySource(spec.options, spec.peer, mentionedTypes(spec.type), options);
    this.#core = coreSignatureOf(spec.options, spec.type, 'lower');
    this.#factory.moves = !this.#factory.trusted && this.#givesSeveral();
  }

  /** Returns true when the result may give an object away while another part of it does not fit. */
  #givesSeveral(): boolean {
    const { result } = this.#spec.type;
    if (result === undefined) return false;
    const caught = this.#factory.thrown(this.#spec.type.result);
    const parts = caught === undefined ? [result] : [caught.ok, caught.err];
    return parts.some(
      (part) => part !== undefined && shapeAs(part, 'own') === undefined && containsKind(part, 'own'),
    );
  }

  emit(): EmittedFactory {
    const factory = this.#factory;
    const slots = this.#core.params.map((type, index): Slot => ({ text: `c${index}`, type }));
    const params = slots.map((slot) => slot.text).join(', ');
    this.#body.block(
      `return function ${identifier(this.#spec.name)}(${params})`,
      () => this.#function(slots),
      ';',
    );
    const own = ['inst = binding.instance'];
    if (this.#spec.call.tag !== 'method') own.unshift('callee = binding.callee');
    return factory.emitted(this.#body, own, [], () => this.#types());
  }

  #function(slots: readonly Slot[]): void {
    const factory = this.#factory;
    const body = this.#body;
    body.line(`let phase = ${LIFTING}, result;`);
    body.block('try', () => {
      body.line(`if (inst.mayLeave !== true) throw ${factory.use('cannotLeave')}();`);
      const args = this.#liftArguments(slots);
      this.#call(args);
    });
    const resources = factory.resources.length === 0 ? '[]' : 'binding.resources';
    const values = ['inst', 'e', 'phase', literal(this.#spec.name), 'types()', resources, 'result'];
    body.block('catch (e)', () => body.line(`${factory.use('raiseLowered')}(${values.join(', ')});`));
  }

  /** Emits `lift_flat_values` of the arguments. */
  #liftArguments(slots: readonly Slot[]): string[] {
    const factory = this.#factory;
    const types = this.#spec.type.params.map((param) => param.type);
    const collects = types.some(
      (type) => containsKind(type, 'borrow') && shapeAs(type, 'borrow') === undefined,
    );
    if (collects) {
      this.#body.line('const lent = [];');
      this.#returned.push(`${factory.use('endLends')}(lent);`);
    }
    return liftValues(factory, this.#body, types, (lifter) => {
      const reader = this.#core.spillsParams
        ? spilled(lifter, 'c0', sequenceLayout(types, factory.address).layout)
        : new FlatReader(factory, slots);
      const readers = reader.members(types);
      return types.map((type, index) => {
        const borrow = shapeAs(type, 'borrow');
        return borrow === undefined
          ? lifter.lift(type, readers[index]!)
          : this.#lend(borrow.resource, readers[index]!);
      });
    });
  }

  /** Lifts a parameter that is a borrow. It needs no entry in `lent`. */
  #lend(resource: TypeDef, reader: ValueReader): string {
    const factory = this.#factory;
    const type = factory.resource(resource);
    const lent = `${factory.use('lend')}(inst, ${type}, ${reader.bits(4)})`;
    const handle = factory.local(this.#body, lent, 'h');
    if (factory.trusted) {
      this.#returned.push(`${handle}.lends--;`);
      return `${handle}.rep`;
    }
    const isHosts = factory.constant('hosts', `${type}.implementer === undefined`);
    const borrowed = `${isHosts} ? ${handle}.rep : ${factory.use('borrowed')}(${handle})`;
    const value = factory.local(this.#body, borrowed, 'b');
    this.#returned.push(
      `if (${isHosts}) ${handle}.lends--;`,
      `else ${factory.use('endLend')}(${handle}, ${value});`,
    );
    return value;
  }

  #call(args: readonly string[]): void {
    const factory = this.#factory;
    const body = this.#body;
    const lifted = args.map((arg) => this.#lifted(arg));
    const call = this.#callText(lifted);
    const caught = this.#factory.thrown(this.#spec.type.result);
    body.line(`phase = ${CALLING};`);
    // Only an error looks there before the call has returned.
    if (this.#spec.call.tag === 'method') body.line(`result = ${lifted[0]!};`);
    if (caught === undefined) {
      body.line(`result = ${call};`);
      this.#after();
      this.#return(this.#spec.type.result, 'result');
      return;
    }
    body.line('let ok = true;');
    body.block('try', () => body.line(`result = ${call};`));
    body.block('catch (e)', () => {
      body.line(`result = ${factory.use('errorPayload')}(e);`);
      body.line('ok = false;');
    });
    this.#after();
    this.#returnCaught(caught);
  }

  /** An expression that may trap must be evaluated before the call, or the trap would count as the host's. */
  #lifted(arg: string): string {
    return arg.includes('(') ? this.#factory.local(this.#body, arg, 'a') : arg;
  }

  #after(): void {
    this.#body.line(`phase = ${LOWERING};`);
    for (const line of this.#returned) this.#body.line(line);
  }

  #callText(args: readonly string[]): string {
    const { call } = this.#spec;
    switch (call.tag) {
      case 'function':
        return `callee(${args.join(', ')})`;
      case 'new':
        return `new callee(${args.join(', ')})`;
      case 'method': {
        const [self, ...others] = args;
        return `${property(self!, call.name)}(${others.join(', ')})`;
      }
    }
  }

  #return(type: Type | undefined, value: string): void {
    if (type === undefined) {
      if (!this.#factory.trusted) this.#checkNoPromise();
      return;
    }
    this.#returning((lowerer, writer) => lowerer.lower(type, value, writer), type);
  }

  #returnCaught(caught: { ok?: Type; err?: Type }): void {
    const body = this.#body;
    this.#returning((lowerer, writer) => {
      const { discriminant, payload } = writer.putVariant(body, [caught.ok, caught.err]);
      body.block('if (ok)', () => {
        discriminant('0');
        if (caught.ok === undefined) this.#checkNoPromise();
        else lowerer.lower(caught.ok, 'result', payload(0));
      });
      body.block('else', () => {
        body.line(`phase = ${LOWERING_ERROR};`);
        discriminant('1');
        if (caught.err !== undefined) lowerer.lower(caught.err, 'result', payload(1));
      });
    }, this.#spec.type.result!);
  }

  #checkNoPromise(): void {
    const factory = this.#factory;
    factory.badIf(this.#body, `result !== undefined && ${factory.use('isThenable')}(result)`);
  }

  /** Emits `lower_flat_values` of the result: a core value, or memory at the address that the caller gave. */
  #returning(write: (lowerer: ValueLowerer, writer: Writer) => void, type: Type): void {
    const factory = this.#factory;
    const body = this.#body;
    if (!this.#core.spillsResult) {
      const sinks: Sink[] = sinksFor(this.#core.results);
      write(new ValueLowerer(factory, body, Views.direct(factory)), new FlatWriter(factory, sinks));
      if (factory.moves) body.line('if (moved.any) moved.giveAway();');
      const [value] = sinkValues(sinks);
      if (value !== undefined) body.line(`return ${value};`);
      return;
    }
    const at = `c${this.#core.params.length - 1}`;
    factory.usesMemory = true;
    body.line('if (m.u8.length === 0) m.refresh();');
    body.line(`const p = ${pointer(factory, at)};`);
    body.line(checkPointer(factory, 'p', layoutOf(type, factory.address), 'm.u8.length'));
    Views.region(factory, body, allocates(type), (views) => {
      write(new ValueLowerer(factory, body, views), new StoredValue(views, 'p'));
    });
    if (factory.moves) body.line('if (moved.any) moved.giveAway();');
  }

  #types(): TypeTable {
    const builder = new TypeTableBuilder(this.#factory);
    if (this.#factory.trusted) return builder.table([], undefined, undefined);
    const { call, type } = this.#spec;
    const caught = this.#factory.thrown(type.result);
    const table =
      caught === undefined
        ? builder.table([], type.result, undefined)
        : builder.table([], caught.ok, caught.err);
    return call.tag === 'method' ? { ...table, method: call.name, missing: missingMethod } : table;
  }
}
