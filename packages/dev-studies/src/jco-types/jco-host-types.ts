import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { installPeers } from '@wit-ts/dev-peers';
import type { SourceText } from '@wit-ts/dev-support/compile-strictly';
import { qualifiedName, type World } from '@wit-ts/model';

export interface JcoRequest {
  readonly path: string;
  readonly options: object;
}

export type JcoAnswer =
  { readonly files: readonly SourceText[] } | { readonly refused: string; readonly isBroken: boolean };

/** `generateHostTypes` of jco, in a thread that is replaced when the tool traps. */
export class JcoHostTypes {
  #worker: Worker | undefined;

  /** @returns the files, or why there are none */
  async generate(path: string, world: World, options: object = {}): Promise<readonly SourceText[] | string> {
    await installPeers();
    this.#worker ??= new Worker(new URL('jco-worker.ts', import.meta.url));
    const request: JcoRequest = {
      path,
      options: { ...options, worldName: qualifiedName(world.package!.name, world.name) },
    };
    this.#worker.postMessage(request);
    const [answer] = (await once(this.#worker, 'message')) as [JcoAnswer];
    if ('files' in answer) return answer.files;
    if (answer.isBroken) await this.close();
    return answer.refused;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }
}
