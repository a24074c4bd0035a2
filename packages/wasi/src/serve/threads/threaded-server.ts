import { setTimeout as after } from 'node:timers/promises';
import type { PostedGrants } from '../../worker/posted-grants.ts';
import { TimeoutError } from '../../worker/timeout-error.ts';
import type { HandlerSource } from '../handler-component.ts';
import type { HandlerLimits } from '../options.ts';
import type { Server } from '../serve.ts';
import { postedComponent } from './posted-serving.ts';
import { StuckError } from './stuck-error.ts';
import { type CommonSetup, ServerThread, type ThreadReports } from './server-thread.ts';
import type { PostedComponent } from './thread-messages.ts';

/** What a server needs to start threads. */
interface ThreadedOptions {
  /** The module of the threads. */
  readonly module: URL;
  readonly grants: PostedGrants;
  readonly limits: HandlerLimits;
  readonly setup: CommonSetup;
  readonly reports: ThreadReports;
}

/** Milliseconds from one look at the threads to the next. */
const WATCH = 250;
/** A thread that does not come back for this long is busy, and not only late. */
const BUSY = 1000;
/** The least time until a thread is ended that does not come back: a busy machine delays threads, too. */
const LEAST_STUCK = 1000;
/** The least time until a thread must have started, and the longest that a stuck one lives until then. */
const LEAST_START = 30_000;
/** The times between attempts to start a thread. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [1000, 30_000] as const;

/** How often a component is given to the threads, as long as requests take threads along. */
const MOST_ATTEMPTS = 3;

