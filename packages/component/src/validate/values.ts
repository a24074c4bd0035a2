import type { Definition, Sort } from '../ast.ts';
import type { Context } from '../elaborate/context.ts';
import { sameValue } from '../elaborate/subtype.ts';
import { outOfBounds } from '../elaborate/types.ts';
import type { Place } from './place.ts';

/** Says that a valid component uses something that engines may refuse, because the specification has not settled it. */
export function gated(context: Context, feature: string, offset: number): void {
  context.report('gated-feature', `${feature} are still gated by the specification`, offset);
}

/** Notes the use of a value; each is to be used exactly once (`Binary.md`, "Start Definitions"). */
export function consume(
  context: Context,
  { scope, consumed }: Place,
  sort: Sort,
  index: number,
  offset: number,
): void {
  if (sort !== 'value' || index >= scope.values.length) return;
  if (consumed.has(index)) context.report('value-used-twice', `value ${index} has been used already`, offset);
  consumed.add(index);
}

export function checkAllConsumed(context: Context, { scope, consumed }: Place, offset: number): void {
  for (let index = 0; index < scope.values.length; index += 1) {
    // What was not made out counts as used.
    if (!consumed.has(index) && scope.values[index] !== undefined)
      context.report('unused-value', `value ${index} is never used`, offset);
  }
}

export function checkStart(
  context: Context,
  place: Place,
  definition: Extract<Definition, { tag: 'start' }>,
): void {
  const { scope } = place;
  const { offset, args, results } = definition;
  gated(context, 'start functions of components', offset);
  if (definition.func >= scope.funcs.length) {
    context.report('index-out-of-bounds', outOfBounds('func', definition.func, scope.funcs.length), offset);
  }
  for (const index of args) {
    if (index >= scope.values.length) {
      context.report('index-out-of-bounds', outOfBounds('value', index, scope.values.length), offset);
    }
    consume(context, place, 'value', index, offset);
  }
  const func = scope.funcs[definition.func];
  if (func === undefined) return;
  if (func.params.length !== args.length) {
    const message = `the start function takes ${func.params.length} values and is given ${args.length}`;
    context.report('wrong-argument', message, offset);
  }
  const count = func.result === undefined ? 0 : 1;
  if (count !== results) {
    context.report('wrong-result-count', `the start function gives ${count} values, not ${results}`, offset);
  }
  for (const [i, param] of func.params.entries()) {
    const value = args[i] === undefined ? undefined : scope.values[args[i]];
    const mismatch = context.mismatches('wrong-argument', offset)?.at(`argument \`${param.name}\``);
    if (value !== undefined && mismatch !== undefined) sameValue(context, param.type, value, mismatch);
  }
}
