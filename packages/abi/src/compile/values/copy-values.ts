import type { CopySpec } from '../../value-engine.ts';
import { loadingText, storingText } from '../../values/passing-text.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { ValueChecker } from '../fuse/check-value.ts';
import { ValueMover } from '../fuse/move-value.ts';
import { MoveSource } from './move-flat.ts';

/**
 * Emits `ValueEngine.copy` for different instances: `load_list_from_valid_range` of one of them, and
 * `store_list_into_valid_range` of the other one.
 */
export function emitCopyValues({ type, name, from, to }: CopySpec): EmittedFactory {
  const source = new MoveSource([type], from, to);
  const { body, factory } = source;
  source.function(
    name,
    ['s', 't', 'count'],
    (views) => {
      source.emptyQueues();
      new ValueChecker(factory, body, views).each(type, 's', 'count');
      return () => {
        source.to.refresh(body);
        new ValueMover(factory, body, views, source.to).elements(type, 's', 't', 'count');
        return undefined;
      };
    },
    [loadingText(name), storingText(name)],
  );
  return source.emitted();
}
