import type { Declaration, Definition } from '../ast.ts';
import type { Scope } from '../elaborate/scope.ts';
import { a } from '../words.ts';
import { ResourceNames } from './annotated-names.ts';
import { CoreSpaces } from './core-spaces.ts';
import { UniqueNames } from './names.ts';
import { Visibility } from './visibility.ts';

/** A scope that is being checked, and what is known of it besides its index spaces. */
export class Place {
  readonly scope: Scope;
  readonly core = new CoreSpaces();
  readonly importNames = new UniqueNames('import');
  readonly exportNames = new UniqueNames('export');
  readonly importedResources = new ResourceNames();
  readonly exportedResources = new ResourceNames();
  readonly visibility = new Visibility();
  /** Values that have been used: each is to be used once. */
  readonly consumed = new Set<number>();

  constructor(scope: Scope) {
    this.scope = scope;
  }
}

/** How a definition that is about to be evaluated is called in the path of a finding. */
export function label({ scope, core }: Place, definition: Definition | Declaration): string {
  switch (definition.tag) {
    case 'core-module':
      return `core module ${scope.modules.length}`;
    case 'core-instance':
      return `core instance ${core.instances.length}`;
    case 'core-type':
      return `core type ${scope.coreTypes.length}`;
    case 'component':
      return `component ${scope.components.length}`;
    case 'instance':
      return `instance ${scope.instances.length}`;
    case 'type':
      return `type ${scope.types.length}`;
    case 'canon':
      return definition.canon.tag === 'lift' ? `func ${scope.funcs.length}` : `core func ${core.func.length}`;
    case 'import':
    case 'export':
      return `${definition.tag} \`${definition.name.name}\``;
    case 'alias':
      return `alias of ${a(definition.alias.tag === 'core-export' ? `core ${definition.alias.sort}` : definition.alias.sort)}`;
    default:
      return definition.tag;
  }
}
