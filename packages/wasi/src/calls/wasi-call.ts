import type { Refusal } from '../refusal.ts';
import { type ShownValue, valueText } from './shown-value.ts';

/**
 * A call of a function of WASI that has ended, for `onCall` of the grants. It is plain data, and its values are in a
 * readable form of bounded length.
 */
export interface WasiCall {
  /** As the program imports it: `wasi:filesystem/types@0.2.6`, or `wasi_snapshot_preview1`. */
  readonly interface: string;
  /** `[method]descriptor.open-at`, `path_open`. */
  readonly function: string;
  /** The arguments under their names in the specification. */
  readonly args: Readonly<Record<string, ShownValue>>;
  readonly outcome: CallOutcome;
  /** From the call until its result, including the time that it waited. */
  readonly milliseconds: number;
  /** The grant that allowed it. Absent if it needs none, or if none covers it. */
  readonly grant?: UsedGrant;
  /** What was missing. */
  readonly refusal?: Refusal;
}

/** How a call ended. */
export type CallOutcome =
  | { readonly tag: 'returned'; readonly value?: ShownValue }
  /** The program received an error of the interface: its code, such as `noent` or `no-entry`. */
  | { readonly tag: 'failed'; readonly error: ShownValue }
  /** The program ended in the call: it asked for that, or it trapped. */
  | { readonly tag: 'ended'; readonly reason: string }
  /** The instance was closed while the call waited. */
  | { readonly tag: 'unfinished' };

/** The grant that covered a call. */
export interface UsedGrant {
  /** The property of the grants. */
  readonly name:
    'dirs' | 'env' | 'stdin' | 'stdout' | 'stderr' | 'net' | 'listen' | 'http' | 'clocks' | 'random' | 'exit';
  /** Which one of a list. */
  readonly index?: number;
  /** The flag of `wit-ts run` that grants it; for what a command line grants by default, the name. */
  readonly text: string;
}

/** A line is no longer than this. */
const MOST_CHARACTERS = 2000;

/**
 * Writes a call on one line: the function, its arguments, its result, the time, and the grant that allowed it or what
 * was missing. Names and texts come from the program: print the line through an escape function on a terminal.
 */
export function callText(call: WasiCall): string {
  const { milliseconds, args } = call;
  const place = call.interface === 'wasi_snapshot_preview1' ? '' : `${call.interface} `;
  const given = Object.entries(args).map(([name, value]) => `${name}: ${valueText(value)}`);
  const [outcome, covered] = [outcomeText(call.outcome), grantText(call)];
  // The end says what was allowed, so a line that is too long is cut before it.
  const end = ` -> ${outcome} [${milliseconds.toFixed(3)} ms${covered === '' ? '' : `; ${covered}`}]`;
  return `${cut(`${place}${call.function}(${given.join(', ')}`, MOST_CHARACTERS / 2)})${cut(end, MOST_CHARACTERS / 2)}`;
}

function outcomeText(outcome: CallOutcome): string {
  switch (outcome.tag) {
    case 'returned':
      return outcome.value === undefined ? 'ok' : valueText(outcome.value);
    case 'failed':
      return `error ${typeof outcome.error === 'string' ? outcome.error : valueText(outcome.error)}`;
    case 'ended':
      return outcome.reason;
    case 'unfinished':
      return 'unfinished';
  }
}

function grantText({ grant, refusal }: WasiCall): string {
  if (refusal === undefined) return grant?.text ?? '';
  const { flags, reason } = refusal;
  return `refused: ${flags.length === 0 ? reason : `${flags.join(' ')} would grant it`}`;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
