import { Worker } from 'node:worker_threads';
import type { EngineName } from '../conformance-suite.ts';
import { errorText, type WorkerMessage, type ScriptJob } from './worker-messages.ts';
import type { DirectiveOutcome } from './script-runner.ts';
import type { Directive } from './read-script.ts';

/** How often a script is resumed after a directive that hangs, before its remaining directives count as failed. */
const RESUMPTIONS = 5;

/** How many milliseconds a new worker may take to load its code. On a busy machine this takes seconds. */
const START_TIMEOUT = 60_000;

interface ScriptThreadOptions {
  /** The URL of an ES module whose default export is the import object. */
  readonly imports?: string | undefined;
  /** The default is `compiled`. */
  readonly engine?: EngineName | undefined;
  /** After how many milliseconds without an outcome the worker counts as hanging. The default is 20 seconds. */
  readonly timeout?: number;
}

/** Runs scripts in a worker, one at a time. The worker is used for many scripts, and replaced when it hangs or ends. */
export class ScriptThread {
  readonly #imports: string | undefined;
  readonly #engine: EngineName;
  readonly #timeout: number;
  #worker: Worker | undefined;

  constructor({ imports, engine = 'compiled', timeout = 20_000 }: ScriptThreadOptions = {}) {
    this.#imports = imports;
    this.#engine = engine;
    this.#timeout = timeout;
  }

  /** Runs a script and returns the outcome of each directive, in order. */
  async run(source: string, directives: readonly Directive[]): Promise<readonly DirectiveOutcome[]> {
    const outcomes: (DirectiveOutcome | undefined)[] = directives.map(() => undefined);
    const hung: number[] = [];
    for (let attempt = 0; attempt <= RESUMPTIONS; attempt += 1) {
      const job: ScriptJob = { source, imports: this.#imports, engine: this.#engine, hung };
      const reason = await this.#attempt(job, outcomes);
      if (reason === undefined) break;
      const at = outcomes.indexOf(undefined);
      if (at < 0) break;
      outcomes[at] = { passed: false, reason };
      hung.push(at);
    }
    return outcomes.map(
      (outcome) => outcome ?? { passed: false, reason: 'not run: earlier directives hang' },
    );
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** Returns the reason when the worker did not reach the end of the script. */
  async #attempt(job: ScriptJob, outcomes: (DirectiveOutcome | undefined)[]): Promise<string | undefined> {
    const isNew = this.#worker === undefined;
    const worker = (this.#worker ??= startWorker());
    const reason = await new Promise<string | undefined>((settle) => {
      const hangs = `no result within ${this.#timeout / 1000} s: the guest is in an endless loop, or the worker hangs`;
      let timer = setTimeout(settle, isNew ? START_TIMEOUT : this.#timeout, hangs);
      worker.removeAllListeners();
      worker.on('message', (message: WorkerMessage) => {
        clearTimeout(timer);
        if ('done' in message) return settle(undefined);
        // A directive that runs again after another directive hung keeps its first outcome.
        if ('index' in message) outcomes[message.index] ??= message.outcome;
        timer = setTimeout(settle, this.#timeout, hangs);
      });
      const ended = (why: string): void => {
        clearTimeout(timer);
        settle(why);
      };
      worker.on('error', (error) => ended(`the worker ended with an error: ${errorText(error)}`));
      worker.on('exit', (code) => ended(`the worker ended with the exit code ${code}`));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(job);
    });
    if (reason !== undefined) await this.close();
    return reason;
  }
}

function startWorker(): Worker {
  return new Worker(new URL('script-worker.ts', import.meta.url), {
    execArgv: ['--conditions=@wit-ts/source'],
  });
}