/** A server whose requests are answered in threads, which it watches and replaces. */
export class ThreadedServer implements Server {
  readonly address: string;
  readonly #options: ThreadedOptions;
  readonly #milliseconds: number;
  /** Those that listen. */
  readonly #threads = new Set<ServerThread>();
  /** Those that start, listen, or end. */
  readonly #alive = new Set<ServerThread>();
  readonly #lostThreads = new WeakSet<ServerThread>();
  #component: PostedComponent | undefined;
  #isClosing = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(options: ThreadedOptions) {
    this.#options = options;
    const { host, port } = options.setup;
    this.address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    this.#milliseconds = options.limits.milliseconds ?? 60_000;
  }

  /** Rejects when the component cannot be served. */
  async start(component: PostedComponent, workers: number): Promise<void> {
    this.#component = component;
    try {
      await Promise.all(Array.from({ length: workers }, () => this.#startThread(component)));
    } catch (error) {
      await this.close(0);
      throw error;
    }
    this.#watch();
  }

  async replace(source: HandlerSource): Promise<void> {
    let posted: Promise<PostedComponent> | undefined;
    for (let attempts = 1; ; attempts += 1) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- a thread that is lost is replaced in between
        await this.#inTurn(async () =>
          this.#replaceWith(await (posted ??= postedComponent(source, this.#options.limits))),
        );
        return;
      } catch (error) {
        // A request of the component before has taken a thread along, which was not known to be busy yet.
        const isOfRequest = error instanceof StuckError && error.requests.length > 0;
        if (!isOfRequest || this.#isClosing || attempts === MOST_ATTEMPTS) throw error;
      }
    }
  }

  async #replaceWith(component: PostedComponent): Promise<void> {
    // The component before may have a thread for as long as a request may take.
    const isBusy = (thread: ServerThread): boolean => this.#options.setup.sharesPort && thread.quiet >= BUSY;
    const busy = [...this.#threads].filter(isBusy);
    const ready = [...this.#threads].filter((thread) => !isBusy(thread));
    const started: ServerThread[] = [];
    try {
      // A component that loops when it starts takes one thread along, and not all.
      const [first, ...others] = ready;
      await first?.ask({ tag: 'prepare', component });
      await Promise.all(others.map((thread) => thread.ask({ tag: 'prepare', component })));
      // oxlint-disable-next-line no-await-in-loop -- if one cannot start, others need not be tried
      for (const _ of busy) started.push(await this.#startThread(component));
    } catch (error) {
      for (const thread of ready) thread.ask({ tag: 'discard' }).catch(() => undefined);
      for (const thread of started) void this.#retire(thread);
      throw error;
    }
    this.#component = component;
    for (const thread of busy) void this.#retire(thread);
    await Promise.all(ready.map((thread) => thread.ask({ tag: 'commit' })));
  }

  async close(milliseconds = 10_000): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#timer);
    await Promise.all([...this.#alive].map((thread) => this.#closed(thread, milliseconds)));
    await this.#lastTurn.catch(() => undefined);
  }

  async #startThread(component: PostedComponent): Promise<ServerThread> {
    const { module, grants, setup, reports } = this.#options;
    const thread = new ServerThread(module, grants, reports);
    this.#alive.add(thread);
    const mostStart = Math.max(this.#milliseconds, LEAST_START);
    try {
      const started = thread.start(setup, component, grants.cloned);
      await orAfter(started, mostStart, () => {
        throw new TimeoutError(mostStart);
      });
      if (this.#isClosing) throw new Error('the server is closed');
    } catch (error) {
      await this.#end(thread);
      throw error;
    }
    this.#threads.add(thread);
    const start = performance.now();
    void thread.failed.then(async (error) => {
      // A thread that cannot live is not started without end.
      if (performance.now() - start < FIRST_PAUSE) await after(FIRST_PAUSE, undefined, { ref: false });
      await this.#lost(thread, error);
    });
    return thread;
  }

  /** Looks at the threads from time to time. */
  #watch(): void {
    const most = Math.max(this.#milliseconds, LEAST_STUCK);
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      // A process that was stopped has not waited for its threads.
      const passed = Math.min(now - last, 2 * WATCH);
      last = now;
      for (const thread of this.#alive)
        if (thread.quietFor(passed) >= most) void this.#lost(thread, thread.stuckError(most));
    }, WATCH);
  }

  /** Replaces a thread that has ended, or is stuck. */
  async #lost(thread: ServerThread, reason: Error): Promise<void> {
    if (!this.#alive.has(thread) || this.#lostThreads.has(thread)) return;
    this.#lostThreads.add(thread);
    thread.release(reason);
    const wasListening = this.#threads.delete(thread);
    this.#options.reports.onError(reason);
    // While both listen, requests find one that answers.
    if (wasListening && !this.#isClosing && this.#options.setup.sharesPort)
      await orAfter(this.#startAnother(), LEAST_START, () => undefined);
    await this.#end(thread);
    if (wasListening && !this.#isClosing && !this.#options.setup.sharesPort) await this.#startAnother();
  }

  /** Starts a thread, if need be after several attempts. */
  async #startAnother(): Promise<void> {
    for (let pause: number = FIRST_PAUSE; !this.#isClosing; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      try {
        await this.#inTurn(() => this.#startThread(this.#component!));
        return;
      } catch (error) {
        if (!this.#isClosing) this.#options.reports.onError(error);
      }
      await after(pause, undefined, { ref: false });
    }
  }

  /** Lets a thread answer what it has begun, and ends it. It is watched until then. */
  async #retire(thread: ServerThread): Promise<void> {
    this.#threads.delete(thread);
    await thread.ask({ tag: 'close', milliseconds: this.#milliseconds }).catch(() => undefined);
    await this.#end(thread);
  }

  async #closed(thread: ServerThread, milliseconds: number): Promise<void> {
    const closed = thread.ask({ tag: 'close', milliseconds }).catch(() => undefined);
    await orAfter(closed, milliseconds + BUSY, () => undefined);
    await this.#end(thread);
  }

  async #end(thread: ServerThread): Promise<void> {
    await thread.end();
    this.#threads.delete(thread);
    this.#alive.delete(thread);
  }

  /** Does one thing after the other: a thread that starts while the component is replaced would miss it. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.catch(() => undefined).then(work);
    this.#lastTurn = turn;
    return turn;
  }
}

/** Waits for a promise, or for a time, after which `late` is called. */
async function orAfter(promise: Promise<void>, milliseconds: number, late: () => void): Promise<void> {
  const timer = new AbortController();
  const { signal } = timer;
  await Promise.race([
    promise,
    after(milliseconds, undefined, { signal, ref: false }).then(late, () => undefined),
  ]).finally(() => timer.abort());
}
