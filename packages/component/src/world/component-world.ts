import type { PackageName, Resolve, Unexpressed, World } from '@wit-ts/model';
import type { Component } from '../ast.ts';
import { DecodeError } from '../decode-error.ts';
import { EvaluationContext } from '../elaborate/evaluation-context.ts';
import { evaluateDefinition } from '../elaborate/evaluate.ts';
import { instantiateAsDeclared } from '../elaborate/as-declared.ts';
import { rareEvaluation } from '../elaborate/rare-evaluation.ts';
import { textsWithSuggestions } from '../elaborate/suggestions.ts';
import { IndexSpaces } from '../elaborate/index-spaces.ts';
import { Builder } from './builder.ts';
import { PackageDocs } from './package-docs.ts';
import { unexpressed } from './unexpressed.ts';
import type { UnwritableName } from './unwritable-names.ts';

const ROOT: PackageName = { namespace: 'root', name: 'component' };

/**
 * Returns the world that a component imports and exports. A binary does not keep the world's name, so it is `root` in
 * the package `root:component`; interfaces have their own names and packages. One interface that is imported and
 * exported
 * is one object. If the two differ, `only` of the items
 * says which part each of them has. Imports and exports of core modules, components and values are left out, because
 * WIT cannot express them.
 *
 * The component is not validated.
 *
 * @throws DecodeError when a definition is faulty, or WIT cannot express a type
 */
export function componentWorld(component: Component): {
  resolve: Resolve;
  world: World;
  /** The imports and exports that are left out. */
  unexpressed: readonly Unexpressed[];
  /** The names of the world that WIT cannot write. Printed as WIT, such a name could forge other items. */
  unwritable: readonly UnwritableName[];
} {
  const spaces = evaluateComponent(component);
  const builder = new Builder(component.offset, new Map([['root:component', PackageDocs.of(component)]]));
  const world = builder.world(
    'root',
    builder.package(ROOT),
    spaces.imports.values(),
    spaces.exports.values(),
  );
  builder.markParts(world);
  const left = [
    ...unexpressed('import', spaces.imports.values()),
    ...unexpressed('export', spaces.exports.values()),
  ];
  return { resolve: builder.resolve(), world, unexpressed: left, unwritable: builder.types.unwritable.all };
}

/** Evaluates the definitions of a component, which must be valid. */
export function evaluateComponent(component: Component): IndexSpaces {
  const spaces = new IndexSpaces('component', undefined);
  evaluating((context) => {
    for (const definition of component.definitions) evaluateDefinition(context, spaces, definition);
  });
  return spaces;
}

/** Runs an evaluation that ends at the first fault. */
export function evaluating(run: (context: EvaluationContext) => void): void {
  const context = new EvaluationContext({
    texts: textsWithSuggestions(),
    report: (_code, message, offset) => {
      throw new DecodeError(message, offset);
    },
    instantiate: instantiateAsDeclared,
    rare: rareEvaluation,
  });
  run(context);
}
