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
  readonly spec: LowerSpec;
  readonly factory: FactorySource;
  readonly core: FlatSignature;
  readonly body = new Code();
  /** The lines that give borrows back after the call. */
  readonly returned: string[] = [];

  constructor(spec: LowerSpec, options: Pick<LiftOptions, 'sharesAllocation'>) {
    this.spec = spec;
    this.factory = new FactorySource(spec.options, spec.peer, mentionedTypes(spec.type), options);
    this.core = coreSignatureOf(spec.options, spec.type, 'lower');
    this.factory.moves = !this.factory.trusted && givesSeveral(this);
  }

  emit(): EmittedFactory {
    const factory = this.factory;
    const slots = this.core.params.map((type, index): Slot => ({ text: `c${index}`, type }));
    const params = slots.map((slot) => slot.text).join(', ');
    this.body.block(
      `return function ${identifier(this.spec.name)}(${params})`,
      () => writeFunction(this, slots),
      ';',
    );
    const own = ['inst = binding.instance'];
    if (this.spec.call.tag !== 'method') own.unshift('callee = binding.callee');
    return factory.emitted(this.body, own, [], () => typeTable(this));
  }
}

/** Returns true when the result may give an object away while another part of it does not fit. */
function givesSeveral(emitter: LowerEmitter): boolean {
  const { result } = emitter.spec.type;
  if (result === undefined) return false;
  const caught = emitter.factory.thrown(emitter.spec.type.result);
  const parts = caught === undefined ? [result] : [caught.ok, caught.err];
  return parts.some(
    (part) => part !== undefined && shapeAs(part, 'own') === undefined && containsKind(part, 'own'),
  );
}

function writeFunction(emitter: LowerEmitter, slots: readonly Slot[]): void {
  const factory = emitter.factory;
  const body = emitter.body;
  body.line(`let phase = ${LIFTING}, result;`);
  body.block('try', () => {
    body.line(`if (inst.mayLeave !== true) throw ${factory.use('cannotLeave')}();`);
    const args = liftArguments(emitter, slots);
    writeCall(emitter, args);
  });
  const resources = factory.resources.length === 0 ? '[]' : 'binding.resources';
  const values = ['inst', 'e', 'phase', literal(emitter.spec.name), 'types()', resources, 'result'];
  body.block('catch (e)', () => body.line(`${factory.use('raiseLowered')}(${values.join(', ')});`));
}

/** Emits `lift_flat_values` of the arguments. */
function liftArguments(emitter: LowerEmitter, slots: readonly Slot[]): string[] {
  const factory = emitter.factory;
  const types = emitter.spec.type.params.map((param) => param.type);
  const collects = types.some(
    (type) => containsKind(type, 'borrow') && shapeAs(type, 'borrow') === undefined,
  );
  if (collects) {
    emitter.body.line('const lent = [];');
    emitter.returned.push(`${factory.use('endLends')}(lent);`);
  }
  return liftValues(factory, emitter.body, types, (lifter) => {
    const reader = emitter.core.spillsParams
      ? spilled(lifter, 'c0', sequenceLayout(types, factory.address).layout)
      : new FlatReader(factory, slots);
    const readers = reader.members(types);
    return types.map((type, index) => {
      const borrow = shapeAs(type, 'borrow');
      return borrow === undefined
        ? lifter.lift(type, readers[index]!)
        : lendParameter(emitter, borrow.resource, readers[index]!);
    });
  });
}

/** Lifts a parameter that is a borrow. It needs no entry in `lent`. */
function lendParameter(emitter: LowerEmitter, resource: TypeDef, reader: ValueReader): string {
  const factory = emitter.factory;
  const type = factory.resource(resource);
  const lent = `${factory.use('lend')}(inst, ${type}, ${reader.bits(4)})`;
  const handle = factory.local(emitter.body, lent, 'h');
  if (factory.trusted) {
    emitter.returned.push(`${handle}.lends--;`);
    return `${handle}.rep`;
  }
  const isHosts = factory.constant('hosts', `${type}.implementer === undefined`);
  const borrowed = `${isHosts} ? ${handle}.rep : ${factory.use('borrowed')}(${handle})`;
  const value = factory.local(emitter.body, borrowed, 'b');
  emitter.returned.push(
    `if (${isHosts}) ${handle}.lends--;`,
    `else ${factory.use('endLend')}(${handle}, ${value});`,
  );
  return value;
}

