import {
  type ComponentInstance,
  type CopyValues,
  type FlatBinding,
  type FlatSpec,
  hostValues,
  type LiftFlat,
  type LoadValues,
  type LowerFlat,
  type MoveFlat,
  type MoveSpec,
  type Peer,
  type PreparedValues,
  type StoreValues,
  type ValuesParty,
  type WaitableCodec,
} from '@wit-ts/abi';
import {
  componentEndCodec,
  type ElementCodec,
  errorContextCodec,
  type HostElements,
  hostFutureCodec,
  hostStreamCodec,
  type Store,
} from '@wit-ts/concurrency';
import { numericType, thrownResult, typedArrays } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import { elementLayout, resourcesOf, shapeOf, waitablesOf } from '@wit-ts/model/layout';
import type { PlanOptions } from '@wit-ts/plan';
import type { ElementPlace, TaskInstanceCode } from '../instance-code.ts';
import type { InstanceState } from '../instance/instance-state.ts';
import type { OptionsWiring } from '../wiring/wiring.ts';
import { resourceTypesOf } from './resource-types-of.ts';
import { CopyTypes, type KnownCopyType } from './copy-types.ts';

/** One instance's side of values that pass. */
export interface TaskParty {
  readonly instance: number;
  readonly options: OptionsWiring;
}

/** Passes values for tasks, streams and futures of one instance of a component, with the engine that was chosen. */
export class TaskValues {
  readonly types: CopyTypes = new CopyTypes();
  readonly #state: InstanceState;
  readonly #code: TaskInstanceCode;
  readonly #store: Store;

  constructor(state: InstanceState, store: Store) {
    this.#state = state;
    this.#code = state.code as TaskInstanceCode;
    this.#store = store;
  }

  liftFlat(spec: FlatSpec, party: TaskParty): LiftFlat {
    return this.#flat(this.#code.liftFlat(spec), party, spec);
  }

  lowerFlat(spec: FlatSpec, party: TaskParty): LowerFlat {
    return this.#flat(this.#code.lowerFlat(spec), party, spec);
  }

