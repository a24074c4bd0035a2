import { checkedChoices, choicesFor, type MappingChoices, otherChoices } from '@wit-ts/mapping';
import { Component } from '../compiled-component.ts';
import type { OptionalParts } from '../optional-parts.ts';
import { codeOf } from './mapped-code.ts';
import { withOwnNames } from './own-names.ts';

/** The components under other choices, by the component under the default ones, and by the choices. */
const known = new WeakMap<Component, Map<string, Component>>();

/**
 * Returns a component whose instances have their names and values under choices of the mapping.
 *
 * @param given the option `mapping`
 * @throws TypeError when the option is not one
 */
export function mapped(component: Component, given: unknown): Component {
  // With every choice in it, so that what all objects inherit chooses nothing.
  const mapping = checkedChoices(given, 'options.mapping');
  if (otherChoices(mapping) === undefined || component.mapping !== undefined) return component;
  const key = JSON.stringify(mapping);
  let variants = known.get(component);
  if (variants === undefined) known.set(component, (variants = new Map()));
  let variant = variants.get(key);
  if (variant === undefined) variants.set(key, (variant = new MappedComponent(component, mapping)));
  return variant;
}

/** A component with the core modules of another one, and other names and values. */
class MappedComponent extends Component {
  override readonly compiled: Component['compiled'];

  constructor(component: Component, mapping: MappingChoices) {
    const { engine, plan, parts, linking, compiled } = component;
    super({
      ...component,
      plan: withOwnNames(plan, mapping),
      parts: withOwnValues(parts, mapping),
      link: linking && (() => linking),
      mapping,
      code: codeOf({ engine, parts, mapping }),
    });
    this.compiled = compiled;
  }
}

/** Returns parts whose functions that are passed on hold values to the choices. */
function withOwnValues(parts: OptionalParts, choices: MappingChoices): OptionalParts {
  const { calls } = parts;
  if (calls === undefined) return parts;
  const passedOn: (typeof calls)['passedOn'] = (type, name, call, resourceTypes) =>
    calls.passedOn(type, name, call, resourceTypes, choicesFor(name, choices));
  return { ...parts, calls: { ...calls, passedOn } };
}
