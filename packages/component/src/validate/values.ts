import type { Definition, Sort } from '../ast.ts';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import { checkBounds } from '../elaborate/index-lookup.ts';
import { mismatchCollector } from '../elaborate/mismatch-collector.ts';
import { compareValues } from '../elaborate/subtype.ts';
import type { CheckedScope } from './checked-scope.ts';

/** Warns that the component uses a feature that the specification still gates. */
export function gated(context: EvaluationContext, feature: string, offset: number): void {
  context.report(
    'gated-feature',
    `${feature} are a gated feature of the specification, which engines may reject`,
    offset,
  );
}

/** Records the use of a value. Each must be used exactly once (`Binary.md`, "Start Definitions"). */
export function consume(
  context: EvaluationContext,
  { spaces, consumed }: CheckedScope,
  sort: Sort,
  index: number,
  offset: number,
): void {
  if (sort !== 'value' || index >= spaces.count('value')) return;
  if (consumed.has(index)) context.report('value-used-twice', `value ${index} is used a second time`, offset);
  consumed.add(index);
}

export function checkAllConsumed(
  context: EvaluationContext,
  { spaces, consumed }: CheckedScope,
  offset: number,
): void {
  for (let index = 0; index < spaces.count('value'); index += 1) {
    // A faulty value counts as used.
    if (!consumed.has(index) && spaces.entity('value', index) !== undefined)
      context.report('unused-value', `value ${index} is never used`, offset);
  }
}

export function checkStart(
  context: EvaluationContext,
  checked: CheckedScope,
  definition: Extract<Definition, { tag: 'start' }>,
): void {
  const { spaces } = checked;
  const { offset, args, results } = definition;
  gated(context, 'start functions of components', offset);
  checkBounds(context, 'func', definition.func, spaces.count('func'), offset);
  for (const index of args) {
    checkBounds(context, 'value', index, spaces.count('value'), offset);
    consume(context, checked, 'value', index, offset);
  }
  const func = spaces.entity('func', definition.func)?.func;
  if (func === undefined) return;
  if (func.params.length !== args.length) {
    const message = `the start function takes ${func.params.length} values, and ${args.length} are given`;
    context.report('wrong-argument', message, offset);
  }
  const count = func.result === undefined ? 0 : 1;
  if (count !== results) {
    context.report(
      'wrong-result-count',
      `the start function returns ${count} values, not ${results}`,
      offset,
    );
  }
  for (const [i, param] of func.params.entries()) {
    const value = args[i] === undefined ? undefined : spaces.entity('value', args[i])?.type;
    const mismatch = mismatchCollector(context, 'wrong-argument', offset)?.at(`argument \`${param.name}\``);
    if (value !== undefined && mismatch !== undefined) compareValues(context, param.type, value, mismatch);
  }
}