  #flat<Made>(
    prepared: PreparedValues<FlatBinding, Made>,
    party: TaskParty,
    { name, peer = 'host' }: FlatSpec,
  ): Made {
    return prepared.bind({
      ...this.#party(party, prepared.waitables, peer, name),
      resources: this.#resources(prepared),
    });
  }

  moveFlat(spec: MoveSpec, from: TaskParty, to: TaskParty): MoveFlat {
    const prepared = this.#code.moveFlat(spec);
    return prepared.bind({
      from: this.#party(from, prepared.waitables, 'component', spec.name),
      to: this.#party(to, prepared.waitables, 'component', spec.name),
      resources: this.#resources(prepared),
    });
  }

  /** How the elements of a stream or future pass in the memory of an instance; nothing when it has no elements. */
  elements(
    type: KnownCopyType,
    options: PlanOptions,
    party: TaskParty,
    name: string,
  ): ElementCodec | undefined {
    const { payload } = type;
    if (payload === undefined) return undefined;
    return new MemoryElements(this, payload, options, party, name);
  }

  load(place: ElementPlace, party: TaskParty): LoadValues {
    const prepared = this.#code.load(place);
    return prepared.bind({
      ...this.#memoryParty(party, prepared, place.name),
      resources: this.#resources(prepared),
    });
  }

  store(place: ElementPlace, party: TaskParty): StoreValues {
    const prepared = this.#code.store(place);
    return prepared.bind({
      ...this.#memoryParty(party, prepared, place.name),
      resources: this.#resources(prepared),
    });
  }

  copy(from: PlacedElements, to: PlacedElements): CopyValues {
    const prepared = this.#code.copy(from.place, to.place);
    const { name } = from.place;
    return prepared.bind({
      from: this.#party(from.party, prepared.waitables, 'component', name),
      to: this.#party(to.party, prepared.waitables, 'component', name),
      resources: this.#resources(prepared),
    });
  }

  memory({ options }: TaskParty): WebAssembly.Memory {
    return this.#state.core(options.memory!) as WebAssembly.Memory;
  }

  #resources({ resources }: PreparedValues<never, unknown>): ReturnType<InstanceState['resourceTypes']> {
    return resourceTypesOf(this.#state, resources);
  }

  #memoryParty(
    party: TaskParty,
    { waitables }: PreparedValues<never, unknown>,
    name: string,
  ): ValuesParty & { readonly memory: WebAssembly.Memory } {
    return { ...this.#party(party, waitables, 'host', name), memory: this.memory(party) };
  }

  #party(
    { instance, options }: TaskParty,
    waitables: readonly Type[],
    peer: Peer,
    name: string,
  ): ValuesParty {
    const owner = this.#state.instance(instance);
    return {
      ...this.#state.options(options, instance),
      instance: owner,
      waitables: waitables.map((type) => this.#codec(type, owner, peer, name)),
    };
  }

  #codec(type: Type, instance: ComponentInstance, peer: Peer, name: string): WaitableCodec {
    if (shapeOf(type) === 'error-context') return errorContextCodec(instance);
    const copyType = this.types.of(type);
    if (peer === 'component') return componentEndCodec(instance, copyType);
    const codec = copyType.tag === 'stream' ? hostStreamCodec : hostFutureCodec;
    const result = thrownResult(copyType.payload, this.#state.component.mapping);
    return codec(this.#store, instance, copyType, {
      typedArray: typedArrayOf(copyType.payload),
      isResult: result !== undefined,
      hasOk: result?.ok !== undefined,
      isJoined: isFuture(result === undefined ? copyType.payload : result.ok),
      check: this.#check(copyType.payload, instance, name),
      name,
    });
  }

  /** Reads values of the host that go to the host without being stored in between. */
  #check(type: Type | undefined, instance: ComponentInstance, name: string): HostElements['check'] {
    if (type === undefined) return (values) => values;
    let read: HostElements['check'] | undefined;
    return (values) => {
      read ??= hostValues(
        type,
        {
          resources: resourceTypesOf(this.#state, resourcesOf([type])),
          waitables: waitablesOf([type]).map((each) => this.#codec(each, instance, 'host', name)),
        },
        this.#state.component.mapping,
      );
      return read(values);
    };
  }
}

/** Where the elements of a stream or future are, and whose they are. */
interface PlacedElements {
  readonly place: ElementPlace;
  readonly party: TaskParty;
}

function isFuture(type: Type | undefined): boolean {
  const shape = type === undefined ? undefined : shapeOf(type);
  return typeof shape === 'object' && shape.tag === 'future';
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
    this.#load ??= this.#values.load(this.#placed.place, this.#placed.party);
    return this.#load(ptr, count);
  }

  store(values: ArrayLike<unknown>, ptr: number): void {
    this.#store ??= this.#values.store(this.#placed.place, this.#placed.party);
    this.#store(values, ptr);
  }

  copyTo(other: ElementCodec): CopyValues | undefined {
    if (other === this.#lastTarget) return this.#lastCopy;
    // Elements of another root component are passed as values, because its resources are other ones.
    if (!(other instanceof MemoryElements) || other.#values !== this.#values) return undefined;
    let copy = this.#copies.get(other);
    if (copy === undefined) {
      copy = this.#values.copy(this.#placed, other.#placed);
      this.#copies.set(other, copy);
    }
    this.#lastTarget = other;
    this.#lastCopy = copy;
    return copy;
  }
}

type TypedArrayConstructor = (typeof globalThis)[(typeof typedArrays)[keyof typeof typedArrays]];

function typedArrayOf(type: Type | undefined): TypedArrayConstructor | undefined {
  const numeric = type === undefined ? undefined : numericType(type);
  return numeric === undefined ? undefined : globalThis[typedArrays[numeric]];
}
