import { parentPort } from 'node:worker_threads';
import { errorText, type WorkerMessage, type ScriptJob } from './worker-messages.ts';
import { ScriptRunner } from './script-runner.ts';
import { readScript } from './read-script.ts';
import { witTsEngine } from './wit-ts-engine.ts';

/** This worker runs whole scripts. The main thread can end it when a guest is in an endless loop. */

/** An unhandled rejection would end a host's process, so the directive that causes one fails. */
let unhandledRejection: unknown;
process.on('unhandledRejection', (error) => {
  unhandledRejection ??= error;
});

parentPort?.on('message', async (job: ScriptJob) => {
  const imports = job.imports === undefined ? {} : await loadImports(job.imports);
  const runner = new ScriptRunner(witTsEngine(job.engine), { imports });
  for (const [index, directive] of readScript(job.source).entries()) {
    if (job.hung.includes(index)) continue;
    const outcome = await runner.run(directive);
    // Node reports unhandled rejections only after the current tasks.
    await new Promise((done) => setImmediate(done));
    const rejection = unhandledRejection;
    unhandledRejection = undefined;
    if (outcome.passed && rejection !== undefined) {
      send({
        index,
        outcome: { passed: false, reason: `a promise was rejected and not handled: ${errorText(rejection)}` },
      });
    } else {
      send({ index, outcome });
    }
  }
  send({ done: true });
});

send({ ready: true });

function send(message: WorkerMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(message);
}

async function loadImports(url: string): Promise<Readonly<Record<string, unknown>>> {
  const module = (await import(url)) as { readonly default: Readonly<Record<string, unknown>> };
  return module.default;
}
