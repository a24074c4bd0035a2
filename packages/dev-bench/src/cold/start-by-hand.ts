import { GuestMemory, type Realloc } from '../contenders/by-hand/guest-memory.ts';
import { firstCoreModule } from '../first-core-module.ts';
import { type EdgeHandler, processor } from './edge-handler.ts';

interface CoreExports {
  readonly memory: WebAssembly.Memory;
  readonly cabi_realloc: Realloc;
  readonly 'handle-request': (pointer: number, length: number) => number;
  readonly 'cabi_post_handle-request': (answer: number) => void;
}

/**
 * Instantiates the guest's core module with glue written for it, which is the least that a start can cost. The glue
 * supports only host functions that return an `ok`.
 */
export async function startByHand(component: Uint8Array<ArrayBuffer>): Promise<EdgeHandler> {
  const { instance } = await WebAssembly.instantiate(firstCoreModule(component), {
    'example:service/processor': {
      'process-data': (
        input: number,
        inputLength: number,
        id: bigint,
        tags: number,
        tagCount: number,
        result: number,
      ) => {
        const { u32 } = guest.refresh();
        const at = tags >>> 2;
        const words = Array.from({ length: tagCount }, (_, index) =>
          guest.liftString(u32[at + index * 2]!, u32[at + index * 2 + 1]!),
        );
        const text = guest.liftString(input >>> 0, inputLength >>> 0);
        guest.lowerString(processor.processData(text, { id: BigInt.asUintN(64, id), tags: words }));
        const views = guest.refresh();
        views.u8[result >>> 0] = 0;
        views.u32[(result >>> 2) + 1] = guest.pointer;
        views.u32[(result >>> 2) + 2] = guest.length;
      },
    },
  });
  const core = instance.exports as unknown as CoreExports;
  const guest = new GuestMemory(core.memory, core.cabi_realloc);
  return {
    handleRequest(request) {
      guest.lowerString(request);
      const at = core['handle-request'](guest.pointer, guest.length) >>> 2;
      const { u32 } = guest.refresh();
      const answer = guest.liftString(u32[at]!, u32[at + 1]!);
      core['cabi_post_handle-request'](at << 2);
      return answer;
    },
  };
}
