import type { Span } from '@wit-ts/diagnostics';
import {
  compatibleKey,
  mismatches,
  qualifiedName,
  type Mismatch,
  type World,
  type WorldItem,
} from '@wit-ts/model';
import { Affected } from './affects.ts';
import { helpFor } from './help.ts';
import type { Reason, Report } from './report.ts';
import { summaryOf } from './summary.ts';

export interface Checked {
  readonly world: World;
}

export interface CheckedTarget extends Checked {
  /** Where a part of the world stands in its source, for those worlds that have one. */
  readonly locate?: (mismatch: Mismatch) => Span | undefined;
}

/**
 * Whether a component satisfies ("targets") a world, with every reason why not in words (`Explainer.md`, "Type
 * Definitions"; `mismatches` of `@wit-ts/model` has the rules).
 *
 * @param component the world of a component, as decoded from it
 * @param target the world that it should satisfy
 */
export function check(component: Checked, target: CheckedTarget): Report {
  const affected = new Affected(component.world);
  const reasons = mismatches(component.world, target.world).map((mismatch) =>
    reasonOf(mismatch, affected.by(mismatch), target.locate?.(mismatch)),
  );
  const { world } = target;
  return {
    world: world.package === undefined ? world.name : qualifiedName(world.package.name, world.name),
    satisfied: reasons.length === 0,
    reasons,
    unusedImports: without(world.imports, component.world.imports),
    extraExports: without(component.world.exports, world.exports),
  };
}

function reasonOf(mismatch: Mismatch, affects: readonly string[], span: Span | undefined): Reason {
  const { code, side, path, expected, found } = mismatch;
  const summary = summaryOf(mismatch);
  const help = helpFor(mismatch);
  return {
    code,
    severity: 'error',
    message: `${path.join(' › ')}: ${summary}`,
    summary,
    side,
    path,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(affects.length === 0 ? {} : { affects }),
    ...(help === undefined ? {} : { help }),
    ...(span === undefined ? {} : { span }),
  };
}

/** The keys of items, types aside, that have no partner among others. */
function without(items: ReadonlyMap<string, WorldItem>, others: ReadonlyMap<string, WorldItem>): string[] {
  const partners = new Set([...others.keys()].map((key) => compatibleKey(items, key)));
  return [...items].filter(([key, item]) => item.tag !== 'type' && !partners.has(key)).map(([key]) => key);
}
