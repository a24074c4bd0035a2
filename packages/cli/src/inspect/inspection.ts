import { capabilitiesOf, type Capabilities } from '@wit-ts/check';
import { DecodeError, type Component } from '@wit-ts/component';
import { contentsOf, type ComponentContents } from '@wit-ts/component/inspect';
import { functionsOf, type WorldItem } from '@wit-ts/model';
import { plan, type Plan } from '@wit-ts/plan';
import type { ComponentInput } from '../read-input.ts';
import { concurrencyOf, type ConcurrencyUse } from './concurrency.ts';
import { functionUses, type FunctionUse } from './functions.ts';

/** The output of `wit-ts inspect --json`. Sizes are in bytes. */
export interface Inspection {
  readonly size: number;
  /** The component with the components nested in it. */
  readonly component: ComponentContents;
  /** Lifted and lowered functions with their canonical options; absent if the component cannot be instantiated. */
  readonly functions?: readonly FunctionUse[];
  /** String encodings of the lifted and lowered functions. */
  readonly stringEncodings: readonly string[];
  /** Whether a function is lifted or lowered with the option `async`. */
  readonly async: boolean;
  /** Absent if the component has no tasks, streams and futures, or cannot be instantiated. */
  readonly concurrency?: ConcurrencyUse;
  readonly imports: readonly ItemSummary[];
  readonly exports: readonly ItemSummary[];
  readonly capabilities: Capabilities;
}

export interface ItemSummary {
  readonly name: string;
  readonly kind: WorldItem['tag'];
  /** The number of functions; only for interfaces. */
  readonly functions?: number;
}

/** An inspection, and the plan that diagrams are drawn from. */
interface InspectedComponent {
  readonly inspection: Inspection;
  /** Absent if the component cannot be instantiated. */
  readonly plan?: Plan;
}

/** Collects what `inspect` shows. */
export function inspectComponent({
  bytes,
  component,
  world,
  unexpressed,
}: ComponentInput): InspectedComponent {
  const inlined = planOf(component);
  const functions = inlined && functionUses(inlined);
  const encodings = (functions ?? []).flatMap(({ stringEncoding }) => stringEncoding ?? []);
  const concurrency = inlined && concurrencyOf(inlined);
  const inspection: Inspection = {
    size: bytes.byteLength,
    component: contentsOf(component, bytes),
    ...(functions === undefined ? {} : { functions }),
    stringEncodings: [...new Set(encodings)].sort(),
    async: (functions ?? []).some(({ options }) => options.includes('async')),
    ...(concurrency === undefined ? {} : { concurrency }),
    imports: [...world.imports].map(([name, item]) => summaryOf(name, item)),
    exports: [...world.exports].map(([name, item]) => summaryOf(name, item)),
    capabilities: capabilitiesOf(world, unexpressed),
  };
  return { inspection, ...(inlined === undefined ? {} : { plan: inlined }) };
}

function planOf(component: Component): Plan | undefined {
  try {
    return plan(component);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function summaryOf(name: string, item: WorldItem): ItemSummary {
  if (item.tag !== 'interface') return { name, kind: item.tag };
  return { name, kind: item.tag, functions: functionsOf(item).size };
}
