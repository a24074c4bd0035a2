import type { Type } from '@wit-ts/model';
import { containsKind } from '@wit-ts/model/layout';
import type { ValuesSpec } from '../../value-engine.ts';
import { ValuesTableBuilder } from '../../values/values-table.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { ValueLowerer } from '../lower-value.ts';
import { Code, identifier, literal } from '../source-text.ts';
import { Views } from '../views.ts';
import { ValuesFactory } from './values-factory.ts';

/** Emits `ValueEngine.store`: a factory of functions that store values of a type (`CanonicalABI.md`, "Storing"). */
export function emitStore({ type, options, name, peer }: ValuesSpec): EmittedFactory {
  const factory = new ValuesFactory(options, peer, [type]);
  factory.moves = !factory.trusted && containsKind(type, 'own');
  factory.usesMemory = true;
  const resources = factory.resources.length === 0 ? '[]' : 'binding.resources';
  const codecs = factory.waitables.length === 0 ? [] : ['binding.waitables'];
  // A stream must not be given away together with a value that does not fit. Memory may be allocated for such values:
  // the instance that reads them traps.
  const readsFirst = !factory.trusted && factory.waitables.length > 0;
  const body = new Code();
  body.block(
    `return function ${identifier(name)}(values, ptr)`,
    () => {
      body.block('try', () => {
        body.line('if (m.u8.length === 0) m.refresh();');
        if (readsFirst) {
          const read = `${factory.use('readValues')}(${['types()', resources, 'values', ...codecs].join(', ')})`;
          body.line(`const read = ${read};`);
        }
        new ValueLowerer(factory, body, Views.direct(factory)).storeRange(
          type,
          readsFirst ? 'read' : 'values',
          'ptr',
        );
        if (factory.moves) body.line('if (moved.any) moved.giveAway();');
      });
      body.block('catch (e)', () => {
        if (factory.moves) body.line('moved.giveBack(inst, { borrows: 0 });');
        const args = ['inst', 'e', literal(name), 'types()', resources, 'values', ...codecs];
        body.line(`throw ${factory.use('unstored')}(${args.join(', ')});`);
      });
    },
    ';',
  );
  return factory.emitted(body, ['inst = binding.instance'], [], () => {
    const list: Type = { kind: { tag: 'list', element: type } };
    const builder = new ValuesTableBuilder(factory);
    return builder.table([], factory.trusted ? undefined : list, undefined);
  });
}
