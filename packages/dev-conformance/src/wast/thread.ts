import { Worker } from 'node:worker_threads';
import { errorText, type ToMain, type ToWorker } from './protocol.ts';
import type { Outcome } from './run.ts';
import type { Directive } from './script.ts';

/** How often a script is taken up again after a hang, before what is left of it is given up. */
const RESUMPTIONS = 5;

/** Runs scripts in a worker, one at a time. The worker is kept between scripts, and replaced when it hangs or dies. */
export class ScriptThread {
  readonly #imports: string | undefined;
  readonly #patience: number;
  #worker: Worker | undefined;

  /**
   * `imports`: the URL of a module whose default export is the import object. `patience`: after how many milliseconds
   * without an outcome the worker is taken to spin.
   */
  constructor(imports?: string, patience = 20_000) {
    this.#imports = imports;
    this.#patience = patience;
  }

  /** One outcome for each directive, in order. */
  async run(source: string, directives: readonly Directive[]): Promise<readonly Outcome[]> {
    const outcomes: (Outcome | undefined)[] = directives.map(() => undefined);
    const hung: number[] = [];
    for (let attempt = 0; attempt <= RESUMPTIONS; attempt += 1) {
      const reason = await this.#attempt({ source, imports: this.#imports, hung }, outcomes);
      if (reason === undefined) break;
      const at = outcomes.indexOf(undefined);
      if (at < 0) break;
      outcomes[at] = { passed: false, reason };
      hung.push(at);
    }
    return outcomes.map(
      (outcome) => outcome ?? { passed: false, reason: 'It was not run: directives before it hang.' },
    );
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** Gives the reason where the worker did not come to the end of the script. */
  async #attempt(job: ToWorker, outcomes: (Outcome | undefined)[]): Promise<string | undefined> {
    const worker = (this.#worker ??= startWorker());
    const reason = await new Promise<string | undefined>((settle) => {
      const hangs = `Nothing came back within ${this.#patience / 1000} s: the guest spins, or the worker is stuck.`;
      let timer = setTimeout(settle, this.#patience, hangs);
      worker.removeAllListeners();
      worker.on('message', (message: ToMain) => {
        clearTimeout(timer);
        if ('done' in message) return settle(undefined);
        // A directive that was run again after a hang keeps its first outcome.
        outcomes[message.index] ??= message.outcome;
        timer = setTimeout(settle, this.#patience, hangs);
      });
      const died = (why: string): void => {
        clearTimeout(timer);
        settle(why);
      };
      worker.on('error', (error) => died(`The worker died of it: ${errorText(error)}`));
      worker.on('exit', (code) => died(`The worker ended with code ${code}.`));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(job);
    });
    if (reason !== undefined) await this.close();
    return reason;
  }
}

function startWorker(): Worker {
  return new Worker(new URL('worker.ts', import.meta.url), { execArgv: ['--conditions=@wit-ts/source'] });
}
