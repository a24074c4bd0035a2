import type {
  ComponentInstance,
  FlatBinding,
  FlatSpec,
  LiftFlat,
  LowerFlat,
  MoveFlat,
  MoveSpec,
  Peer,
  PreparedValues,
  ValuesParty,
  WaitableCodec,
} from '@wit-ts/abi';
import type { Store } from '@wit-ts/concurrency';
import type { Type } from '@wit-ts/model';
import { shapeOf } from '@wit-ts/model/layout';
import type { TaskInstanceCode } from '../instance-code.ts';
import type { InstanceState } from '../instance/instance-state.ts';
import type { OptionsWiring } from '../wiring/wiring.ts';
import type { CopyTypes } from './copy-types.ts';
import { resourceTypesOf } from './resource-types-of.ts';

/** What a codec of a stream, a future or an error context is made of. */
export interface CodecParts {
  readonly values: TaskValues;
  readonly type: Type;
  readonly instance: ComponentInstance;
  /** The function in messages. */
  readonly name: string;
}

export type MakeCodec = (parts: CodecParts) => WaitableCodec;

/** Makes codecs for those kinds that a component passes. `inside` is for ends that stay inside the component. */
export interface TaskCodecs {
  readonly stream?: MakeCodec;
  readonly future?: MakeCodec;
  readonly inside?: MakeCodec;
  readonly 'error-context'?: MakeCodec;
}

/** One instance's side of values that pass. */
export interface TaskParty {
  readonly instance: number;
  readonly options: OptionsWiring;
}

/** Passes values for tasks, streams and futures of one instance of a component, with the engine that was chosen. */
export class TaskValues {
  /** The types of streams and futures, once there are any. */
  types: CopyTypes | undefined = undefined;
  readonly state: InstanceState;
  readonly code: TaskInstanceCode;
  readonly tasks: Store;
  readonly #codecs: TaskCodecs;

  constructor(state: InstanceState, tasks: Store, codecs: TaskCodecs) {
    this.state = state;
    this.code = state.code as TaskInstanceCode;
    this.tasks = tasks;
    this.#codecs = codecs;
  }

  liftFlat(spec: FlatSpec, party: TaskParty): LiftFlat {
    return this.#flat(this.code.liftFlat(spec), party, spec);
  }

  lowerFlat(spec: FlatSpec, party: TaskParty): LowerFlat {
    return this.#flat(this.code.lowerFlat(spec), party, spec);
  }

  #flat<Made>(
    prepared: PreparedValues<FlatBinding, Made>,
    party: TaskParty,
    { name, peer = 'host' }: FlatSpec,
  ): Made {
    return prepared.bind({
      ...this.party(party, prepared.waitables, peer, name),
      resources: this.resources(prepared),
    });
  }

  moveFlat(spec: MoveSpec, from: TaskParty, to: TaskParty): MoveFlat {
    const prepared = this.code.moveFlat(spec);
    return prepared.bind({
      from: this.party(from, prepared.waitables, 'component', spec.name),
      to: this.party(to, prepared.waitables, 'component', spec.name),
      resources: this.resources(prepared),
    });
  }

  memory({ options }: TaskParty): WebAssembly.Memory {
    return this.state.core(options.memory!) as WebAssembly.Memory;
  }

  resources({ resources }: PreparedValues<never, unknown>): ReturnType<InstanceState['resourceTypes']> {
    return resourceTypesOf(this.state, resources);
  }

  party({ instance, options }: TaskParty, waitables: readonly Type[], peer: Peer, name: string): ValuesParty {
    const owner = this.state.instance(instance);
    return {
      ...this.state.options(options, instance),
      instance: owner,
      waitables: waitables.map((type) => this.codec(type, owner, peer, name)),
    };
  }

  /** How a stream, a future or an error context passes. */
  codec(type: Type, instance: ComponentInstance, peer: Peer, name: string): WaitableCodec {
    const shape = shapeOf(type);
    const tag = typeof shape === 'object' ? (shape.tag as 'stream' | 'future') : 'error-context';
    const kind = tag !== 'error-context' && peer === 'component' ? 'inside' : tag;
    return this.#codecs[kind]!({ values: this, type, instance, name });
  }
}
