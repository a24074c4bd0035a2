import { unreachable } from './unreachable.ts';
import { ComponentInstance, enteringSet } from '../instance.ts';
import type { ResourceType } from '../resource-type.ts';
import { Trap } from '../trap.ts';
import { show, type TypeRef, type TypeTable } from './describe.ts';
import { hostValueReader, mismatchOf, readHostValue, type HostValueReader } from './host-value-reader.ts';
import { isError, isThenable, platformClassOf } from './lower-values.ts';
import { MISMATCH, refusedMessage } from './mismatch.ts';
import { ignoreRejection, refusal } from './refused-promises.ts';

/** The step of a call at which an error is thrown. */
export const LOWERING = 0;
export const CALLING = 1;
export const LIFTING = 2;
export const LOWERING_ERROR = 3;
export const RETURNING = 4;

/** The steps of a lifted function, as messages of traps describe them. */
const STEPS: Readonly<Record<number, string>> = {
  [LOWERING]: 'lowering the arguments of',
  [CALLING]: 'running',
  [LIFTING]: 'lifting the result of',
  [RETURNING]: 'in the post-return of',
};

/** Returns the instances that a lifted function enters, its own first if it is one of them. */
export function entered(
  instance: ComponentInstance,
  caller: ComponentInstance | undefined,
): ComponentInstance[] {
  return enteringSet(instance, caller);
}

/** Marks the instances as running. @throws Trap when one of them is running already, or has trapped */
export function enter(instances: readonly ComponentInstance[], name: string): void {
  for (const instance of instances) if (!instance.mayEnter) throw cannotEnter(instance, name);
  // Nothing here can fail at the end of the stack, which would leave the first instances running for good.
  for (let i = 0; i < instances.length; i += 1) instances[i]!.mayEnter = false;
}

function leave(instances: readonly ComponentInstance[]): void {
  for (const instance of instances) instance.mayEnter = true;
}

export function cannotEnter(instance: ComponentInstance, name: string): Trap {
  const { failure } = instance;
  const reason = failure === undefined ? 'it is running' : `it failed before: ${failure.message}`;
  return new Trap(`cannot enter component instance: ${reason} (calling ${qualified(name, instance)})`, {
    cause: failure,
  });
}

export function cannotLeave(): Trap {
  return new Trap('cannot leave component instance');
}

/**
 * Returns the error that a lifted function throws when the component failed. The instance is unusable from now on.
 *
 * @param step the step of the call that failed
 */
export function failed(instance: ComponentInstance, error: unknown, step: number, name: string): Error {
  const trap = asTrap(error, `${STEPS[step]} ${qualified(name, instance)}`);
  // The caller has noted the error itself, in case that making a better one fails.
  const failure = instance.failure === error ? trap : (instance.failure ?? trap);
  instance.failure = failure;
  close(instance, failure);
  return failure;
}

/** Marks an instance and the instances around it as failed. They report the same error when they are called again. */
function close(instance: ComponentInstance, error: Error): void {
  for (let at: ComponentInstance | undefined = instance; at !== undefined; at = at.parent) {
    at.failure ??= error;
    at.mayEnter = false;
  }
}

function qualified(name: string, instance: ComponentInstance): string {
  return `\`${name}\` of ${instance.name}`;
}

/**
 * Errors whose message already says where they happened. They keep that message when they pass through other
 * instances.
 */
const withLocation = new WeakSet<Error>();

/**
 * Turns an error that left core wasm into a trap that says where it happened, or returns the reason why the call was
 * ended. The wasm stack is the stack of the cause, or of the trap itself if JavaScript found it.
 */
export function asTrap(error: unknown, where: string): Error {
  const reason = reasonOf(error);
  if (withLocation.has(reason as Error)) return reason as Error;
  let trap: Trap;
  try {
    trap = trapOf(reason, where);
  } catch {
    trap = new Trap(`an exception that cannot be read left the component (${where})`, { cause: error });
  }
  withLocation.add(trap);
  return trap;
}

