import type { Type } from '@wit-ts/model';
import { numericType } from '@wit-ts/mapping';
import { allocates, isKind, type Layout, shapeOf } from '@wit-ts/model/layout';
import { liftBudget } from '../layout/lifted-size.ts';
import { ValueLifter } from './lift-value.ts';
import { StoredValue } from './stored-value.ts';
import type { Code } from './source-text.ts';
import type { FactorySource } from './factory-source.ts';
import { checkPointer, pointer, Views } from './views.ts';

/** Writes `lift_flat_values`. Nothing that `write` lifts can grow the memory, and all of it shares one budget. */
export function liftValues<T>(
  factory: FactorySource,
  body: Code,
  types: readonly Type[],
  write: (lifter: ValueLifter) => T,
): T {
  const { limit, rest } = liftBudget(types, factory.options);
  const views = Views.local(factory, body);
  const [variable, ...others] = types.filter(allocates);
  // The longest string, or list of numbers, is within the budget of an instance without a limit.
  const isCounted =
    variable !== undefined &&
    (others.length > 0 || factory.options.maxLifted !== undefined || !isRange(variable));
  if (rest < 0) body.line(`${factory.use('overLimit')}(${limit});`);
  else if (isCounted) {
    factory.usesMemory = true;
    body.line(`m.budget = ${rest};`);
  }
  const written = write(new ValueLifter(factory, body, views, isCounted ? limit : undefined));
  views.close(true);
  return written;
}

/** Returns true for a string or a list of numbers, which a range of memory contains as it is. */
function isRange(type: Type): boolean {
  const shape = shapeOf(type);
  return shape === 'string' || (isKind(shape, 'list') && numericType(shape.element) !== undefined);
}

/** Returns the reader of values that are in memory because there are too many. `core` is their address. */
export function spilled({ factory, code, views }: ValueLifter, core: string, layout: Layout): StoredValue {
  code.line(`const p0 = ${pointer(factory, core)};`);
  code.line(checkPointer(factory, 'p0', layout, `${views.get('u8')}.length`));
  return new StoredValue(views, 'p0');
}