function writeCall(emitter: LowerEmitter, args: readonly string[]): void {
  const factory = emitter.factory;
  const body = emitter.body;
  const lifted = args.map((arg) => evaluated(emitter, arg));
  const call = callText(emitter, lifted);
  const caught = emitter.factory.thrown(emitter.spec.type.result);
  body.line(`phase = ${CALLING};`);
  // Only an error looks there before the call has returned.
  if (emitter.spec.call.tag === 'method') body.line(`result = ${lifted[0]!};`);
  if (caught === undefined) {
    body.line(`result = ${call};`);
    writeAfterCall(emitter);
    writeReturn(emitter, emitter.spec.type.result, 'result');
    return;
  }
  body.line('let ok = true;');
  body.block('try', () => body.line(`result = ${call};`));
  body.block('catch (e)', () => {
    body.line(`result = ${factory.use('errorPayload')}(e);`);
    body.line('ok = false;');
  });
  writeAfterCall(emitter);
  writeReturnCaught(emitter, caught);
}

/** An expression that may trap must be evaluated before the call, or the trap would count as the host's. */
function evaluated(emitter: LowerEmitter, arg: string): string {
  return arg.includes('(') ? emitter.factory.local(emitter.body, arg, 'a') : arg;
}

function writeAfterCall(emitter: LowerEmitter): void {
  emitter.body.line(`phase = ${LOWERING};`);
  for (const line of emitter.returned) emitter.body.line(line);
}

function callText(emitter: LowerEmitter, args: readonly string[]): string {
  const { call } = emitter.spec;
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

function writeReturn(emitter: LowerEmitter, type: Type | undefined, value: string): void {
  if (type === undefined) {
    if (!emitter.factory.trusted) checkNoPromise(emitter);
    return;
  }
  writeResult(emitter, (lowerer, writer) => lowerer.lower(type, value, writer), type);
}

function writeReturnCaught(emitter: LowerEmitter, caught: { ok?: Type; err?: Type }): void {
  const body = emitter.body;
  writeResult(
    emitter,
    (lowerer, writer) => {
      const { discriminant, payload } = writer.putVariant(body, [caught.ok, caught.err]);
      body.block('if (ok)', () => {
        discriminant('0');
        if (caught.ok === undefined) checkNoPromise(emitter);
        else lowerer.lower(caught.ok, 'result', payload(0));
      });
      body.block('else', () => {
        body.line(`phase = ${LOWERING_ERROR};`);
        discriminant('1');
        if (caught.err !== undefined) lowerer.lower(caught.err, 'result', payload(1));
      });
    },
    emitter.spec.type.result!,
  );
}

function checkNoPromise(emitter: LowerEmitter): void {
  const factory = emitter.factory;
  factory.badIf(emitter.body, `result !== undefined && ${factory.use('isThenable')}(result)`);
}

/** Emits `lower_flat_values` of the result: a core value, or memory at the address that the caller gave. */
function writeResult(
  emitter: LowerEmitter,
  write: (lowerer: ValueLowerer, writer: Writer) => void,
  type: Type,
): void {
  const factory = emitter.factory;
  const body = emitter.body;
  if (!emitter.core.spillsResult) {
    const sinks: Sink[] = sinksFor(emitter.core.results);
    write(new ValueLowerer(factory, body, Views.direct(factory)), new FlatWriter(factory, sinks));
    if (factory.moves) body.line('if (moved.any) moved.giveAway();');
    const [value] = sinkValues(sinks);
    if (value !== undefined) body.line(`return ${value};`);
    return;
  }
  const at = `c${emitter.core.params.length - 1}`;
  factory.usesMemory = true;
  body.line('if (m.u8.length === 0) m.refresh();');
  body.line(`const p = ${pointer(factory, at)};`);
  body.line(checkPointer(factory, 'p', layoutOf(type, factory.address), 'm.u8.length'));
  Views.region(factory, body, allocates(type), (views) => {
    write(new ValueLowerer(factory, body, views), new StoredValue(views, 'p'));
  });
  if (factory.moves) body.line('if (moved.any) moved.giveAway();');
}

function typeTable(emitter: LowerEmitter): TypeTable {
  const builder = new TypeTableBuilder(emitter.factory);
  if (emitter.factory.trusted) return builder.table([], undefined, undefined);
  const { call, type } = emitter.spec;
  const caught = emitter.factory.thrown(type.result);
  const table =
    caught === undefined
      ? builder.table([], type.result, undefined)
      : builder.table([], caught.ok, caught.err);
  return call.tag === 'method' ? { ...table, method: call.name, missing: missingMethod } : table;
}
