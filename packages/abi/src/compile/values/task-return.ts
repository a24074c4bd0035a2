import { layoutOf } from '@wit-ts/model/layout';
import type { TaskReturnSpec } from '../../value-engine.ts';
import { flattenTaskReturn } from '../../layout/checked-values.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { FactorySource } from '../factory-source.ts';
import { liftValues, spilled } from '../lift-values.ts';
import { FlatReader, type Slot } from '../readers.ts';
import { Code, identifier } from '../source-text.ts';

/** Emits `ValueEngine.taskReturn`: a factory of core functions that lift the result of a task (`canon task.return`). */
export function emitTaskReturn({ type, options, peer }: TaskReturnSpec): EmittedFactory {
  const factory = new FactorySource(options, peer, type === undefined ? [] : [type]);
  const core = flattenTaskReturn(options, type);
  const slots = core.params.map((slot, index): Slot => ({ text: `c${index}`, type: slot }));
  const body = new Code();
  body.block(
    `return function ${identifier('task.return')}(${slots.map((slot) => slot.text).join(', ')})`,
    () => {
      body.line('let value;');
      body.block('try', () => {
        body.line(`if (inst.mayLeave !== true) throw ${factory.use('cannotLeave')}();`);
        if (type === undefined) return;
        liftValues(factory, body, [type], (lifter) => {
          const reader = core.spillsParams
            ? spilled(lifter, 'c0', layoutOf(type, factory.address))
            : new FlatReader(factory, slots);
          body.line(`value = ${lifter.lift(type, reader)};`);
        });
      });
      body.block('catch (e)', () => body.line(`${factory.use('raiseUnreturned')}(inst, e);`));
      body.line('returned(value);');
    },
    ';',
  );
  const own = ['returned = binding.returned', 'inst = binding.instance'];
  return factory.emitted(body, own, [], () => ({ nodes: [], params: [] }));
}
