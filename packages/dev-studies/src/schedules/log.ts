import { OWN_OPERATIONS, topology } from './topology.ts';

/**
 * One event of a program, in the order in which things happen. `specification/program.py` writes them and says what
 * each contains.
 */
export type LogEvent =
  | readonly ['call', call: number, instance: number, func: number, args: readonly HostValue[]]
  | readonly ['enter', activation: number, instance: number, entry: number, args: readonly number[]]
  | readonly ['next', activation: number, previous: number, operation: readonly number[]]
  | readonly [
      'import',
      operation: number,
      func: number,
      args: readonly HostValue[],
      now?: readonly HostValue[],
    ]
  | readonly ['finish', operation: number, result: readonly HostValue[]]
  | readonly ['cancel', call: number]
  | readonly ['tick' | 'pick', ready: number, chosen: number]
  | readonly ['pull' | 'closed', source: number]
  | readonly ['give', source: number, bytes: readonly number[] | null]
  | readonly ['read', sink: number, count: number]
  | readonly ['drop', sink: number]
  | readonly ['got', sink: number, read: number, bytes: readonly number[] | null]
  | readonly ['stopped', operation: number]
  | readonly ['resolved', call: number, result: readonly HostValue[] | null]
  | readonly ['trap' | 'fault', place: string, message?: string]
  | readonly ['end', why: 'done' | 'waiting' | 'cut off' | 'platform'];

/** A value of the host, as JSON. A tuple is an array; a stream is the number of the host's end. */
export type HostValue =
  number | string | readonly HostValue[] | { readonly source: number } | { readonly sink: number };

/** What a program did under the specification. */
export type ProgramLog = readonly LogEvent[];

/** Returns an event as one line for people. */
export function showEvent(event: LogEvent): string {
  if (event[0] !== 'next') return JSON.stringify(event);
  const [, activation, previous, [code = 0, ...operands]] = event;
  return `${activation} (after ${previous}): ${operationName(code)} ${operands.join(' ')}`.trimEnd();
}

function operationName(code: number): string {
  const own = OWN_OPERATIONS[code];
  if (own !== undefined) return own;
  const builtin = topology.builtins[code - OWN_OPERATIONS.length];
  if (builtin === undefined) return `call ${code - OWN_OPERATIONS.length - topology.builtins.length}`;
  const { name, type, async, cancellable, slot } = builtin;
  return [name, type, slot, async === true && 'async', cancellable === true && 'cancellable']
    .filter((part) => part !== undefined && part !== false)
    .join(' ');
}
