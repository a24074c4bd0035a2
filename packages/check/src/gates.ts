import { functionsOf, type Mismatch, type Stability, typesOf, type WorldItem } from '@wit-ts/model';
import type { Serving } from './serving.ts';
import { memberKey, nameOf } from './summary.ts';

interface Gated {
  readonly target: Serving;
  readonly gated: Serving | undefined;
}

/** What to do where a feature decides whether something is there. */
export function gateHelp(mismatch: Mismatch, context: Gated): string | undefined {
  const feature = featureOf(mismatch, context);
  if (feature === undefined) return undefined;
  return mismatch.side === 'import'
    ? `the world has it with the feature \`${feature}\`: switch it on with \`--features ${feature}\``
    : `the world asks for it because the feature \`${feature}\` is on: check without that feature, or export it`;
}

/** The feature that would give the world what it lacks, or without which it would not ask for what the component lacks. */
export function featureOf(mismatch: Mismatch, { target, gated }: Gated): string | undefined {
  const { side, path } = mismatch;
  const item = (side === 'import' ? gated : target)?.item(side, nameOf(path[0] ?? ''));
  if (item === undefined) return undefined;
  const member = path[1] === undefined ? undefined : memberKey(path[1]);
  const inner =
    member === undefined ? undefined : (functionsOf(item).get(member) ?? typesOf(item).get(member));
  if (member !== undefined && inner === undefined) return undefined;
  const gates = [inner?.stability, ...stabilities(item)];
  const unstable = gates.find((gate) => gate?.tag === 'unstable');
  return unstable?.tag === 'unstable' ? unstable.feature : undefined;
}

function stabilities(item: WorldItem): (Stability | undefined)[] {
  switch (item.tag) {
    case 'interface':
      return [item.stability, item.interface.stability];
    case 'function':
      return [item.function.stability];
    case 'type':
      return [item.type.stability];
  }
}
