import { NO_TYPES } from '../../helpers/describe.ts';
import type { Type } from '@wit-ts/model';
import { allocates, containsKind, type Layout, mentionedTypes, sequenceLayout } from '@wit-ts/model/layout';
import type { CanonicalOptions } from '../../engine.ts';
import type { MoveSpec } from '../../value-engine.ts';
import { type FlatPassing, flatPassing } from '../../layout/flat-values.ts';
import { liftingText, loweringText } from '../../values/passing-text.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { ValueChecker } from '../fuse/check-value.ts';
import { EmittedParty, PartyViews } from '../fuse/emitted-party.ts';
import { ValueMover } from '../fuse/move-value.ts';
import { FlatSource, FlatTarget } from '../fuse/party-flat-values.ts';
import { PartyStoredValue, type ValueSource, type ValueTarget } from '../fuse/party-stored-value.ts';
import type { Slot } from '../readers.ts';
import { Code, identifier, literal } from '../source-text.ts';
import { outOfPlace } from '../views.ts';
import { sinkValues, sinksFor } from '../writers.ts';
import { ValuesFactory } from './values-factory.ts';

/**
 * The source of a factory of functions that pass values from the component instance `from` to the component instance
 * `to`. Values are checked first, as far as lifting can trap, and then moved. The instances must be different: the
 * realloc of `to` could otherwise change or grow the memory between the check and the move.
 */
export class MoveSource {
  readonly factory: ValuesFactory;
  readonly from: EmittedParty;
  readonly to: EmittedParty;
  readonly body = new Code();
  readonly #types: readonly Type[];

  constructor(types: readonly Type[], from: CanonicalOptions, to: CanonicalOptions) {
    this.#types = types;
    this.factory = new ValuesFactory(to, 'component', types);
    this.from = new EmittedParty(this.factory, 'from', from);
    this.to = new EmittedParty(this.factory, 'to', to);
  }

  /**
   * Writes a function.
   *
   * @param lift writes what lifts the values, and returns what lowers them
   * @param texts what lifting and lowering are in messages of traps
   */
  function(
    name: string,
    params: readonly string[],
    lift: (views: PartyViews) => () => string | undefined,
    texts: readonly [lifting: string, lowering: string],
  ): void {
    const { body } = this;
    const [lifting, lowering] = texts.map(literal);
    body.block(
      `return function ${identifier(name)}(${params.join(', ')})`,
      () => {
        body.line('let lifted = false;');
        body.block('try', () => {
          // The memory may have grown since the last call.
          const refresh = body.place();
          const views = PartyViews.local(this.from, body);
          const lower = lift(views);
          body.line('lifted = true;');
          const value = lower();
          views.close();
          if (this.from.usesMemory) this.from.refresh(refresh);
          if (value !== undefined) body.line(`return ${value};`);
        });
        body.block('catch (e)', () => {
          const asTrap = this.factory.use('asTrap');
          body.line(
            `throw lifted ? ${asTrap}(e, ${lowering} + to.name) : ${asTrap}(e, ${lifting} + from.name);`,
          );
        });
      },
      ';',
    );
  }

