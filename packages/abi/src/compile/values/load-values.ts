import { NO_TYPES } from '../../helpers/describe.ts';
import type { Type } from '@wit-ts/model';
import type { ValuesSpec } from '../../value-engine.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { liftValues } from '../lift-values.ts';
import { Code, identifier, literal } from '../source-text.ts';
import { RangeReader } from './range-reader.ts';
import { ValuesFactory } from './values-factory.ts';

/** Emits `ValueEngine.load`: a factory of functions that load values of a type (`CanonicalABI.md`, "Loading"). */
export function emitLoad({ type, options, name, peer }: ValuesSpec): EmittedFactory {
  const list: Type = { kind: { tag: 'list', element: type } };
  const factory = new ValuesFactory(options, peer, [type]);
  const body = new Code();
  body.block(
    `return function ${identifier(name)}(ptr, count)`,
    () => {
      body.block('try', () => {
        liftValues(factory, body, [list], (lifter) => {
          body.line(`return ${lifter.lift(list, new RangeReader('ptr', 'count'), true)};`);
        });
      });
      body.block('catch (e)', () =>
        body.line(`throw ${factory.use('unloaded')}(inst, e, ${literal(name)});`),
      );
    },
    ';',
  );
  return factory.emitted(body, ['inst = binding.instance'], [], () => NO_TYPES);
}
