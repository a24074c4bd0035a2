import { check, renderReport } from '@wit-ts/check';
import { componentWorld, decode, DecodeError, validate, type Component } from '@wit-ts/component';
import { contentsOf } from '@wit-ts/component/inspect';
import { plan } from '@wit-ts/plan';

/** Something that is done with a component. What it needs is made first, and is not measured. */
interface BinaryStage {
  readonly name: string;
  /** Returns what is measured; `undefined` when the component has no world that could be compared. */
  readonly prepare: (bytes: Uint8Array) => (() => unknown) | undefined;
}

function ofComponent(run: (component: Component, bytes: Uint8Array) => unknown): BinaryStage['prepare'] {
  return (bytes) => {
    const component = decode(bytes);
    return () => run(component, bytes);
  };
}

function worldOf(bytes: Uint8Array): ReturnType<typeof componentWorld> | undefined {
  try {
    return componentWorld(decode(bytes));
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

export const binaryStages: readonly BinaryStage[] = [
  { name: 'decode', prepare: (bytes) => () => decode(bytes) },
  { name: 'validate', prepare: ofComponent((component) => validate(component)) },
  { name: 'world', prepare: ofComponent(componentWorld) },
  { name: 'plan', prepare: ofComponent((component) => plan(component)) },
  { name: 'inspect', prepare: ofComponent((component, bytes) => contentsOf(component, bytes)) },
  {
    name: 'check',
    prepare: (bytes) => {
      const [one, other] = [worldOf(bytes), worldOf(bytes)];
      return one && other && (() => renderReport(check(one, other)));
    },
  },
];
