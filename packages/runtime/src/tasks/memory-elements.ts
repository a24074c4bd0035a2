import type { CopyValues, LoadValues, PreparedValues, StoreValues, ValuesParty } from '@wit-ts/abi';
import type { ElementCodec } from '@wit-ts/concurrency';
import type { Type } from '@wit-ts/model';
import { elementLayout } from '@wit-ts/model/layout';
import type { PlanOptions } from '@wit-ts/plan';
import type { ElementPlace } from '../instance-code.ts';
import type { KnownCopyType } from './copy-types.ts';
import type { TaskParty, TaskValues } from './values.ts';

/** How the elements of a stream or future pass in the memory of an instance; nothing when it has no elements. */
export function elementsOfBuiltin(
  values: TaskValues,
  { payload }: KnownCopyType,
  options: PlanOptions,
  party: TaskParty,
  name: string,
): ElementCodec | undefined {
  return payload === undefined ? undefined : new MemoryElements(values, payload, options, party, name);
}

/** Where the elements of a stream or future are, and whose they are. */
interface PlacedElements {
  readonly place: ElementPlace;
  readonly party: TaskParty;
}

/** The elements of a stream or future in the memory of one instance. */
class MemoryElements implements ElementCodec {
  readonly size: number;
  readonly alignment: number;
  readonly memory: WebAssembly.Memory;
  readonly #values: TaskValues;
  readonly #placed: PlacedElements;
  readonly #copies = new Map<ElementCodec, CopyValues>();
  /** Where elements were copied to last, and by what. */
  #lastTarget: ElementCodec | undefined;
  #lastCopy: CopyValues | undefined;
  #load: LoadValues | undefined;
  #store: StoreValues | undefined;

  constructor(values: TaskValues, type: Type, planOptions: PlanOptions, party: TaskParty, name: string) {
    const { size, alignment } = elementLayout(type, planOptions.canonical.memory ?? 'i32');
    this.size = size;
    this.alignment = alignment;
    this.memory = values.memory(party);
    this.#values = values;
    this.#placed = { place: { type, options: planOptions, name }, party };
  }

  load(ptr: number, count: number): ArrayLike<unknown> {
    this.#load ??= loadValues(this.#values, this.#placed);
    return this.#load(ptr, count);
  }

  store(values: ArrayLike<unknown>, ptr: number): void {
    this.#store ??= storeValues(this.#values, this.#placed);
    this.#store(values, ptr);
  }

  copyTo(other: ElementCodec): CopyValues | undefined {
    if (other === this.#lastTarget) return this.#lastCopy;
    // Elements of another root component are passed as values, because its resources are other ones.
    if (!(other instanceof MemoryElements) || other.#values !== this.#values) return undefined;
    let copy = this.#copies.get(other);
    if (copy === undefined) {
      copy = copyValues(this.#values, this.#placed, other.#placed);
      this.#copies.set(other, copy);
    }
    this.#lastTarget = other;
    this.#lastCopy = copy;
    return copy;
  }
}

function loadValues(values: TaskValues, { place, party }: PlacedElements): LoadValues {
  const prepared = values.code.load(place);
  return prepared.bind({
    ...memoryParty(values, party, prepared, place.name),
    resources: values.resources(prepared),
  });
}

function storeValues(values: TaskValues, { place, party }: PlacedElements): StoreValues {
  const prepared = values.code.store(place);
  return prepared.bind({
    ...memoryParty(values, party, prepared, place.name),
    resources: values.resources(prepared),
  });
}

function copyValues(values: TaskValues, from: PlacedElements, to: PlacedElements): CopyValues {
  const prepared = values.code.copy(from.place, to.place);
  const { name } = from.place;
  return prepared.bind({
    from: values.party(from.party, prepared.waitables, 'component', name),
    to: values.party(to.party, prepared.waitables, 'component', name),
    resources: values.resources(prepared),
  });
}

function memoryParty(
  values: TaskValues,
  party: TaskParty,
  { waitables }: PreparedValues<never, unknown>,
  name: string,
): ValuesParty & { readonly memory: WebAssembly.Memory } {
  return { ...values.party(party, waitables, 'host', name), memory: values.memory(party) };
}
