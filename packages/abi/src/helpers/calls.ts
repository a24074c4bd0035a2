import { type ComponentInstance, enteringSet } from '../instance.ts';
import type { ResourceType } from '../resource-type.ts';
import { Trap } from '../trap.ts';
import { show, type TypeRef, type TypeTable } from './describe.ts';
import { hostValueReader, mismatchOf, readHostValue, type HostValueReader } from './host-value-reader.ts';
import { isError, isThenable, platformClassOf } from './value-kinds.ts';
import { MISMATCH, refusedMessage } from './mismatch.ts';
import { ignoreRejection, refusal } from './refused-promises.ts';
import {
  asTrap,
  CALLING,
  cannotEnter,
  failed,
  LIFTING,
  LOWERING,
  LOWERING_ERROR,
  raise,
  withLocation,
} from './traps.ts';

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
