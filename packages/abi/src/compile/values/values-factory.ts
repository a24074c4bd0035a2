import type { Type } from '@wit-ts/model';
import { unalias, waitablesOf } from '@wit-ts/model/layout';
import type { CanonicalOptions, Peer } from '../../engine.ts';
import { unsupportedType } from '../../layout/unsupported-type.ts';
import type { EmittedFactory } from '../emitted-factory.ts';
import { FactorySource } from '../factory-source.ts';
import type { Code } from '../source-text.ts';

/** The source of a factory whose code may pass streams, futures and error contexts. */
export class ValuesFactory extends FactorySource {
  /** The types `stream`, `future` and `error-context` that the types mention, in the order in which they are bound. */
  readonly waitables: readonly Type[];

  constructor(options: CanonicalOptions, peer: Peer | undefined, types: readonly Type[]) {
    super(options, peer, types);
    this.waitables = waitablesOf(types);
  }

  override waitable(type: Type): string {
    const index = this.waitables.indexOf(unalias(type));
    if (index < 0) throw unsupportedType();
    return `wt${index}`;
  }

  override emitted(
    body: Code,
    own: readonly string[],
    state: readonly string[],
    types: EmittedFactory['types'],
  ): EmittedFactory {
    const bound = this.waitables.map((_, index) => `wt${index} = binding.waitables[${index}]`);
    return super.emitted(body, own, [...state, ...bound], types);
  }
}
