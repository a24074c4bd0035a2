import type { WasiCall } from '../../calls/wasi-call.ts';
import { NodeThread } from '../../system/node/worker-threads.ts';
import { errorFrom } from '../../worker/posted-errors.ts';
import type { PostedGrants } from '../../worker/posted-grants.ts';
import { ReceivedCalls } from '../../worker/reported-calls.ts';
import { StreamBridge } from '../../worker/stream-bridge.ts';
import type { AccessEntry } from '../serve.ts';
import type { Refusal } from '../../refusal.ts';
import { newRequestTable, RequestTable } from './request-table.ts';
import { StuckError } from './stuck-error.ts';
import type { FromThread, ThreadCommand, ThreadSetup, ToThread } from './thread-messages.ts';

/** What the thread of the host does with what the others report. */
export interface ThreadReports {
  readonly onRefused: ((refusal: Refusal) => void) | undefined;
  readonly onCall: ((call: WasiCall) => void) | undefined;
  readonly onRequest: ((entry: AccessEntry) => void) | undefined;
  readonly onError: (error: unknown) => void;
}

/** What is the same for all threads of a server. */
export type CommonSetup = Omit<ThreadSetup, 'component' | 'rings' | 'table' | 'grants' | 'reportedCalls'>;

interface Asked {
  resolve(): void;
  reject(error: Error): void;
}

/** In the thread of the host: one of the other threads of a server. */
export class ServerThread {
  /** Resolves when it has ended by itself, with the reason. */
  readonly failed: Promise<Error>;
  readonly #thread: NodeThread<ToThread, FromThread>;
  readonly #reports: ThreadReports;
  readonly #bridge: StreamBridge;
  readonly #calls: ReceivedCalls | undefined;
  readonly #memory = newRequestTable();
  readonly #table = new RequestTable(this.#memory);
  readonly #asked = new Map<number, Asked>();
  #nextId = 0;
  #seenBeats = 0;
  /** For how many milliseconds it has not come back to its event loop, as far as `quietFor` has seen. */
  quiet = 0;
  #isReleased = false;
  #ended: Promise<void> | undefined;

  constructor(module: URL, grants: PostedGrants, reports: ThreadReports) {
    this.#thread = new NodeThread(module);
    this.#bridge = new StreamBridge(this.#thread, grants);
    this.#reports = reports;
    this.#calls = reports.onCall && new ReceivedCalls(reports.onCall);
    const failed = Promise.withResolvers<Error>();
    this.failed = failed.promise;
    this.#thread.listen(
      (message) => this.#receive(message),
      (error) => {
        this.release(error);
        failed.resolve(error);
      },
    );
  }

  /** Resolves when it listens. Rejects when the component cannot be served. */
  start(
    setup: CommonSetup,
    component: ThreadSetup['component'],
    grants: ThreadSetup['grants'],
  ): Promise<void> {
    const { rings } = this.#bridge;
    const own = { rings, table: this.#memory, reportedCalls: this.#calls?.memory };
    return this.ask({ tag: 'start', setup: { ...setup, component, grants, ...own } });
  }

  /** Resolves when it has done what the command says, and also when it has ended before. */
  ask(command: ThreadCommand): Promise<void> {
    if (this.#isReleased) return Promise.resolve();
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#thread.post({ id, command });
    });
  }

  /**
   * Looks whether the thread has come back to its event loop since the last time, and returns for how many milliseconds
   * it has not.
   *
   * @param milliseconds since the last time
   */
  quietFor(milliseconds: number): number {
    const { beats } = this.#table;
    // A thread that starts does not beat yet.
    this.quiet = beats === this.#seenBeats && beats > 0 ? this.quiet + milliseconds : 0;
    this.#seenBeats = beats;
    return this.quiet;
  }

  /** Nobody waits for its answers any more. An error is what those see who wait for its start. */
  release(error?: Error): void {
    this.#isReleased = true;
    for (const { resolve, reject } of this.#asked.values())
      if (error === undefined) resolve();
      else reject(error);
    this.#asked.clear();
  }

  /** Ends the thread wherever it is, and reports the requests that it had begun. */
  end(): Promise<void> {
    this.release();
    return (this.#ended ??= this.#end());
  }

  async #end(): Promise<void> {
    await this.#thread.terminate();
    this.#bridge.close();
    if (this.#reports.onRequest === undefined) return;
    this.#log(this.#table.ended());
    this.#log(this.#table.begun());
  }

  #log(entries: readonly AccessEntry[]): void {
    for (const entry of entries) this.#reports.onRequest?.(entry);
  }

  /** Describes why the thread is ended that did not come back. */
  stuckError(milliseconds: number): StuckError {
    const requests = this.#table.begun().map(({ method, path }) => ({ method, path }));
    return new StuckError(milliseconds, this.#table.count, requests);
  }

  #receive(message: FromThread): void {
    switch (message.tag) {
      case 'wake':
        this.#bridge.wakeUps.wake();
        break;
      case 'refused':
        this.#reports.onRefused?.(message.refusal);
        break;
      case 'called':
        this.#calls?.receive(message.call, this.#reports.onError);
        break;
      case 'requests':
        this.#log(message.entries);
        break;
      case 'error':
        void errorFrom(message.error).then((error) => this.#reports.onError(error));
        break;
      case 'done': {
        const { id, error } = message;
        const asked = this.#asked.get(id);
        this.#asked.delete(id);
        if (error === undefined) asked?.resolve();
        else void errorFrom(error).then((made) => asked?.reject(made));
      }
    }
  }
}
