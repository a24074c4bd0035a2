import type { Span } from '@wit-ts/diagnostics';
import { packageNameText } from '@wit-ts/model';
import { depthFirstOrder, type WalkStep } from './depth-first-order.ts';
import { mentions } from './mentions.ts';
import { relatedAt, type Resolution } from './resolution.ts';
import { toPackageName, type SourcePackage } from './source-packages.ts';
import { comparePackageNames } from './version-order.ts';

/** A mention of another package. */
interface PackageNeed {
  readonly to: SourcePackage | undefined;
  readonly name: string;
  readonly span: Span;
}

/**
 * Returns the packages in the order in which to resolve them: by name, but each after its dependencies. Reports
 * cycles; a package that mentions itself by its full name is one too.
 */
export function orderPackages(
  sourcePackages: readonly SourcePackage[],
  resolution: Resolution,
): SourcePackage[] {
  const byName = new Map(
    sourcePackages.map((sourcePackage) => [packageNameText(sourcePackage.name), sourcePackage]),
  );
  const needsOf = (sourcePackage: SourcePackage): PackageNeed[] =>
    [...foreignPackages(sourcePackage)].map(([name, span]) => ({ to: byName.get(name), name, span }));
  const sorted = [...sourcePackages].sort((a, b) => comparePackageNames(a.name, b.name));
  return depthFirstOrder(sorted, needsOf, (cycle) => reportCycle(cycle, resolution));
}

/** Returns the packages that a source package mentions, with the position of the first mention of each. */
export function foreignPackages(sourcePackage: SourcePackage): Map<string, Span> {
  const found = new Map<string, Span>();
  for (const { path } of sourcePackage.files.flatMap(mentions)) {
    if (path.package === undefined) continue;
    const name = packageNameText(toPackageName(path.package));
    if (!found.has(name)) found.set(name, path.package.span);
  }
  return found;
}

function reportCycle(cycle: readonly WalkStep<SourcePackage, PackageNeed>[], resolution: Resolution): void {
  const [first, ...others] = cycle;
  const { name: target, span } = first!.need;
  if (others.length === 0) {
    resolution.error('package-cycle', span, `package \`${target}\` mentions itself by its full name`, {
      help: 'write only the name of the interface',
    });
    return;
  }
  resolution.error('package-cycle', span, `package \`${target}\` depends on itself`, {
    related: others.flatMap(({ node, need }) =>
      relatedAt(`\`${packageNameText(node.name)}\` depends on \`${need.name}\``, need.span),
    ),
    help: 'move the interfaces that they share into another package',
  });
}
