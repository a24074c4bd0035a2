/** The module of the threads that `serve` starts for `workers`. */
import { nodeHostThread } from './system/node/worker-threads.ts';
import { runServerThread } from './serve/threads/run-server-thread.ts';

runServerThread(nodeHostThread('serve-worker'));
