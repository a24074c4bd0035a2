import { closeSync, openSync, readSync } from 'node:fs';
import { openNodeDirectory } from './files/node/open-node-directory.ts';
import { lazyNodeClient } from './http/node/lazy-node-client.ts';
import { NodeInput } from './system/node/input.ts';
import { nodeSockets } from './system/node/sockets/node-sockets.ts';
import { NodeOutput } from './system/node/output.ts';
import type { Platform } from './system/platform.ts';
import { isWorker, NodeThread, nodeHostThread } from './system/node/worker-threads.ts';
import { fillFromWebCrypto } from './system/random.ts';

/** Node runs the sources, too, which have another extension. */
const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

/** What Node, Deno and Bun give to a host of WASI. */
export const platform: Platform = {
  standardInput: () => new NodeInput(isWorker() ? undefined : () => process.stdin),
  standardOutput: () => new NodeOutput(1, isWorker()),
  standardError: () => new NodeOutput(2, isWorker()),
  openDirectory: openNodeDirectory,
  startWorker: () => new NodeThread(new URL(`./run-worker.${EXTENSION}`, import.meta.url)),
  hostThread: () => nodeHostThread(),
  sockets: nodeSockets,
  fillRandom,
  monotonicNow: () => process.hrtime.bigint(),
  monotonicResolution: () => 1n,
  httpClient: lazyNodeClient,
  async loadServer(inThreads) {
    if (!inThreads) return (await import('./serve/serve-node.ts')).serveNode;
    const { serveInThreads } = await import('./serve/threads/serve-in-threads.ts');
    return serveInThreads(new URL(`./serve-worker.${EXTENSION}`, import.meta.url));
  },
};

/**
 * The system's own device gives random bytes without loading Node's cryptography, which takes longer than all else that
 * happens until a small program starts.
 */
function fillRandom(bytes: Uint8Array): void {
  let descriptor: number;
  try {
    descriptor = openSync('/dev/urandom', 'r');
  } catch {
    fillFromWebCrypto(bytes);
    return;
  }
  try {
    for (let at = 0; at < bytes.length;) at += readSync(descriptor, bytes, at, bytes.length - at, null);
  } finally {
    closeSync(descriptor);
  }
}