function trapOf(error: unknown, where: string): Trap {
  if (error instanceof Trap) {
    const { cause, code } = error;
    return new Trap(`${error.message} (${where})`, { cause, code });
  }
  const what =
    error instanceof WebAssembly.RuntimeError || error instanceof RangeError
      ? `wasm trap: ${error.message}`
      : `an exception left the component: ${isError(error) ? error.message : 'an exception that the component did not catch'}`;
  return new Trap(`${what} (${where})`, { cause: error });
}

/** Whether values of the host could not be lowered because of the guest: realloc failed, or its table is full. */
export function isGuestAtFault({
  mayLeave,
  handles,
}: Pick<ComponentInstance, 'mayLeave'> & Partial<Pick<ComponentInstance, 'handles'>>): boolean {
  // An instance without resources has no table in a static module.
  return !mayLeave || handles?.overflowed === true;
}

/**
 * Returns what a lifted function throws when lowering its arguments failed. If the host is to blame (a value that
 * does not fit, a getter that throws), nothing has happened to the component, and it stays usable.
 */
export function unlowered(
  instances: readonly ComponentInstance[],
  instance: ComponentInstance,
  error: unknown,
  name: string,
  table: TypeTable,
  resources: readonly ResourceType[],
  args: readonly unknown[],
): unknown {
  if (isGuestAtFault(instance)) return failed(instance, error, LOWERING, name);
  leave(instances);
  const found = refusedMessage(error) ?? mismatchIn(hostValueReader(table, resources), table, args);
  return unfit(name, error, found, 'an argument', table, args);
}

