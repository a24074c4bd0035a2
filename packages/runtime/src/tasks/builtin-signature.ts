import type { FlatType } from '@wit-ts/abi';
import type { CoreSignature } from '@wit-ts/concurrency/stack-modules';
import type { TaskBuiltin } from '../wiring/wiring.ts';

/** The core type of a built-in that may block. */
export function builtinSignature({ canon, options }: TaskBuiltin['builtin']): CoreSignature {
  const address: FlatType = options?.canonical.memory ?? 'i32';
  const isStreamCopy = canon.tag === 'stream.read' || canon.tag === 'stream.write';
  return { params: paramsOf(canon.tag, address), results: [isStreamCopy ? address : 'i32'] };
}

function paramsOf(tag: TaskBuiltin['builtin']['canon']['tag'], address: FlatType): readonly FlatType[] {
  switch (tag) {
    case 'thread.yield':
    case 'thread.suspend':
      return [];
    case 'waitable-set.wait':
    case 'future.read':
    case 'future.write':
      return ['i32', address];
    case 'stream.read':
    case 'stream.write':
      return ['i32', address, address];
    default:
      return ['i32'];
  }
}
