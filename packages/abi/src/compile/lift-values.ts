import type { Layout } from '@wit-ts/model/layout';
import { ValueLifter } from './lift-value.ts';
import { StoredValue } from './stored-value.ts';
import type { Code } from './source-text.ts';
import type { FactorySource } from './factory-source.ts';
import { checkPointer, pointer, Views } from './views.ts';

/** Writes `lift_flat_values`. Nothing that `write` lifts can grow the memory, and all of it shares one budget. */
export function liftValues<T>(factory: FactorySource, body: Code, write: (lifter: ValueLifter) => T): T {
  const views = Views.local(factory, body);
  const budget = body.place();
  const written = write(new ValueLifter(factory, body, views));
  if (factory.spends) budget.line(`m.budget = ${factory.use('budgetFor')}(${views.get('u8')}.length);`);
  views.close(true);
  return written;
}

/** Returns the reader of values that are in memory because there are too many. `core` is their address. */
export function spilled({ factory, code, views }: ValueLifter, core: string, layout: Layout): StoredValue {
  code.line(`const p0 = ${pointer(factory, core)};`);
  code.line(checkPointer(factory, 'p0', layout, `${views.get('u8')}.length`));
  return new StoredValue(views, 'p0');
}
