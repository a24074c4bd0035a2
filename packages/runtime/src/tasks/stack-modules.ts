import { taskSignatureOf } from '@wit-ts/abi';
import { type CoreSignature, type StackModule, stackModuleKey } from '@wit-ts/concurrency/stack-modules';
import type { Plan } from '@wit-ts/plan';
import { blockingOf } from '@wit-ts/plan/may-block';
import { builtinSignature } from './builtin-signature.ts';

/**
 * Returns the modules that a component needs to suspend stacks, each once and in the order of their keys.
 *
 * @param suspends whether imports that are synchronous in WIT may return promises
 */
export function stackModulesOf(plan: Plan, suspends: boolean): ReadonlyMap<string, StackModule> {
  const needed = new Map<string, StackModule>();
  const add = (use: StackModule['use'], signature: CoreSignature): void => {
    const module = { use, signature };
    needed.set(stackModuleKey(module), module);
  };
  const { mayBlock, waits } = blockingOf(plan, suspends ? importsOf(plan) : undefined);
  for (const [index, each] of plan.trampolines.entries()) {
    if (each.tag === 'builtin') {
      if (waits[index]!) add('suspending', builtinSignature(each));
      if (each.canon.tag === 'thread.new-indirect') for (const start of STARTS) add('starting', start);
    } else if (each.tag === 'lower' && waits[index]!) {
      add('suspending', taskSignatureOf(each.options.canonical, each.type, 'lower'));
    }
  }
  for (const { instance, options, type } of plan.lifts) {
    if (!mayBlock[instance]!) continue;
    add('starting', taskSignatureOf(options.canonical, type, 'lift'));
    if (options.canonical.callback) add('starting', CALLBACK);
  }
  return new Map([...needed].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function importsOf({ trampolines }: Plan): ReadonlySet<number> {
  return new Set(
    trampolines.flatMap((each) =>
      each.tag === 'lower' && each.func.tag === 'import' ? [each.func.import] : [],
    ),
  );
}

/** The types of functions that start threads. */
const STARTS: readonly CoreSignature[] = [
  { params: ['i32'], results: [] },
  { params: ['i64'], results: [] },
];

const CALLBACK: CoreSignature = { params: ['i32', 'i32', 'i32'], results: ['i32'] };

const given = new WeakMap<Plan, ReadonlyMap<string, WebAssembly.Module>>();

/**
 * Takes the compiled modules of `stackModulesOf`, in its order, with those for suspended imports or without. Returns
 * false when they are too many or too few.
 */
export function takeStackModules(plan: Plan, modules: readonly WebAssembly.Module[]): boolean {
  for (const suspends of [false, true]) {
    const keys = [...stackModulesOf(plan, suspends).keys()];
    if (keys.length !== modules.length) continue;
    given.set(plan, new Map(keys.map((key, index) => [key, modules[index]!])));
    return true;
  }
  return false;
}

/** Returns the compiled modules that were given, by key. */
export function givenStackModules(plan: Plan): ReadonlyMap<string, WebAssembly.Module> | undefined {
  return given.get(plan);
}
