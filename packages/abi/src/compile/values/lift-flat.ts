import { NO_TYPES } from '../../helpers/describe.ts';
import { mentionedTypes, sequenceLayout } from '@wit-ts/model/layout';
import type { FlatSpec } from '../../value-engine.ts';
import { flatPassing } from '../../layout/flat-values.ts';
import { liftingText } from '../../values/passing-text.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { liftValues, spilled } from '../lift-values.ts';
import { FlatReader, type Slot } from '../readers.ts';
import { Code, identifier, literal } from '../source-text.ts';
import { ValuesFactory } from './values-factory.ts';

/**
 * Emits `ValueEngine.liftFlat`: a factory of functions that lift values (`CanonicalABI.md`, "Lifting and Lowering
 * Values").
 */
export function emitLiftFlat(spec: FlatSpec): EmittedFactory {
  const types = mentionedTypes(spec);
  const factory = new ValuesFactory(spec.options, spec.peer, types);
  const { flat, spills } = flatPassing(spec.params, spec.maxFlat, spec.options, 'lift');
  const slots = flat.map((type, index): Slot => ({ text: `c${index}`, type }));
  const body = new Code();
  body.block(
    `return function ${identifier(spec.name)}(flat, lent)`,
    () => {
      body.block('try', () => {
        for (const [index, { text }] of slots.entries()) body.line(`const ${text} = flat[${index}];`);
        const values = liftValues(factory, body, types, (lifter) => {
          const reader = spills
            ? spilled(lifter, 'c0', sequenceLayout(types, factory.address).layout)
            : new FlatReader(factory, slots);
          const readers = reader.members(types);
          return types.map((type, index) => lifter.lift(type, readers[index]!));
        });
        body.line(`return [${values.join(', ')}];`);
      });
      body.block('catch (e)', () => {
        const where = literal(liftingText(spec.name, spec.what));
        body.line(`throw ${factory.use('asTrap')}(e, ${where} + inst.name);`);
      });
    },
    ';',
  );
  return factory.emitted(body, ['inst = binding.instance'], [], () => NO_TYPES);
}
