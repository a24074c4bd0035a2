import { parentPort } from 'node:worker_threads';
import { errorText, type ToMain, type ToWorker } from './protocol.ts';
import { Runner } from './run.ts';
import { readScript } from './script.ts';
import { toolchain } from './toolchain.ts';

/** Runs whole scripts in a thread of its own, which can be ended when a guest spins for ever. */

/** A rejection that nobody handles would end a host's process, so the directive that leaves one behind fails. */
let stray: unknown;
process.on('unhandledRejection', (error) => {
  stray ??= error;
});

parentPort?.on('message', async (job: ToWorker) => {
  const imports = job.imports === undefined ? {} : await loadImports(job.imports);
  const runner = new Runner(toolchain, { imports });
  for (const [index, directive] of readScript(job.source).entries()) {
    if (job.hung.includes(index)) continue;
    const outcome = await runner.run(directive);
    // Rejections count as unhandled only after the tasks at hand.
    await new Promise((done) => setImmediate(done));
    const left = stray;
    stray = undefined;
    if (outcome.passed && left !== undefined) {
      send({
        index,
        outcome: { passed: false, reason: `A rejected promise was left unhandled: ${errorText(left)}` },
      });
    } else {
      send({ index, outcome });
    }
  }
  send({ done: true });
});

function send(message: ToMain): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(message);
}

async function loadImports(url: string): Promise<Readonly<Record<string, unknown>>> {
  const module = (await import(url)) as { readonly default: Readonly<Record<string, unknown>> };
  return module.default;
}