  /** Queues hold what was lifted until it is lowered. A call that trapped may have left some. */
  get #queues(): boolean {
    return (
      this.factory.waitables.length > 0 || this.#types.some((type) => containsKind(type, 'own', 'borrow'))
    );
  }

  /** Writes the statement with which a call starts. */
  emptyQueues(): void {
    if (this.#queues) this.body.line('reps.length = nextRep = 0;');
  }

  emitted(): EmittedFactory {
    const { factory } = this;
    const declared = [...this.from.declared(), ...this.to.declared()];
    for (const type of factory.waitables) {
      for (const party of [this.from, this.to])
        declared.push(
          `${party.waitable(type)} = binding.${party.name}.waitables[${factory.waitables.indexOf(type)}]`,
        );
    }
    declared.push(...factory.resources.map((_, index) => `rt${index} = binding.resources[${index}]`));
    const code = new Code();
    code.block('(binding) =>', () => {
      code.line(`const ${declared.join(', ')};`);
      if (this.#queues) code.line('const reps = []; let nextRep = 0, lent, scope;');
      code.add(factory.declarations);
      code.add(this.body);
    });
    return {
      helpers: [...factory.helpers],
      source: code.toString(),
      types: () => NO_TYPES,
      resources: factory.resources,
    };
  }
}

/** Emits `ValueEngine.moveFlat` for different instances. */
export function emitMoveFlat(spec: MoveSpec): EmittedFactory {
  const types = mentionedTypes(spec);
  const source = new MoveSource(types, spec.from, spec.to);
  const taken = flatPassing(spec.params, spec.fromMaxFlat, spec.from, 'lift');
  const given = flatPassing(spec.params, spec.toMaxFlat, spec.to, 'lower');
  const { body, factory } = source;
  source.function(
    spec.name,
    ['core', 'lends', 'borrows', 'into'],
    (views) => {
      if (types.some((type) => containsKind(type, 'borrow'))) body.line('lent = lends; scope = borrows;');
      source.emptyQueues();
      const sources = sourcesOf(source, types, taken, views);
      const checker = new ValueChecker(factory, body, views);
      for (const [index, type] of types.entries()) checker.check(type, sources[index]!);
      const mover = new ValueMover(factory, body, views, source.to);
      return () =>
        lowered(source, types, given, (targets) => {
          for (const [index, type] of types.entries()) mover.move(type, sources[index]!, targets[index]!);
        });
    },
    [liftingText(spec.name, spec.what), loweringText(spec.name, spec.what)],
  );
  return source.emitted();
}

function sourcesOf(
  { body, from }: MoveSource,
  types: readonly Type[],
  { flat, spills }: FlatPassing,
  views: PartyViews,
): readonly ValueSource[] {
  const slots = flat.map((type, index): Slot => ({ text: `c${index}`, type }));
  for (const [index, { text }] of slots.entries()) body.line(`const ${text} = core[${index}];`);
  if (!spills) return new FlatSource(from, slots).members(types);
  body.line(`const s0 = ${from.pointer('c0')};`);
  checkRange(body, 's0', from, sequenceLayout(types, from.address).layout, views);
  return new PartyStoredValue(views, 's0').members(types);
}

/** Writes the code that lowers values, and returns the expression of the core values. */
function lowered(
  { body, to }: MoveSource,
  types: readonly Type[],
  { flat, spills }: FlatPassing,
  write: (targets: readonly ValueTarget[]) => void,
): string {
  if (!spills) {
    const sinks = sinksFor(flat);
    write(new FlatTarget(to, sinks).members(types));
    return `[${sinkValues(sinks).join(', ')}]`;
  }
  const { layout } = sequenceLayout(types, to.address);
  body.line('let t0;');
  const { realloc } = to.options;
  if (realloc)
    body.block('if (into === undefined)', () =>
      body.line(`t0 = ${to.allocate()}(${layout.alignment}, ${layout.size});`),
    );
  body.block(realloc ? 'else' : '', () => {
    to.refresh(body);
    body.line(`t0 = ${to.pointer('into')};`);
    checkRange(body, 't0', to, layout, PartyViews.direct(to));
  });
  const views = types.some(allocates) ? PartyViews.direct(to) : PartyViews.local(to, body);
  write(new PartyStoredValue(views, 't0').members(types));
  views.close();
  return `into === undefined ? [${to.core('t0')}] : []`;
}

/** Writes the check of the address of values in memory. */
function checkRange(code: Code, ptr: string, party: EmittedParty, layout: Layout, views: PartyViews): void {
  const outside = outOfPlace(ptr, layout.size, layout.alignment, `${views.get('u8')}.length`);
  code.line(`if (${outside}) ${party.factory.use('badPointer')}(${ptr}, ${layout.alignment});`);
}