/** Describes the first of several values that does not fit. */
export function mismatchIn(
  reader: HostValueReader,
  { params }: TypeTable,
  values: readonly unknown[],
): string | undefined {
  for (const [index, [param, type]] of params.entries()) {
    const found = described(reader, type, values[index], param);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Returns what to throw for values of the host that could not be lowered: the error that one of them threw, or a
 * `TypeError`.
 *
 * @param found where a value does not fit, if that was found
 * @param what the values in the message when that was not found
 */
export function unfit(
  name: string,
  error: unknown,
  found: string | undefined,
  what: string,
  { unseen = `${what} changed while it was read` }: Pick<TypeTable, 'unseen'>,
  values: unknown,
): unknown {
  return found === undefined && error !== MISMATCH ? error : refusal(`${name}: ${found ?? unseen}`, values);
}

/**
 * Reads the arguments of a call, each part once, before anything is lowered.
 *
 * @throws what `refusedMessage` describes
 */
export function readArguments(
  table: TypeTable,
  resources: readonly ResourceType[],
  args: readonly unknown[],
): readonly unknown[] {
  const reader = hostValueReader(table, resources);
  return table.params.map(([param, type], index) => readHostValue(reader, type, args[index], param));
}

/** The reasons why calls were ended, by the trap that ended each. */
const reasons = new WeakMap<object, Error>();

/** Ends a call out of a component with a trap that the component cannot catch. */
export function raise(instance: ComponentInstance, error: Error): never {
  withLocation.add(error);
  close(instance, error);
  try {
    // A guest's `catch_all` could catch a JavaScript error. It cannot catch a trap, which also stays a trap when it
    // is rethrown.
    unreachable()();
  } catch (trap) {
    reasons.set(trap as object, error);
    throw trap;
  }
  throw error;
}

let findReason: ((error: unknown) => Error | undefined) | undefined;

/** Gives `reasonOf` another source: what `find` knows of traps that code of guests was rewritten to cause. */
export function addReasons(find: (error: unknown) => Error | undefined): void {
  findReason = find;
}

/** Returns the reason behind an error that left core wasm: the trap of `raise` itself does not contain it. */
export function reasonOf(error: unknown): unknown {
  return reasons.get(error as object) ?? findReason?.(error) ?? error;
}

/**
 * What is known of a call of a host function that failed: the calling instance, the error, the step of the call, the
 * function and its types. `result` is what the function returned; before that, the object whose method was called.
 */
type LoweredFailure = readonly [
  instance: ComponentInstance,
  error: unknown,
  phase: number,
  name: string,
  table: TypeTable,
  resources: readonly ResourceType[],
  result: unknown,
];

/** Ends a call of a host function that failed. */
export function raiseLowered(...failure: LoweredFailure): never {
  const [instance, cause, , name] = failure;
  let reason: Error;
  try {
    reason = reasonLowered(...failure);
  } catch (thrown) {
    // A proxy or a getter of the host may throw while the message is made, and the guest could catch that error.
    reason = new Trap(`${name}: a value of the host throws when it is read (called by ${instance.name})`, {
      cause: cause === MISMATCH || refusedMessage(cause) !== undefined ? thrown : cause,
    });
  }
  return raise(instance, reason);
}

function reasonLowered(...[instance, error, phase, name, table, resources, result]: LoweredFailure): Error {
  const isTrap = error instanceof Trap;
  // An error that ended another component during the call already says where it happened.
  if (phase === CALLING && (isTrap || withLocation.has(error as Error))) return error as Error;
  if (phase === CALLING) {
    const { method = '', missing } = table;
    if (missing !== undefined && typeof Object(result)[method] !== 'function')
      return missing(name, method, result);
    ignoreRejection(error);
    const message = isError(error) ? error.message : show(error);
    return new Trap(`${name}: the host's function threw: ${message} (called by ${instance.name})`, {
      cause: error,
    });
  }
  if (isTrap || phase === LIFTING || !instance.mayLeave) {
    const step = phase === LIFTING ? 'lifting the arguments of' : 'lowering the result of';
    return asTrap(error, `${step} \`${name}\` for ${instance.name}`);
  }
  const reader = hostValueReader(table, resources);
  const [type, path] = phase === LOWERING_ERROR ? [table.error, 'error'] : [table.result, 'result'];
  const found = isThenable(result)
    ? `${path}: expected a value, got ${show(result)}; \`suspend: ['${name}']\` lets it wait`
    : (refusedMessage(error) ?? described(reader, type, result, path));
  const reason = unfit(name, error, found, `the ${path}`, table, result);
  // A getter of the host threw while the result was read.
  return reason === error
    ? new Trap(`${name}: reading the host's ${path} threw: ${show(error)}`, { cause: error })
    : (reason as Error);
}

/** Calls a method of a host's object. @throws TypeError when the object lacks it */
export function callMethod(name: string, method: string, self: unknown, args: readonly unknown[]): unknown {
  const func: unknown = Object(self)[method];
  if (typeof func === 'function') return Reflect.apply(func, self, args);
  const error = missingMethod(name, method, self);
  withLocation.add(error);
  throw error;
}

/** Returns the error for an object without a method. It may be in a field, so linking cannot look for it. */
export function missingMethod(name: string, method: string, self: unknown): TypeError {
  return new TypeError(
    `${name}: expected a class whose objects have the method ${method}, got ${show(self)}`,
  );
}

/**
 * Returns the `err` that a host function throws for a result: the `payload` of an error that has one, or the thrown
 * value if it is not an error. Rethrows any other error, which is a fault of the host, and what can be no `err`: a
 * symbol, a function, and an exception of core wasm.
 */
export function errorPayload(error: unknown): unknown {
  const hasPayload = typeof error === 'object' && error !== null && Object.hasOwn(error, 'payload');
  const payload: unknown = hasPayload ? Reflect.get(error, 'payload') : error;
  if (isThenable(payload) || (!hasPayload && isFault(error))) {
    ignoreRejection(payload);
    throw error;
  }
  return payload;
}

function isFault(error: unknown): boolean {
  if (typeof error === 'symbol' || typeof error === 'function' || isError(error)) return true;
  return platformClassOf(error) === 'WebAssembly.Exception';
}

export function described(
  reader: HostValueReader,
  type: TypeRef | undefined,
  value: unknown,
  path: string,
): string | undefined {
  if (type === undefined) return undefined;
  try {
    return mismatchOf(reader, type, value, path);
  } catch {
    // A getter of the host threw. Its error is what the user needs to see.
    return undefined;
  }
}
