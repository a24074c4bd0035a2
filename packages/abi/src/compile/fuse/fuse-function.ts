import { NO_TYPES } from '../../helpers/describe.ts';
import type { Type } from '@wit-ts/model';
import {
  type FlatSignature,
  allocates,
  containsKind,
  type Layout,
  layoutOf,
  mentionedTypes,
  sequenceLayout,
  type Shape,
  shapeAs,
} from '@wit-ts/model/layout';
import type { FuseSpec } from '../../engine.ts';
import { coreSignatureOf } from '../../layout/core-signature.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import type { Slot } from '../readers.ts';
import { Code, identifier, literal } from '../source-text.ts';
import { FactorySource, type HelperName } from '../factory-source.ts';
import { outOfPlace } from '../views.ts';
import { LEAVE_ALL } from '../factory-source.ts';
import { sinkValues, sinksFor } from '../writers.ts';
import { ValueChecker } from './check-value.ts';
import { ValueMover } from './move-value.ts';
import { EmittedParty, PartyViews } from './emitted-party.ts';
import { FlatSource, FlatTarget } from './party-flat-values.ts';
import { PartyStoredValue, type ValueSource, type ValueTarget } from './party-stored-value.ts';

/** The options of `emitFuse`. */
export interface FuseOptions {
  /**
   * `callee`: the call enters only the callee itself. `set`: the entered instances are determined when the function
   * is bound.
   */
  readonly entering: 'callee' | 'set';
}

type Handle = Extract<Shape, { tag: 'own' | 'borrow' }>;

/** A value that is completely checked. For a handle there is the expression of its representation. */
interface Lifted {
  readonly type: Type;
  readonly source: ValueSource;
  readonly handle: Handle | undefined;
  readonly rep?: string;
}

/** Emits `canon lower` of a `canon lift` (`CanonicalABI.md`): a call from one component to another. */
export function emitFuse(spec: FuseSpec, options: FuseOptions = { entering: 'set' }): EmittedFactory {
  return new FuseEmitter(spec, options).emit();
}

class FuseEmitter {
  readonly #spec: FuseSpec;
  readonly #one: boolean;
  readonly #factory: FactorySource;
  readonly #caller: EmittedParty;
  readonly #callee: EmittedParty;
  readonly #callerType: FlatSignature;
  readonly #calleeType: FlatSignature;
  readonly #params: readonly Type[];
  readonly #body = new Code();
  /** The lines that give the caller's lent handles back at the end. */
  readonly #returned: string[] = [];
  #queues = false;

  constructor(spec: FuseSpec, options: FuseOptions) {
    this.#spec = spec;
    this.#one = options.entering === 'callee';
    this.#params = spec.type.params.map((param) => param.type);
    this.#factory = new FactorySource(spec.callee, 'component', mentionedTypes(spec.type));
    this.#caller = new EmittedParty(this.#factory, 'caller', spec.caller);
    this.#callee = new EmittedParty(this.#factory, 'callee', spec.callee);
    this.#callerType = coreSignatureOf(spec.caller, spec.type, 'lower');
    this.#calleeType = coreSignatureOf(spec.callee, spec.type, 'lift');
  }

  emit(): EmittedFactory {
    const slots = this.#callerType.params.map((type, index): Slot => ({ text: `c${index}`, type }));
    const params = slots.map((slot) => slot.text).join(', ');
    this.#body.block(
      `return function ${identifier(this.#spec.name)}(${params})`,
      () => this.#function(slots),
      ';',
    );
    const source = this.#factoryText();
    return {
      helpers: [...this.#factory.helpers],
      source,
      types: () => NO_TYPES,
      resources: this.#factory.resources,
    };
  }

  #function(slots: readonly Slot[]): void {
    const body = this.#body;
    const name = literal(this.#spec.name);
    body.line(
      `if (caller.mayLeave !== true) ${this.#use('refuseLeaving')}(${[this.#caller.instance, name].join(', ')});`,
    );
    this.#enter(name);
    body.line(`let step = ${this.#use('ARGUMENTS')};`);
    body.block('try', () => {
      const args = this.#arguments(slots);
      this.#step('RUNNING');
      const value = this.#result(args, slots);
      this.#postReturn();
      this.#leave();
      for (const line of this.#returned) body.line(line);
      if (value !== undefined) body.line(`return ${value};`);
    });
    body.block('catch (e)', () => {
      // What follows may fail at the end of the stack. The callee would then count as running for good.
      body.line('callee.failure ??= e;');
      body.line(`${this.#use('raiseBetween')}(caller, callee, e, step, ${name});`);
    });
  }

  #use(helper: HelperName): string {
    return this.#factory.use(helper);
  }

