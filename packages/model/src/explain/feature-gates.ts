import { type Mismatch } from '../mismatch.ts';
import { type Stability, type WorldItem } from '../types.ts';
import { memberAt, type ItemMember, type WorldLookup } from './world-lookup.ts';

interface Worlds {
  readonly target: WorldLookup;
  /** The target with all features on. */
  readonly gated: WorldLookup | undefined;
}

/** What to do when a feature decides whether something is there. */
export function gateHelp(mismatch: Mismatch, worlds: Worlds): string | undefined {
  const feature = featureOf(mismatch, worlds);
  if (feature === undefined) return undefined;
  return mismatch.side === 'import'
    ? `the world has it when the feature \`${feature}\` is on: switch it on with \`--features ${feature}\``
    : `the world requires it because the feature \`${feature}\` is on: check without that feature, or export it`;
}

/**
 * Returns the feature that would add the item that the world lacks, or because of which the world requires an item that
 * the component lacks.
 */
export function featureOf({ side, path }: Mismatch, { target, gated }: Worlds): string | undefined {
  const item = (side === 'import' ? gated : target)?.itemAt(path[0]?.segment);
  if (item === undefined) return undefined;
  const segment = path[1]?.segment;
  const member = segment === undefined ? undefined : memberAt(item, segment);
  if (segment !== undefined && member === undefined) return undefined;
  const gates = [member && memberStability(member), ...stabilities(item)];
  const unstable = gates.find((gate) => gate?.tag === 'unstable');
  return unstable?.tag === 'unstable' ? unstable.feature : undefined;
}

/** Returns the gates of a function or type, if it has any. */
export function memberStability(member: ItemMember): Stability | undefined {
  return member.tag === 'function' ? member.function.stability : member.type.stability;
}

function stabilities(item: WorldItem): (Stability | undefined)[] {
  return item.tag === 'interface' ? [item.stability, item.interface.stability] : [memberStability(item)];
}
