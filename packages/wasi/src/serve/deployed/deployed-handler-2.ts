import { makeSystem } from '../../system/make-system.ts';
import { canSuspend } from '../can-suspend.ts';
import { type Handle2, HandlerInstance2 } from '../handler-2.ts';
import { handlerHost2, quickHost2 } from '../handler-hosts.ts';
import type { HandlerInstance, HandlerInstances } from '../handler-instance.ts';
import type { QuickInstance } from '../quick-instances.ts';
import { type DeployedProgram, type Deployment, fetchWorker } from './deployed-handler.ts';

/** A component with `wasi:http/incoming-handler` of 0.2. */
interface DeployedProgram2 extends DeployedProgram {
  /** Makes an instance that cannot wait. */
  readonly instantiateQuick: DeployedProgram['instantiate'];
}

/** Returns a worker that answers requests with `wasi:http/incoming-handler` of 0.2. See `fetchWorker`. */
export function deployedHandler2(
  program: DeployedProgram2,
  grants: unknown,
  files?: ArrayBuffer,
): ReturnType<typeof fetchWorker> {
  return fetchWorker(program, grants, files, (deployment) => new Instances(program, deployment));
}

class Instances implements HandlerInstances {
  readonly version = 2;
  readonly hasQuickInstances = canSuspend();
  readonly #program: DeployedProgram2;
  readonly #deployment: Deployment;

  constructor(program: DeployedProgram2, deployment: Deployment) {
    this.#program = program;
    this.#deployment = deployment;
  }

  async create(): Promise<HandlerInstance> {
    const { client, grants } = this.#deployment;
    const { system, http, imports } = handlerHost2(makeSystem(grants()), client);
    const { handle, fuel } = this.#deployment.instance<Handle2>(this.#program.instantiate, imports);
    return new HandlerInstance2(handle, http, system, fuel);
  }

  async createQuick(): Promise<QuickInstance> {
    const { system, http, imports } = quickHost2(this.#deployment.grants());
    const { handle, fuel } = this.#deployment.instance<Handle2>(this.#program.instantiateQuick, imports);
    return { handle, http, fuel, close: () => system.close() };
  }
}
