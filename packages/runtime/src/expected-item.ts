import type { ImportSite } from '@wit-ts/mapping';
import { funcTypeText } from '@wit-ts/model';
import type { PlanImport } from '@wit-ts/plan';

/** Describes what a component expects for an import: `a function (func(req: string) -> string)`. */
export function expectedItem({ item }: PlanImport, site: ImportSite, imports: readonly PlanImport[]): string {
  switch (item.tag) {
    case 'func':
      return expectedFunction(site, funcTypeText(item.type));
    case 'resource':
      return 'a class';
    case 'resource-alias':
      return `the class that ${imports[item.of]!.path.join(' › ')} is`;
    case 'instance':
      return 'an object';
    case 'component':
      return 'a component';
    default:
      return 'a WebAssembly.Module';
  }
}

function expectedFunction({ style, keys: [key], classKeys: [className] }: ImportSite, type: string): string {
  switch (style) {
    case 'constructor':
      return `a class ${className} (${type})`;
    case 'method':
      return `a class ${className} whose objects have the method ${key} (${type})`;
    case 'static':
      return `a class ${className} with the static function ${key} (${type})`;
    default:
      return `a function (${type})`;
  }
}
