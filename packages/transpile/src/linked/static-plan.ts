import type { Component } from '@wit-ts/component';
import { plan, type Plan } from '@wit-ts/plan';
import type { LinkedComponent } from './link-components.ts';

/** The plan of a component, as its static module is printed from it. */
interface StaticPlan {
  /** The plan in which the components that are given are inlined. */
  readonly plan: Plan;
  /** Present for a component that is linked again when its module runs. */
  readonly open?: LinkedComponent;
}

/**
 * Plans a component with the components that are given for its imports.
 *
 * @param isRewritten whether core modules are rewritten for limits
 * @throws LinkError when a component that is given has another type than its import
 * @throws TypeError when one is given for an import that does not exist
 */
export async function staticPlan(
  bytes: Uint8Array,
  component: Component,
  components: Readonly<Record<string, Uint8Array>> = {},
  isRewritten = false,
): Promise<StaticPlan> {
  const flat = plan(component);
  if (flat.higherOrder !== true && Object.keys(components).length === 0) return { plan: flat };
  // The code for this contains most of the runtime.
  const { linkComponents } = await import('./link-components.ts');
  const linked = linkComponents(bytes, components, isRewritten);
  return { plan: linked.plan, ...(linked.isOpen && { open: linked }) };
}
