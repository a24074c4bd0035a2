import type { Declaration, Definition } from '../ast.ts';
import type { IndexSpaces } from '../elaborate/index-spaces.ts';
import { withArticle } from '../with-article.ts';
import { ResourceNames } from './annotated-names.ts';
import { CoreSpaces } from './core-spaces.ts';
import { UniqueNames } from './names.ts';
import { Visibility } from './visibility.ts';

/** A component, component type or instance type that is being validated: its index spaces, names and visible types. */
export class CheckedScope {
  readonly spaces: IndexSpaces;
  readonly core = new CoreSpaces();
  readonly importNames = new UniqueNames('import');
  readonly exportNames = new UniqueNames('export');
  readonly importedResources = new ResourceNames();
  readonly exportedResources = new ResourceNames();
  readonly visibility = new Visibility();
  /** The values that have been used. Each must be used once. */
  readonly consumed = new Set<number>();

  constructor(spaces: IndexSpaces) {
    this.spaces = spaces;
  }
}

/** Returns the name of the definition that is evaluated next, for the path of a finding. */
export function label({ spaces, core }: CheckedScope, definition: Definition | Declaration): string {
  switch (definition.tag) {
    case 'core-module':
      return `core module ${spaces.count('core module')}`;
    case 'core-instance':
      return `core instance ${core.instances.length}`;
    case 'core-type':
      return `core type ${spaces.coreTypes.length}`;
    case 'component':
      return `component ${spaces.count('component')}`;
    case 'instance':
      return `instance ${spaces.count('instance')}`;
    case 'type':
      return `type ${spaces.count('type')}`;
    case 'canon':
      return definition.canon.tag === 'lift'
        ? `func ${spaces.count('func')}`
        : `core func ${core.func.length}`;
    case 'import':
    case 'export':
      return `${definition.tag} \`${definition.name.name}\``;
    case 'alias':
      return `alias of ${withArticle(definition.alias.tag === 'core-export' ? `core ${definition.alias.sort}` : definition.alias.sort)}`;
    default:
      return definition.tag;
  }
}
