import type { Span } from '@wit-ts/diagnostics';
import { packageNameText } from '@wit-ts/model';
import { mentions } from './mentions.ts';
import { relatedAt, type Resolution } from './resolution.ts';
import { toPackageName, type SourcePackage } from './source-packages.ts';
import { comparePackageNames } from './version-order.ts';

interface Visit {
  readonly name: string;
  readonly sourcePackage: SourcePackage;
  readonly needs: readonly (readonly [string, Span])[];
  next: number;
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
  const done = new Set<string>();
  const order: SourcePackage[] = [];
  for (const sourcePackage of [...sourcePackages].sort((a, b) => comparePackageNames(a.name, b.name))) {
    const name = packageNameText(sourcePackage.name);
    if (done.has(name)) continue;
    const stack = [visit(name, sourcePackage)];
    const open = new Set([name]);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const need = top.needs[top.next];
      top.next += 1;
      if (need === undefined) {
        stack.pop();
        open.delete(top.name);
        done.add(top.name);
        order.push(top.sourcePackage);
        continue;
      }
      const [dependency] = need;
      const target = byName.get(dependency);
      if (target === undefined || done.has(dependency)) continue;
      if (open.has(dependency)) {
        reportCycle(stack.slice(stack.findIndex((step) => step.name === dependency)), resolution);
        continue;
      }
      open.add(dependency);
      stack.push(visit(dependency, target));
    }
  }
  return order;
}

function visit(name: string, sourcePackage: SourcePackage): Visit {
  return { name, sourcePackage, needs: [...foreignPackages(sourcePackage)], next: 0 };
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

function reportCycle(cycle: readonly Visit[], resolution: Resolution): void {
  const steps = cycle.map(({ name, needs, next }) => ({ name, need: needs[next - 1]! }));
  const [first, ...others] = steps;
  const [target, span] = first!.need;
  if (others.length === 0) {
    resolution.error('package-cycle', span, `package \`${target}\` mentions itself by its full name`, {
      help: 'write only the name of the interface',
    });
    return;
  }
  resolution.error('package-cycle', span, `package \`${target}\` depends on itself`, {
    related: others.flatMap(({ name, need }) => relatedAt(`\`${name}\` depends on \`${need[0]}\``, need[1])),
    help: 'move the interfaces that they share into another package',
  });
}
