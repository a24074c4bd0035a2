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
import { nodesAt } from './node-at.ts';
import type { Reason, Report } from './report.ts';
import { summaryOf } from './summary.ts';

export interface Checked {
  readonly world: World;
}

export interface CheckedTarget extends Checked {
  /** Where a part of the world stands in its source, as `load` of `@wit-ts/wit` gives it. */
  readonly spanOf?: (part: object) => Span | undefined;
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
  // What is imported comes first: without it nothing can be instantiated at all.
  const found = mismatches(component.world, target.world).sort((a, b) => rank(a) - rank(b));
  const reasons = found.map((mismatch, index) => {
    const near = index < MAX_COMPARED ? mismatch : { ...mismatch, candidates: [] };
    return reasonOf(near, affected.by(mismatch), spanAt(target, mismatch));
  });
  const { world } = target;
  return {
    world: world.package === undefined ? world.name : qualifiedName(world.package.name, world.name),
    satisfied: reasons.length === 0,
    reasons,
    unusedImports: without(world.imports, component.world.imports),
    extraExports: without(component.world.exports, world.exports),
  };
}

function rank({ side }: Mismatch): number {
  return side === 'import' ? 0 : 1;
}

/** Reasons for which similar names are looked for, which is not cheap; nobody reads hundreds. */
const MAX_COMPARED = 200;

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

/** The innermost part of the world on the way to the mismatch that has a place in a source. */
function spanAt({ world, spanOf }: CheckedTarget, mismatch: Mismatch): Span | undefined {
  if (spanOf === undefined) return undefined;
  return nodesAt(world, mismatch).reduceRight<Span | undefined>(
    (span, node) => span ?? spanOf(node),
    undefined,
  );
}

/** The keys of items, types aside, that have no partner among others. */
function without(items: ReadonlyMap<string, WorldItem>, others: ReadonlyMap<string, WorldItem>): string[] {
  const partners = new Set([...others.keys()].map((key) => compatibleKey(items, key)));
  return [...items].filter(([key, item]) => item.tag !== 'type' && !partners.has(key)).map(([key]) => key);
}
