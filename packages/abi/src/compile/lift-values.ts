import type { Layout } from '../layout/layout.ts';
import { ValueLifter } from './lift-value.ts';
import { MemoryPlace } from './memory-place.ts';
import type { Code } from './text.ts';
import type { Unit } from './unit.ts';
import { checkPointer, pointer, Views } from './views.ts';

/** `lift_flat_values`: what `write` lifts may grow no memory, and all of it together has one budget. */
export function liftValues<T>(unit: Unit, body: Code, write: (lifter: ValueLifter) => T): T {
  const views = Views.local(unit, body);
  const budget = body.place();
  const written = write(new ValueLifter(unit, body, views));
  if (unit.spends) budget.line(`m.budget = ${unit.use('budgetFor')}(${views.get('u8')}.length);`);
  views.close(true);
  return written;
}

/** Values that lie in memory because there are too many: `core` is their address. */
export function spilled({ unit, code, views }: ValueLifter, core: string, layout: Layout): MemoryPlace {
  code.line(`const p0 = ${pointer(unit, core)};`);
  code.line(checkPointer(unit, 'p0', layout, `${views.get('u8')}.length`));
  return new MemoryPlace(views, 'p0');
}