  #step(name: 'PASSING' | 'RUNNING' | 'RESULT' | 'RETURNING_TO' | 'FINISHING'): void {
    this.#body.line(`step = ${this.#use(name)};`);
  }

  #enter(name: string): void {
    if (!this.#one) {
      this.#body.line(`${this.#use('enterFrom')}(caller, instances, ${name});`);
      return;
    }
    this.#body.line(`if (callee.mayEnter !== true) ${this.#use('refuseEntering')}(caller, callee, ${name});`);
    this.#body.line('callee.mayEnter = false;');
  }

  #leave(): void {
    // Not a call, which could fail at the end of the stack.
    this.#body.line(this.#one ? 'callee.mayEnter = true;' : LEAVE_ALL);
  }

  /**
   * Emits code that lifts all arguments up to the last step that can trap, and then lowers each. Returns the arguments
   * of the callee's core function.
   */
  #arguments(slots: readonly Slot[]): string[] {
    if (this.#params.length === 0) return [];
    const types = this.#params;
    const caller = this.#caller;
    // The caller may have grown its memory since the last call. The callee cannot grow it while it is read.
    const refresh = this.#body.place();
    const from = PartyViews.local(caller, this.#body);
    let sources: ValueSource[];
    if (this.#callerType.spillsParams) {
      const { layout } = sequenceLayout(types, caller.address);
      this.#pointer('s0', caller, 'c0', layout, from);
      sources = new PartyStoredValue(from, 's0').members(types);
    } else {
      sources = new FlatSource(caller, slots).members(types);
    }
    const lifted = this.#lift(types, sources, from);
    this.#step('PASSING');
    const args = this.#pass(lifted, new ValueMover(this.#factory, this.#body, from, this.#callee));
    from.close();
    if (caller.usesMemory) caller.refresh(refresh);
    return args;
  }

  /** Checks everything that lifting can trap on, for all values. */
  #lift(types: readonly Type[], sources: readonly ValueSource[], views: PartyViews): Lifted[] {
    const checker = new ValueChecker(this.#factory, this.#body, views);
    const lifted = types.map((type, index): Lifted => {
      const source = sources[index]!;
      const handle = shapeAs(type, 'own', 'borrow');
      if (handle !== undefined) return { type, source, handle, rep: this.#liftHandle(handle, source) };
      checker.check(type, source);
      return { type, source, handle };
    });
    if (types.some((type) => shapeAs(type, 'own', 'borrow') === undefined && containsKind(type, 'borrow')))
      this.#returned.push(`${this.#use('endLends')}(lent);`, 'lent.length = 0;');
    return lifted;
  }

  /** Lowers what was lifted. */
  #move(lifted: readonly Lifted[], mover: ValueMover, targets: readonly ValueTarget[]): void {
    for (const [index, { type, source, handle, rep }] of lifted.entries()) {
      const target = targets[index]!;
      if (handle === undefined) mover.move(type, source, target);
      else target.putBits(this.#body, 4, mover.handle(handle, rep!));
    }
    if (!lifted.some(({ type, handle }) => handle === undefined && containsKind(type, 'own', 'borrow')))
      return;
    this.#queues = true;
    this.#body.line('reps.length = nextRep = 0;');
  }

  #pass(lifted: readonly Lifted[], mover: ValueMover): string[] {
    const types = this.#params;
    if (!this.#calleeType.spillsParams) {
      const sinks = sinksFor(this.#calleeType.params);
      this.#move(lifted, mover, new FlatTarget(this.#callee, sinks).members(types));
      return sinkValues(sinks);
    }
    const { layout } = sequenceLayout(types, this.#callee.address);
    this.#body.line(`const t0 = ${this.#callee.allocate()}(${layout.alignment}, ${layout.size});`);
    this.#into(types, 't0', this.#callee, (targets) => this.#move(lifted, mover, targets));
    return [this.#callee.core('t0')];
  }

  /** Writes values into the target's memory. Locals reach it, unless the values allocate there. */
  #into(
    types: readonly Type[],
    ptr: string,
    party: EmittedParty,
    write: (targets: readonly ValueTarget[]) => void,
  ): void {
    if (types.some(allocates)) {
      write(new PartyStoredValue(PartyViews.direct(party), ptr).members(types));
      return;
    }
    const views = PartyViews.local(party, this.#body);
    write(new PartyStoredValue(views, ptr).members(types));
    views.close();
  }

  /** Lifts a parameter that is a handle. It needs no entry in `lent`. */
  #liftHandle(handle: Handle, source: ValueSource): string {
    const name = this.#factory.name('h');
    const args = `${source.party.instance}, ${this.#factory.resource(handle.resource)}, ${source.bits(4)}`;
    const helper = this.#use(handle.tag === 'own' ? 'liftOwnRep' : 'lend');
    this.#body.line(`const ${name} = ${helper}(${args});`);
    if (handle.tag === 'own') return name;
    this.#returned.push(`${name}.lends--;`);
    return `${name}.rep`;
  }

  /**
   * Emits code that calls the core function, lifts its result up to the last step that can trap, and lowers it. Returns
   * the expression that the call returns.
   */
  #result(args: readonly string[], slots: readonly Slot[]): string | undefined {
    const { result } = this.#spec.type;
    const call = `core(${args.join(', ')})`;
    const scoped = this.#params.some((type) => containsKind(type, 'borrow'));
    if (result === undefined) {
      this.#body.line(`${call};`);
      if (scoped) this.#body.line(`${this.#use('checkBorrows')}(scope);`);
      return undefined;
    }
    this.#body.line(`const r = ${call};`);
    this.#step('RESULT');
    const { lifted, views } = this.#liftResult(result);
    if (scoped) this.#body.line(`${this.#use('checkBorrows')}(scope);`);
    this.#step('RETURNING_TO');
    const value = this.#lowerResult(result, lifted, views, slots);
    views.close();
    return value;
  }

  #liftResult(result: Type): { readonly lifted: readonly Lifted[]; readonly views: PartyViews } {
    const callee = this.#callee;
    if (mayRead(result, this.#calleeType)) callee.refresh(this.#body);
    const views = PartyViews.local(callee, this.#body);
    let source: ValueSource;
    if (this.#calleeType.spillsResult) {
      this.#pointer('s1', callee, 'r', layoutOf(result, callee.address), views);
      source = new PartyStoredValue(views, 's1');
    } else {
      source = new FlatSource(callee, [{ text: 'r', type: this.#calleeType.results[0]! }]);
    }
    return { lifted: this.#lift([result], [source], views), views };
  }

  #lowerResult(
    result: Type,
    lifted: readonly Lifted[],
    views: PartyViews,
    slots: readonly Slot[],
  ): string | undefined {
    const caller = this.#caller;
    const mover = new ValueMover(this.#factory, this.#body, views, caller);
    if (!this.#callerType.spillsResult) {
      const sinks = sinksFor(this.#callerType.results);
      this.#move(lifted, mover, [new FlatTarget(caller, sinks)]);
      const [value] = sinkValues(sinks);
      return value;
    }
    const layout = layoutOf(result, caller.address);
    caller.refresh(this.#body);
    this.#pointer('t1', caller, slots.at(-1)!.text, layout, PartyViews.direct(caller));
    this.#into([result], 't1', caller, (targets) => this.#move(lifted, mover, targets));
    return undefined;
  }

  /** Declares a local with an address from core wasm, and checks it. */
  #pointer(name: string, party: EmittedParty, core: string, layout: Layout, views: PartyViews): void {
    this.#body.line(`const ${name} = ${party.pointer(core)};`);
    const outside = outOfPlace(name, layout.size, layout.alignment, `${views.get('u8')}.length`);
    this.#body.line(`if (${outside}) ${this.#use('badPointer')}(${name}, ${layout.alignment});`);
  }

  #postReturn(): void {
    if (!this.#spec.callee.postReturn) return;
    this.#step('FINISHING');
    this.#body.line('callee.mayLeave = false;');
    this.#body.line(`postReturn(${this.#spec.type.result === undefined ? '' : 'r'});`);
    this.#body.line('callee.mayLeave = true;');
  }

  #factoryText(): string {
    const factory = this.#factory;
    const code = new Code();
    const own = ['core = binding.core'];
    own.push(...this.#caller.declared(), ...this.#callee.declared());
    if (!this.#one) own.push(`instances = ${factory.use('entered')}(callee, caller)`);
    if (this.#spec.callee.postReturn) own.push('postReturn = binding.postReturn');
    if (this.#params.some((type) => containsKind(type, 'borrow')))
      own.push('scope = { borrows: 0 }', 'lent = []');
    own.push(...factory.resources.map((_, index) => `rt${index} = binding.resources[${index}]`));
    code.block('(binding) =>', () => {
      code.line(`const ${own.join(', ')};`);
      // The call cannot be made again before it returns, so one list is enough.
      if (this.#queues) code.line('const reps = []; let nextRep = 0;');
      code.add(factory.declarations);
      code.add(this.#body);
    });
    return code.toString();
  }
}

/** Returns true when the result is in the callee's memory, or refers to it. */
function mayRead(result: Type, core: FlatSignature): boolean {
  return core.spillsResult || allocates(result);
}
