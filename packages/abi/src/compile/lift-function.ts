import type { Type } from '@wit-ts/model';
import {
  type FlatSignature,
  allocates,
  containsKind,
  layoutOf,
  mentionedTypes,
  sequenceLayout,
  shapeAs,
  shapeOf,
} from '@wit-ts/model/layout';
import type { TypeTable } from '../helpers/describe.ts';
import type { LiftSpec } from '../engine.ts';
import { CALLING, LIFTING, LOWERING, RETURNING } from '../helpers/traps.ts';
import { coreSignatureOf } from '../layout/core-signature.ts';
import { argumentPaths } from '../values/argument-paths.ts';
import { TypeTableBuilder } from '../values/type-table.ts';
import { allocFunction } from './allocation.ts';
import type { EmittedFactory } from './emitted-factory.ts';
import type { ValueLifter } from './lift-value.ts';
import { liftValues, spilled } from './lift-values.ts';
import { ValueLowerer } from './lower-value.ts';
import { FlatReader, type ValueReader } from './readers.ts';
import { Code, identifier, literal } from './source-text.ts';
import { FactorySource, LEAVE_ALL } from './factory-source.ts';
import { Views } from './views.ts';
import { StoredValue } from './stored-value.ts';
import { FlatWriter, sinkValues, sinksFor } from './writers.ts';

/** After the first mismatch, arguments are read first until so many calls had none. */
export const FIRST = 128;

/** The options of `emitLift`. */
export interface LiftOptions {
  /**
   * `own`: the call enters only the instance itself, which is the case if the instance has no parent and the host
   * calls. `set`: the entered instances are determined when the function is bound.
   */
  readonly entering: 'own' | 'set';
  /** Whether `binding.alloc` and `binding.lowerString` are given: several functions share them. */
  readonly sharesAllocation?: boolean;
}

/** Emits `canon lift` (`CanonicalABI.md`): a factory of functions over JavaScript values. */
export function emitLift(spec: LiftSpec, options: LiftOptions = { entering: 'set' }): EmittedFactory {
  return new LiftEmitter(spec, options).emit();
}

class LiftEmitter {
  readonly spec: LiftSpec;
  readonly factory: FactorySource;
  readonly body = new Code();
  /** The function's name as a JavaScript literal. */
  readonly name: string;
  readonly own: boolean;
  readonly params: readonly { readonly name: string; readonly type: Type }[];
  /** True when the parameters contain handles, and when there are borrows among them. */
  readonly handles: boolean;
  readonly scoped: boolean;
  /** True when a mismatch may be found after memory was allocated, which the guest would never get back. */
  readonly allocates: boolean;
  readonly core: FlatSignature;

  constructor(spec: LiftSpec, options: LiftOptions) {
    this.spec = spec;
    this.name = literal(spec.name);
    this.own = options.entering === 'own';
    this.params = spec.type.params;
    this.factory = new FactorySource(spec.options, spec.peer, mentionedTypes(spec.type), options);
    const holds = (kind: 'own' | 'borrow'): boolean =>
      this.params.some((param) => containsKind(param.type, kind));
    this.scoped = holds('borrow');
    this.factory.givesAway = holds('own');
    this.core = coreSignatureOf(spec.options, spec.type, 'lift');
    this.allocates =
      !this.factory.trusted &&
      (this.core.spillsParams || allocatesBeforeLastCheck(this.params.map((param) => param.type)));
    this.handles = this.scoped || this.factory.givesAway;
    this.factory.moves =
      this.handles && !this.factory.trusted && !endsWithOnlyHandle(this.params.map((param) => param.type));
  }

  emit(): EmittedFactory {
    const { name, call } = this.spec;
    const method = call === 'method';
    const args = this.params.map((_, index) => `a${index}`);
    const listed = method ? args.slice(1) : args;
    this.body.block(
      `return function ${identifier(name)}(${listed.join(', ')})`,
      () => {
        if (method) this.body.line(`${this.allocates ? 'let' : 'const'} a0 = this;`);
        writeFunction(this, args);
      },
      ';',
    );
    const own = ['core = binding.core', 'inst = binding.instance'];
    if (!this.own) own.push(`instances = ${this.factory.use('entered')}(inst, binding.caller)`);
    const state: string[] = [];
    if (this.spec.options.postReturn) state.push('postReturn = binding.postReturn');
    if (this.handles) state.push('scope = binding.scope ?? { borrows: 0 }');
    if (this.allocates) this.factory.declarations.line('let checked = 0, mismatches = 0;');
    return this.factory.emitted(this.body, own, state, () => typeTable(this));
  }
}

