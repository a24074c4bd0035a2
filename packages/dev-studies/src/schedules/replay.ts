import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Component, type ComponentExports, instantiate, Trap } from '@wit-ts/runtime';
import { HostStreams } from './host-streams.ts';
import { type HostValue, type LogEvent, type ProgramLog, showEvent } from './log.ts';
import { MAX_OPERANDS, topology } from './topology.ts';

/** What the runtime did otherwise than the specification. */
export interface Difference {
  /** The index in the log of the event that the specification has here. */
  readonly at: number;
  readonly message: string;
}

/** Runs the program of a log in the runtime, and returns the first difference. */
export function replay(component: Component, log: ProgramLog): Promise<Difference | undefined> {
  return new Replay(log).run(component);
}

/** How a call of the host ended. */
type Outcome =
  { readonly tag: 'value'; readonly value: unknown } | { readonly tag: 'error'; readonly error: unknown };

/** After so many turns of the event loop in which nothing happens, the runtime counts as idle. */
const IDLE_TURNS = 3;

/** Ends the guest when the program is over. */
class Over extends Error {
  override readonly name = 'Over';
}

type GuestExport = (...args: readonly unknown[]) => unknown;

class Replay {
  readonly #log: ProgramLog;
  /** The indexes in the log of the events that are compared in their order. */
  readonly #indexes: readonly number[];
  /** What the host learns in the specification. Its order is not compared, because here it learns it from promises. */
  readonly #resolved = new Map<number, readonly HostValue[] | null>();
  readonly #outcomes = new Map<number, Outcome>();
  readonly #cancelling = new Map<number, AbortController>();
  readonly #operations = new Map<number, (value: unknown) => void>();
  /** The bytes that the host reads in the specification. */
  readonly #got = new Map<string, readonly number[] | null>();
  readonly #streams = new HostStreams({
    pulled: (source) => this.#source('pull', source),
    closed: (source) => this.#source('closed', source),
  });
  /** Errors that no call of the host reports. */
  readonly #unheard: Error[] = [];
  #at = 0;
  #isOver = false;
  #isEntered = false;
  #difference: Difference | undefined;

  constructor(log: ProgramLog) {
    this.#indexes = log.flatMap((event, index) => (isOrdered(event) ? [index] : []));
    this.#log = log.filter((event) => isOrdered(event));
    for (const event of log) {
      if (event[0] === 'resolved') this.#resolved.set(event[1], event[2]);
      else if (event[0] === 'got') this.#got.set(`${event[1]} ${event[2]}`, event[3]);
    }
  }

  async run(component: Component): Promise<Difference | undefined> {
    const scheduler = { choose: (ready: readonly unknown[]) => this.#choose(ready.length) };
    const onError = (error: Error): number => this.#unheard.push(error);
    const options = { scheduler, deadlock: 'wait', onError } as const;
    const exports = await instantiate(component, { host: this.#host() }, options);
    try {
      return await this.#run(exports);
    } finally {
      // The call traps, which ends the suspended stacks. The platform would keep them for ever.
      this.#endsBefore(exports);
    }
  }

  async #run(exports: ComponentExports): Promise<Difference | undefined> {
    for (;;) {
      const event = this.#log[this.#at];
      if (this.#difference !== undefined) return this.#difference;
      if (event === undefined || isLast(event)) break;
      const at = this.#at;
      this.#act(event, exports);
      await this.#idle();
      if (this.#at === at) return this.#foundDifference(`the runtime does nothing${this.#errors()}`);
    }
    return this.#compareEnd(exports);
  }

  /** Does what the host does next, if it is the host's turn. */
  #act(event: LogEvent, exports: ComponentExports): void {
    if (!isHostEvent(event)) return;
    this.#at += 1;
    if (event[0] === 'call') this.#call(event, exports);
    else if (event[0] === 'finish') this.#operations.get(event[1])!(this.#streams.given(event[2][0]));
    else if (event[0] === 'cancel') this.#cancelling.get(event[1])!.abort();
    else if (event[0] === 'give') this.#streams.give(event[1], event[2]);
    else if (event[0] === 'read') this.#streams.read(event[1], event[2]);
    else if (event[0] === 'drop') this.#streams.drop(event[1]);
  }

  /** Waits until nothing happens any more without the host. */
  async #idle(): Promise<void> {
    let seen = -1;
    for (let turns = 0; turns < IDLE_TURNS && this.#difference === undefined; turns += 1) {
      await setImmediate();
      if (seen !== this.#at) turns = 0;
      seen = this.#at;
      // The host acts next, and no microtask is left.
      if (isHostEvent(this.#log[this.#at])) return;
    }
  }

  #foundDifference(message: string): Difference {
    const event = this.#log[this.#at];
    const at = this.#indexes[this.#at] ?? this.#log.length;
    this.#difference ??= { at, message: `expected ${event && showEvent(event)}, but ${message}` };
    return this.#difference;
  }

  #differ(message: string): never {
    throw new Over(this.#foundDifference(message).message);
  }

  /** Takes the next event of the log, which must be of a kind. */
  #expect<Kind extends LogEvent[0]>(
    kind: Kind,
    what: () => string,
  ): Extract<LogEvent, readonly [Kind, ...unknown[]]> {
    const event = this.#log[this.#at];
    if (this.#difference !== undefined || this.#isOver) throw new Over('the program is over');
    if (isCutOff(event)) throw new Over('the program is over');
    if (event === undefined || event[0] !== kind) this.#differ(what());
    this.#at += 1;
    return event as Extract<LogEvent, readonly [Kind, ...unknown[]]>;
  }

  #host(): Record<string, GuestExport> {
    const host: Record<string, GuestExport> = {
      enter: (...args) => this.#enter(args as number[]),
      next: (activation, previous) => this.#next(activation as number, Number(previous)),
    };
    for (const [index] of topology.hostFunctions.entries())
      host[`h${index}`] = (...args) => this.#import(index, args as HostValue[]);
    return host;
  }

  #enter([instance, entry, ...operands]: readonly number[]): number {
    this.#isEntered = true;
    const seen = (): string => `instance ${instance} enters ${entry} with ${String(operands)}`;
    const [, activation, ...expected] = this.#expect('enter', seen);
    const padded = [...expected[2], ...Array.from({ length: MAX_OPERANDS - expected[2].length }, () => 0)];
    if (!isDeepStrictEqual([instance, entry, operands], [expected[0], expected[1], padded])) {
      this.#at -= 1;
      this.#differ(seen());
    }
    return activation;
  }

  #next(activation: number, previous: number): readonly number[] {
    const seen = (): string => `activation ${activation} asks for an operation after the result ${previous}`;
    const event = this.#expect('next', seen);
    if (event[1] !== activation || event[2] !== previous) {
      this.#at -= 1;
      this.#differ(seen());
    }
    const operation = event[3];
    return Array.from({ length: 1 + MAX_OPERANDS }, (_, index) => operation[index] ?? 0);
  }

  #import(index: number, args: readonly HostValue[]): unknown {
    const seen = (): string => `a guest calls h${index} with ${JSON.stringify(args)}`;
    const [, operation, func, expected, now] = this.#expect('import', seen);
    const received = args.map((value, at) => this.#streams.received(value, expected[at]));
    if (func !== index || !isDeepStrictEqual(received, expected)) {
      this.#at -= 1;
      this.#differ(seen());
    }
    if (now !== undefined) return this.#streams.given(now[0]);
    return new Promise((resolve) => this.#operations.set(operation, resolve));
  }

  /** Chooses for the runtime's scheduler. No thread runs while the host's turn is next. */
  #choose(ready: number): number {
    const event = this.#log[this.#at];
    // The next operation of the guest ends the component.
    if (this.#difference !== undefined || this.#isOver) return 0;
    if (event === undefined || isHostEvent(event)) return -1;
    if (event[0] !== 'tick' && event[0] !== 'pick') {
      this.#foundDifference(`the runtime resumes one of ${ready} threads`);
      return 0;
    }
    if (event[1] !== ready) {
      this.#foundDifference(`the runtime has ${ready} ready threads`);
      return 0;
    }
    this.#at += 1;
    return event[2];
  }

  #call(event: Extract<LogEvent, readonly ['call', ...unknown[]]>, exports: ComponentExports): void {
    const [, call, instance, index, shown] = event;
    const args = shown.map((value) => this.#streams.given(value));
    const ended = (value: unknown): void => {
      const received = this.#streams.received(value, this.#resolved.get(call)?.[0]);
      this.#outcomes.set(call, { tag: 'value', value: received });
    };
    const func = exportOf(exports, instance, index);
    const isAsync = topology.functions[index]!.async;
    const controller = new AbortController();
    this.#cancelling.set(call, controller);
    try {
      const value = func(...args, ...(isAsync ? [{ signal: controller.signal }] : []));
      if (!isAsync) ended(value);
      else {
        (value as Promise<unknown>).then(ended, (error: unknown) =>
          this.#outcomes.set(call, { tag: 'error', error }),
        );
      }
    } catch (error) {
      this.#outcomes.set(call, { tag: 'error', error });
    }
  }

  /** Something happens at a stream that the host gave. */
  #source(kind: 'pull' | 'closed', source: number): void {
    // A trap closes all of them.
    if (kind === 'closed' && (this.#isOver || isLast(this.#log[this.#at]!))) return;
    const event = this.#expect(kind, () => `the host learns ${kind} for the stream ${source}`);
    if (event[1] === source) return;
    this.#at -= 1;
    this.#differ(`the host learns ${kind} for the stream ${source}`);
  }

  /** Compares how the host's calls ended. */
  async #compareEnd(exports: ComponentExports): Promise<Difference | undefined> {
    await this.#idle();
    const last = this.#log[this.#at];
    if (isCutOff(last)) return undefined;
    const differences: string[] = [];
    for (const event of this.#log) {
      if (event[0] !== 'call') continue;
      const outcome = this.#outcomes.get(event[1]);
      const expected = this.#resolved.get(event[1]);
      const hasTrapped = outcome?.tag === 'error' && outcome.error instanceof Trap;
      if (!(last?.[0] === 'trap' && hasTrapped) && !isSame(outcome, expected))
        differences.push(
          `call ${event[1]} ended with ${showOutcome(outcome)} and not ${JSON.stringify(expected)}`,
        );
    }
    if (last?.[0] !== 'trap')
      differences.push(...this.#unheard.map((error) => `the runtime traps: ${error.message}`));
    for (const read of new Set([...this.#got.keys(), ...this.#streams.got.keys()])) {
      const [expected, got] = [this.#got.get(read), this.#streams.got.get(read)];
      if (!isDeepStrictEqual(got, expected))
        differences.push(`read ${read} gave ${JSON.stringify(got)} and not ${JSON.stringify(expected)}`);
    }
    if (last?.[0] === 'trap' && !this.#endsBefore(exports)) differences.push('the runtime does not trap');
    if (differences.length > 0) return this.#foundDifference(differences.join('; '));
    return this.#difference;
  }

  /** Ends the program. Returns whether a trap had made the component unusable before, so that no core code runs. */
  #endsBefore(exports: ComponentExports): boolean {
    this.#isOver = true;
    this.#isEntered = false;
    const index = topology.functions.findIndex(({ async, params }) => !async && params.length === 0);
    try {
      exportOf(exports, 0, index)();
    } catch (error) {
      return error instanceof Trap && !this.#isEntered;
    }
    return false;
  }

  #errors(): string {
    const errors = [...this.#outcomes.values()].flatMap((one) =>
      one.tag === 'error' ? [String(one.error)] : [],
    );
    return errors.length === 0 ? '' : ` (${errors.join('; ')})`;
  }
}

function isOrdered(event: LogEvent): boolean {
  return !['resolved', 'got', 'stopped'].includes(event[0]);
}

const HOST_EVENTS: ReadonlySet<string> = new Set(['call', 'finish', 'cancel', 'give', 'read', 'drop']);

/** Whether the host does the event, or nothing follows. */
function isHostEvent(event: LogEvent | undefined): boolean {
  return event === undefined || isLast(event) || HOST_EVENTS.has(event[0]);
}

function isLast(event: LogEvent): boolean {
  return ['end', 'trap', 'fault'].includes(event[0]);
}

/** Whether the program ends in the middle of core code, so that nothing is known about what follows. */
function isCutOff(event: LogEvent | undefined): boolean {
  return (
    event?.[0] === 'fault' || (event?.[0] === 'end' && (event[1] === 'cut off' || event[1] === 'platform'))
  );
}

function exportOf(exports: ComponentExports, instance: number, index: number): GuestExport {
  const functions = Reflect.get(exports, topology.instances[instance]!.name) as object;
  return Reflect.get(functions, `f${index}`) as GuestExport;
}

function isSame(outcome: Outcome | undefined, expected: readonly HostValue[] | null | undefined): boolean {
  if (expected === undefined || outcome === undefined) return expected === outcome;
  if (expected === null) return outcome.tag === 'error' && !(outcome.error instanceof Trap);
  return outcome.tag === 'value' && isDeepStrictEqual(outcome.value, expected[0]);
}

function showOutcome(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'nothing';
  return outcome.tag === 'value' ? JSON.stringify(outcome.value) : String(outcome.error);
}
