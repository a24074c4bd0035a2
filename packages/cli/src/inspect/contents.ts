import type { Component } from '@wit-ts/component';
import type { World, WorldItem } from '@wit-ts/model';
import { capabilitiesOf, type Capability } from '@wit-ts/check';

/** What `wit-ts inspect --json` prints. Sizes are bytes. */
export interface Contents {
  readonly size: number;
  readonly coreModules: readonly { readonly offset: number; readonly size: number }[];
  /** Nested components, however deep. */
  readonly components: number;
  readonly coreInstances: number;
  readonly instances: number;
  readonly lifts: number;
  readonly lowers: number;
  /** Encodings of strings that lifts and lowers use. */
  readonly stringEncodings: readonly string[];
  /** Whether the component uses streams, futures or asynchronous functions. */
  readonly async: boolean;
  readonly imports: readonly ItemSummary[];
  readonly exports: readonly ItemSummary[];
  readonly capabilities: readonly Capability[];
  readonly customSections: readonly { readonly name: string; readonly size: number }[];
}

export interface ItemSummary {
  readonly name: string;
  readonly kind: WorldItem['tag'];
  /** How many functions an interface has. */
  readonly functions?: number;
}

/** Counts what is in a component and all components nested in it. */
export function contentsOf(bytes: Uint8Array, component: Component, world: World): Contents {
  const tally = new Tally();
  tally.add(component);
  return {
    size: bytes.byteLength,
    coreModules: tally.coreModules,
    components: tally.components,
    coreInstances: tally.coreInstances,
    instances: tally.instances,
    lifts: tally.lifts,
    lowers: tally.lowers,
    stringEncodings: [...tally.encodings].sort(),
    async: tally.async,
    imports: [...world.imports].map(([name, item]) => summaryOf(name, item)),
    exports: [...world.exports].map(([name, item]) => summaryOf(name, item)),
    capabilities: capabilitiesOf(world).asks,
    customSections: component.customSections.map(({ name, bytes: { byteLength } }) => ({
      name,
      size: byteLength,
    })),
  };
}

function summaryOf(name: string, item: WorldItem): ItemSummary {
  if (item.tag !== 'interface') return { name, kind: item.tag };
  return { name, kind: item.tag, functions: item.interface.functions.size };
}

class Tally {
  readonly coreModules: { offset: number; size: number }[] = [];
  readonly encodings = new Set<string>();
  components = 0;
  coreInstances = 0;
  instances = 0;
  lifts = 0;
  lowers = 0;
  async = false;

  add(root: Component): void {
    // Components may nest as deep as the binary allows, so no recursion.
    const left = [root];
    for (let component = left.pop(); component !== undefined; component = left.pop()) {
      for (const definition of component.definitions) {
        if (definition.tag === 'component') {
          this.components += 1;
          left.push(definition.component);
        } else this.#count(definition);
      }
    }
    this.coreModules.sort((a, b) => a.offset - b.offset);
  }

  #count(definition: Component['definitions'][number]): void {
    switch (definition.tag) {
      case 'core-module':
        this.coreModules.push({ offset: definition.offset, size: definition.bytes.byteLength });
        break;
      case 'core-instance':
        this.coreInstances += 1;
        break;
      case 'instance':
        this.instances += 1;
        break;
      case 'type':
        if (definition.type.tag === 'func' && definition.type.async) this.async = true;
        if (definition.type.tag === 'stream' || definition.type.tag === 'future') this.async = true;
        break;
      case 'canon':
        this.#canon(definition.canon);
        break;
      default:
    }
  }

  #canon(canon: Extract<Component['definitions'][number], { tag: 'canon' }>['canon']): void {
    if (canon.tag === 'lift') this.lifts += 1;
    if (canon.tag === 'lower') this.lowers += 1;
    if (!('options' in canon)) return;
    // Without a memory no string can pass, and the encoding is only the default.
    if (canon.options.memory !== undefined) this.encodings.add(canon.options.stringEncoding);
    if (canon.options.async) this.async = true;
  }
}