function writeFunction(emitter: LiftEmitter, args: readonly string[]): void {
  const { result } = emitter.spec.type;
  const thrown = emitter.factory.thrown(result);
  writeEnter(emitter);
  const lowers = args.length > 0;
  emitter.body.line(`let step = ${lowers ? LOWERING : CALLING};`);
  if (result !== undefined) emitter.body.line('let result;');
  if (thrown !== undefined) emitter.body.line('let ok = true;');
  emitter.body.block('try', () => {
    // A call at the end of the stack may have left some.
    if (emitter.factory.moves) emitter.body.line('if (moved.any) moved.giveBack(inst, scope);');
    if (emitter.allocates) writeReadFirst(emitter, args);
    const flat = lowerArguments(emitter, args);
    if (emitter.factory.moves) emitter.body.line('if (moved.any) moved.giveAway();');
    if (lowers) emitter.body.line(`step = ${CALLING};`);
    writeCall(emitter, flat);
    if (emitter.scoped) {
      emitter.body.line(`if (scope.borrows !== 0) ${emitter.factory.use('checkBorrows')}(scope);`);
    }
    writePostReturn(emitter);
  });
  emitter.body.block('catch (e)', () => writeCatch(emitter, args));
  emitter.body.line(leaveText(emitter));
  if (thrown !== undefined)
    emitter.body.line(`if (!ok) throw new ${emitter.factory.use('ComponentError')}(result);`);
  if (result !== undefined) emitter.body.line('return result;');
}

function writeEnter(emitter: LiftEmitter): void {
  if (emitter.own) {
    emitter.body.line(
      `if (inst.mayEnter !== true) throw ${emitter.factory.use('cannotEnter')}(inst, ${emitter.name});`,
    );
    emitter.body.line('inst.mayEnter = false;');
  } else {
    emitter.body.line(`${emitter.factory.use('enter')}(instances, ${emitter.name});`);
  }
}

/** Not a call, which could fail at the end of the stack: the instance would count as running for good. */
function leaveText(emitter: LiftEmitter): string {
  return emitter.own ? 'inst.mayEnter = true;' : LEAVE_ALL;
}

/**
 * After a mismatch, arguments are read before anything is lowered: a guest cannot get back what was allocated for
 * them. After so many calls without a mismatch emitter is over, and after each mismatch it lasts twice as long.
 */
function writeReadFirst(emitter: LiftEmitter, args: readonly string[]): void {
  const factory = emitter.factory;
  // A separate function, because the JavaScript engine inlines only small functions.
  factory.sharedFunction('readFirst', (code) => {
    code.block('function readFirst(...args)', () => {
      code.line(`const read = ${factory.use('readArguments')}(types(), ${resourcesText(emitter)}, args);`);
      code.line('checked--;');
      code.line('return read;');
    });
  });
  const assigned = args.map((arg, index) => `${arg} = read[${index}];`);
  emitter.body.block('if (checked !== 0)', () => {
    emitter.body.line(`const read = readFirst(${args.join(', ')});`);
    for (const line of assigned) emitter.body.line(line);
  });
}

function resourcesText(emitter: LiftEmitter): string {
  return emitter.factory.resources.length === 0 ? '[]' : 'binding.resources';
}

/** Emits `lower_flat_values` of the arguments. Returns what the core function is called with. */
function lowerArguments(emitter: LiftEmitter, args: readonly string[]): string[] {
  const factory = emitter.factory;
  const types = emitter.params.map((param) => param.type);
  const core = emitter.core;
  if (!core.spillsParams) {
    const sinks = sinksFor(core.params);
    const lowerer = new ValueLowerer(factory, emitter.body, Views.direct(factory));
    const writers = new FlatWriter(factory, sinks).members(types);
    for (const [index, type] of types.entries()) lowerer.lower(type, args[index]!, writers[index]!);
    return sinkValues(sinks);
  }
  const { layout } = sequenceLayout(types, factory.address);
  emitter.body.line(`const p = ${allocFunction(factory)}(${layout.alignment}, ${layout.size});`);
  Views.region(factory, emitter.body, types.some(allocates), (views) => {
    const lowerer = new ValueLowerer(factory, emitter.body, views);
    const writers = new StoredValue(views, 'p').members(types);
    for (const [index, type] of types.entries()) lowerer.lower(type, args[index]!, writers[index]!);
  });
  return [factory.address === 'i32' ? 'p' : 'BigInt(p)'];
}

