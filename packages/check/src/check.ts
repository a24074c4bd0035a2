import { nearest, type Span } from '@wit-ts/diagnostics';
import {
  compatibleKeys,
  mismatches,
  mismatchTexts,
  pathTexts,
  qualifiedName,
  type Mismatch,
  type PathStep,
  type Unexpressed,
  type World,
  type WorldItem,
  featureOf,
  helpFor,
  type HelpContext,
  summaryOf,
  WorldLookup,
  MOST_SUGGESTED,
} from '@wit-ts/model';
import { AffectedFunctions } from './affected-functions.ts';
import { namedNodes, targetNodes } from './path-nodes.ts';
import type { Reason, Report } from './report.ts';

/** A component, given as its world. */
export interface CheckedComponent {
  readonly world: World;
  /** The component's imports and exports that WIT cannot express, as `componentWorld` returns them. */
  readonly unexpressed?: readonly Unexpressed[];
}

/** A world that a component should satisfy. */
export interface CheckedTarget {
  readonly world: World;
  /** The position of a part of the world in its source, as `load` of `@wit-ts/wit` returns it. */
  readonly spanOf?: (part: object) => Span | undefined;
  /**
   * The same world with all features enabled, so that a report can distinguish an item behind a feature from one that
   * does not exist.
   */
  readonly gated?: CheckedTarget | undefined;
}

/**
 * Checks whether a component satisfies ("targets") a world, and reports every reason why not (`Explainer.md`, "Type
 * Definitions"; `mismatches` of `@wit-ts/model` has the rules). A world that was written in WIT may take the place of a
 * component.
 *
 * @param component the world of a component, as decoded from it
 * @param target the world that it should satisfy
 */
export function check(component: CheckedComponent, target: CheckedTarget): Report {
  const { gated, world } = target;
  const context: HelpContext = {
    component: new WorldLookup(component.world),
    target: new WorldLookup(world),
    gated: gated && new WorldLookup(gated.world),
    nearest,
  };
  const affected = new AffectedFunctions(context.component);
  const found = [...unexpressedImports(component, context.target), ...mismatches(component.world, world)];
  // Imports come first: without them nothing can be instantiated at all.
  const sorted = found.toSorted((a, b) => rank(a) - rank(b));
  const brief: HelpContext = { ...context, isBrief: true };
  const reasons = sorted.map((mismatch, index) => {
    const reason =
      index < MOST_SUGGESTED ? reasonOf(mismatch, context) : reasonOf(withoutCandidates(mismatch), brief);
    return { ...reason, ...spansOf(mismatch, target, context), ...affected.by(mismatch) };
  });
  return {
    world: nameOfWorld(world),
    satisfied: reasons.length === 0,
    reasons,
    unusedImports: without(world.imports, component.world.imports),
    extraExports: [...without(component.world.exports, world.exports), ...unexpressedExports(component)],
  };
}

/** A world is written in WIT, so it never offers what WIT cannot express. */
function unexpressedImports({ unexpressed = [] }: CheckedComponent, target: WorldLookup): Mismatch[] {
  return unexpressed
    .filter(({ side }) => side === 'import')
    .map(({ path: [first = '', ...inner], sort }) => {
      const expected = target.item('import', first);
      const path: PathStep[] = [
        { segment: { tag: 'import', name: first }, ...(expected === undefined ? {} : { expected }) },
        ...inner.map((name): PathStep => ({ segment: { tag: 'unexpressed', sort, name } })),
      ];
      const missing = { tag: 'unexpressed', sort } as const;
      return { code: 'import-not-offered', side: 'import', path, missing, candidates: [] };
    });
}

function unexpressedExports({ unexpressed = [] }: CheckedComponent): string[] {
  return unexpressed
    .filter(({ side, path }) => side === 'export' && path.length === 1)
    .map(({ path }) => path.join(' '));
}

/** The full name of a world; its plain name if it belongs to no package. */
function nameOfWorld(world: World): string {
  return world.package === undefined ? world.name : qualifiedName(world.package.name, world.name);
}

function rank({ side }: Mismatch): number {
  return side === 'import' ? 0 : 1;
}

function withoutCandidates(mismatch: Mismatch): Mismatch {
  return 'candidates' in mismatch ? { ...mismatch, candidates: [] } : mismatch;
}

function reasonOf(mismatch: Mismatch, context: HelpContext): Reason {
  const { code, side, path } = mismatch;
  const summary = summaryOf(mismatch);
  const feature = featureOf(mismatch, context);
  return {
    code,
    severity: 'error',
    message: `${pathTexts(path).join(' › ')}: ${summary}`,
    summary,
    side,
    path: path.map(({ segment }) => segment),
    ...mismatchTexts(mismatch),
    ...(feature === undefined ? {} : { feature }),
    help: helpFor(mismatch, context),
  };
}

/** The position in the world, and in the world with all features on if a feature is involved. */
function spansOf(
  mismatch: Mismatch,
  { world, spanOf, gated }: CheckedTarget,
  context: HelpContext,
): Pick<Reason, 'span' | 'related'> {
  const span = innermostSpan(targetNodes(world, mismatch.path), spanOf);
  const feature = featureOf(mismatch, context);
  const gatedSpan =
    feature === undefined || context.gated === undefined
      ? undefined
      : innermostSpan(namedNodes(context.gated, mismatch.path), gated?.spanOf);
  const message = `gated by the feature \`${feature}\``;
  return {
    ...(span === undefined ? {} : { span }),
    ...(gatedSpan === undefined ? {} : { related: [{ message, span: gatedSpan }] }),
  };
}

function innermostSpan(nodes: readonly object[], spanOf: CheckedTarget['spanOf']): Span | undefined {
  if (spanOf === undefined) return undefined;
  return nodes.reduceRight<Span | undefined>((span, node) => span ?? spanOf(node), undefined);
}

/** The keys of items, types aside, that have no partner among others. */
function without(items: ReadonlyMap<string, WorldItem>, others: ReadonlyMap<string, WorldItem>): string[] {
  const keyFor = compatibleKeys(items);
  const partners = new Set([...others.keys()].map(keyFor));
  return [...items].filter(([key, item]) => item.tag !== 'type' && !partners.has(key)).map(([key]) => key);
}

/**
 * Returns whether a feature may hide what the world lacks. If so, check again with `CheckedTarget.gated`, which costs
 * another resolution of the world.
 */
export function mayDependOnFeature({ side, code }: Reason): boolean {
  return side === 'import' && ['import-not-offered', 'function-missing', 'type-missing'].includes(code);
}
