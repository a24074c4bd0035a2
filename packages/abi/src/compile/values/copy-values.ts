import type { CopySpec } from '../../value-engine.ts';
import { loadingText, storingText } from '../../values/passing-text.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { ValueChecker } from '../fuse/check-value.ts';
import { ValueMover } from '../fuse/move-value.ts';
import { type Memories, MoveSource } from './move-flat.ts';

/** Emits `ValueEngine.copy`: `load_list_from_valid_range` of one component, and storing into the memory of another. */
export function emitCopyValues({ type, name, from, to }: CopySpec, memories: Memories): EmittedFactory {
  const source = new MoveSource([type], from, to, memories);
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
