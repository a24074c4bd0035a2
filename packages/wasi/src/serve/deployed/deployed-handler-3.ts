import { makeSystem } from '../../system/make-system.ts';
import { type Handle3, HandlerInstance3 } from '../handler-3.ts';
import { handlerHost3 } from '../handler-hosts.ts';
import { type DeployedProgram, fetchWorker } from './deployed-handler.ts';

/** How many requests an instance has at a time: what it waits for belongs to one request. */
const CONCURRENT = 1;

/** Returns a worker that answers requests with `wasi:http/handler` of 0.3. See `fetchWorker`. */
export function deployedHandler3(
  program: DeployedProgram,
  grants: unknown,
  files?: ArrayBuffer,
): ReturnType<typeof fetchWorker> {
  return fetchWorker(program, grants, files, (deployment) => ({
    version: 3,
    hasQuickInstances: false,
    async create() {
      const { system, http, imports } = handlerHost3(makeSystem(deployment.grants()), deployment.client);
      const { handle, fuel } = deployment.instance<Handle3>(program.instantiate, imports, {
        deadlock: 'wait',
      });
      return new HandlerInstance3(handle, http, system, CONCURRENT, fuel);
    },
    createQuick: () => Promise.reject(new TypeError('handlers of 0.3 have no instances without effects')),
  }));
}
