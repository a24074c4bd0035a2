import type { Span } from '@wit-ts/diagnostics';
import {
  compatibleKeys,
  mismatches,
  qualifiedName,
  type Mismatch,
  type Side,
  type World,
  type WorldItem,
} from '@wit-ts/model';
import { Affected } from './affects.ts';
import { featureOf } from './gates.ts';
import { type HelpContext, helpFor } from './help.ts';
import { nodesAt } from './node-at.ts';
import type { Reason, Report } from './report.ts';
import { Serving } from './serving.ts';
import { summaryOf } from './summary.ts';

export interface Checked {
  readonly world: World;
  /** Of a component: what it imports and exports that WIT has no form for, as `componentWorld` gives it. */
  readonly unexpressed?: readonly Unexpressed[];
}

/** An import or export of a core module, a component or a value, or of an instance that has one. */
export interface Unexpressed {
  readonly side: Side;
  readonly path: readonly string[];
  readonly sort: string;
}

export interface CheckedTarget extends Checked {
  /** Where a part of the world stands in its source, as `load` of `@wit-ts/wit` gives it. */
  readonly spanOf?: (part: object) => Span | undefined;
  /** The same world with all features on: what of it a feature hides can then be told from what is not there. */
  readonly gated?: CheckedTarget | undefined;
}

/**
 * Whether a component satisfies ("targets") a world, with every reason why not in words (`Explainer.md`, "Type
 * Definitions"; `mismatches` of `@wit-ts/model` has the rules). A world of WIT may stand in for a component.
 *
 * @param component the world of a component, as decoded from it
 * @param target the world that it should satisfy
 */
export function check(component: Checked, target: CheckedTarget): Report {
  const { gated } = target;
  const context: HelpContext = {
    component: new Serving(component.world),
    target: new Serving(target.world),
    gated: gated && new Serving(gated.world),
  };
  const affected = new Affected(context.component);
  // What is imported comes first: without it nothing can be instantiated at all.
  const found = [...beyondWit(component), ...mismatches(component.world, target.world)].toSorted(
    (a, b) => rank(a) - rank(b),
  );
  const reasons = found.map((mismatch, index) => {
    const near = index < MAX_COMPARED ? mismatch : { ...mismatch, candidates: [] };
    return { ...reasonOf(near, context), ...placesOf(mismatch, target, context), ...affected.by(mismatch) };
  });
  const { world } = target;
  return {
    world: nameOfWorld(world),
    satisfied: reasons.length === 0,
    reasons,
    unusedImports: without(world.imports, component.world.imports),
    extraExports: [...without(component.world.exports, world.exports), ...exportsBeyondWit(component)],
  };
}

/** A world is written in WIT, so that it never imports what WIT has no form for. */
function beyondWit({ unexpressed = [] }: Checked): Mismatch[] {
  return unexpressed
    .filter(({ side }) => side === 'import')
    .map(({ path, sort }) => ({
      code: 'import-not-offered',
      side: 'import',
      path: path.map((name, i) => (i === 0 ? `import ${name}` : `${sort} ${name}`)),
      found: sort,
    }));
}

function exportsBeyondWit({ unexpressed = [] }: Checked): string[] {
  return unexpressed
    .filter(({ side, path }) => side === 'export' && path.length === 1)
    .map(({ path }) => path.join(' '));
}

/** Its full name, where it has one. */
export function nameOfWorld(world: World): string {
  return world.package === undefined ? world.name : qualifiedName(world.package.name, world.name);
}

function rank({ side }: Mismatch): number {
  return side === 'import' ? 0 : 1;
}

/** Reasons for which similar names are looked for, which is not cheap; nobody reads hundreds. */
const MAX_COMPARED = 200;

function reasonOf(mismatch: Mismatch, context: HelpContext): Reason {
  const { code, side, path, expected, found } = mismatch;
  const summary = summaryOf(mismatch);
  const feature = featureOf(mismatch, context);
  return {
    code,
    severity: 'error',
    message: `${path.join(' › ')}: ${summary}`,
    summary,
    side,
    path,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(feature === undefined ? {} : { feature }),
    help: helpFor(mismatch, context),
  };
}

/** Where the world says so, and where it would if the feature were on. */
function placesOf(
  mismatch: Mismatch,
  { spanOf, gated }: CheckedTarget,
  context: HelpContext,
): Pick<Reason, 'span' | 'related'> {
  const span = spanAt(context.target, spanOf, mismatch);
  const feature = featureOf(mismatch, context);
  const there = feature === undefined ? undefined : spanAt(context.gated, gated?.spanOf, mismatch);
  const message = `gated by the feature \`${feature}\``;
  return {
    ...(span === undefined ? {} : { span }),
    ...(there === undefined ? {} : { related: [{ message, span: there }] }),
  };
}

/** The innermost part of the world on the way to the mismatch that has a place in a source. */
function spanAt(
  world: Serving | undefined,
  spanOf: CheckedTarget['spanOf'],
  mismatch: Mismatch,
): Span | undefined {
  if (world === undefined || spanOf === undefined) return undefined;
  return nodesAt(world, mismatch).reduceRight<Span | undefined>(
    (span, node) => span ?? spanOf(node),
    undefined,
  );
}

/** The keys of items, types aside, that have no partner among others. */
function without(items: ReadonlyMap<string, WorldItem>, others: ReadonlyMap<string, WorldItem>): string[] {
  const serving = compatibleKeys(items);
  const partners = new Set([...others.keys()].map(serving));
  return [...items].filter(([key, item]) => item.tag !== 'type' && !partners.has(key)).map(([key]) => key);
}