function writeCall(emitter: LiftEmitter, flat: readonly string[]): void {
  const factory = emitter.factory;
  const { result } = emitter.spec.type;
  const call = `core(${flat.join(', ')})`;
  if (result === undefined) {
    emitter.body.line(`${call};`);
    return;
  }
  emitter.body.line(`const r = ${call};`);
  emitter.body.line(`step = ${LIFTING};`);
  const core = emitter.core;
  liftValues(factory, emitter.body, [result], (lifter) => {
    const [type] = core.results;
    const slots = type === undefined ? [] : [{ text: 'r', type }];
    const reader = core.spillsResult
      ? spilled(lifter, 'r', layoutOf(result, factory.address))
      : new FlatReader(factory, slots);
    liftResult(emitter, result, lifter, reader);
  });
}

function liftResult(emitter: LiftEmitter, result: Type, lifter: ValueLifter, reader: ValueReader): void {
  const thrown = emitter.factory.thrown(result);
  if (thrown === undefined) {
    emitter.body.line(`result = ${lifter.lift(result, reader)};`);
    return;
  }
  lifter.switch([thrown.ok, thrown.err], reader, (index, value) => {
    if (index === 1) emitter.body.line('ok = false;');
    if (value !== undefined) emitter.body.line(`result = ${value};`);
  });
}

function writePostReturn(emitter: LiftEmitter): void {
  if (!emitter.spec.options.postReturn) return;
  emitter.body.line(`step = ${RETURNING};`);
  emitter.body.line('inst.mayLeave = false;');
  emitter.body.line(`postReturn(${emitter.spec.type.result === undefined ? '' : 'r'});`);
  emitter.body.line('inst.mayLeave = true;');
}

/** The error handling is a separate function, because the JavaScript engine inlines only small functions. */
function writeCatch(emitter: LiftEmitter, args: readonly string[]): void {
  const factory = emitter.factory;
  const failed = `${factory.use('failed')}(inst, e, step, ${emitter.name})`;
  // What follows may fail at the end of the stack, so first the instance gets a state in which it can stay.
  const unlowered = args.length > 0 && !factory.trusted;
  const failure = 'inst.failure ??= e;';
  emitter.body.line(
    unlowered
      ? `if (step === ${LOWERING} && inst.mayLeave) { ${leaveText(emitter)} } else ${failure}`
      : failure,
  );
  if (args.length === 0 || factory.trusted) {
    emitter.body.line(`throw ${failed};`);
    return;
  }
  emitter.body.line(`throw caught(e, step, ${args.join(', ')});`);
  const entered = emitter.own ? '[inst]' : 'instances';
  const values = [entered, 'inst', 'e', emitter.name, 'types()', resourcesText(emitter), 'args'];
  factory.sharedFunction('caught', (code) => {
    code.block('function caught(e, step, ...args)', () => {
      code.line(`if (step !== ${LOWERING}) return ${failed};`);
      if (factory.moves) code.line('moved.giveBack(inst, scope);');
      if (emitter.allocates)
        code.line(
          `if (${factory.use('refusedMessage')}(e) === undefined) checked = ${FIRST} << mismatches++;`,
        );
      code.line(`return ${factory.use('unlowered')}(${values.join(', ')});`);
    });
  });
}

function typeTable(emitter: LiftEmitter): TypeTable {
  const all = emitter.params;
  const names = argumentPaths(all, emitter.spec.call, emitter.factory.mapping);
  const params = all.map((param, index) => [names[index]!, param.type] as const);
  const builder = new TypeTableBuilder(emitter.factory);
  return builder.table(params, undefined, undefined);
}

/**
 * Returns true when memory may be allocated before the last check of a host value. A string is checked as a whole
 * before it is allocated.
 */
export function allocatesBeforeLastCheck(types: readonly Type[]): boolean {
  const first = types.findIndex((type) => allocates(type));
  return first >= 0 && (first < types.length - 1 || shapeOf(types[first]!) !== 'string');
}

/** Returns true when the only handle is the last argument, so that nothing can fail after it is lowered. */
export function endsWithOnlyHandle(types: readonly Type[]): boolean {
  const handles = types.filter((type) => containsKind(type, 'own', 'borrow'));
  const last = types.at(-1);
  return handles.length === 1 && last !== undefined && shapeAs(last, 'own', 'borrow') !== undefined;
}
