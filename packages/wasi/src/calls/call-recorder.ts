import type { Grants } from '../grants.ts';
import type { Refusal } from '../refusal.ts';
import { GrantNames } from './grant-names.ts';
import type { CallOutcome, UsedGrant, WasiCall } from './wasi-call.ts';

/** A call that has not ended. */
export interface RunningCall extends Pick<WasiCall, 'interface' | 'function' | 'args'> {
  /** When it began, as `performance.now()` gives it. */
  start: number;
}

/** A refusal that no call has taken. */
interface PendingRefusal {
  readonly refusal: Refusal;
  /** When it was reported. */
  readonly at: number;
}

/** Some refusals belong to no call that is running: a stream fails after the call that made it. */
const MOST_PENDING = 256;

/** Reports the calls of one instance to `onCall` of its grants. */
export class CallRecorder {
  /** The grants for `makeSystem`, whose refusals the recorder learns of. */
  readonly grants: Grants;
  readonly names: GrantNames;
  readonly #onCall: (call: WasiCall) => void;
  readonly #running = new Set<RunningCall>();
  readonly #refusals: PendingRefusal[] = [];

  constructor(grants: Grants, onCall: (call: WasiCall) => void) {
    this.#onCall = onCall;
    this.names = new GrantNames(grants);
    const { onRefused } = grants;
    this.grants = {
      ...grants,
      onRefused: (refusal) => {
        if (this.#refusals.length === MOST_PENDING) this.#refusals.shift();
        this.#refusals.push({ refusal, at: performance.now() });
        onRefused?.(refusal);
      },
    };
  }

  begin(name: string, func: string, args: WasiCall['args']): RunningCall {
    const call = { interface: name, function: func, args, start: 0 };
    this.#running.add(call);
    call.start = performance.now();
    return call;
  }

  /** @param grant what covers the call if it was not refused */
  end(call: RunningCall, outcome: CallOutcome, grant: UsedGrant | undefined): void {
    const milliseconds = Math.round((performance.now() - call.start) * 1000) / 1000;
    this.#running.delete(call);
    const refusal = this.#refusalOf(call);
    const { interface: name, function: func, args } = call;
    const covered = refusal === undefined ? grant && { grant } : { refusal };
    this.#onCall({ interface: name, function: func, args, outcome, milliseconds, ...covered });
  }

  /** Reports the calls that are still waiting. */
  close(): void {
    for (const call of this.#running) this.end(call, { tag: 'unfinished' }, undefined);
  }

  /**
   * Takes the refusal that was reported for a call while it ran. Refusals name the version that the host has, and the
   * program may have asked another one. Calls of one function fail in the order in which they were refused.
   */
  #refusalOf(call: RunningCall): Refusal | undefined {
    if (this.#refusals.length === 0) return undefined;
    const name = withoutVersion(call.interface);
    const index = this.#refusals.findIndex(
      ({ refusal, at }) =>
        at >= call.start && refusal.function === call.function && withoutVersion(refusal.interface) === name,
    );
    return index === -1 ? undefined : this.#refusals.splice(index, 1)[0]?.refusal;
  }
}

function withoutVersion(name: string): string {
  return name.replace(/@.*$/su, '');
}
