import type { TaskBuiltin } from '../wiring/wiring.ts';
import * as builtins from './builtins.ts';

type BuiltinTag = TaskBuiltin['builtin']['canon']['tag'];

/** The name of the function that makes each built-in. */
export const builtinNames: Readonly<Partial<Record<BuiltinTag, keyof typeof builtins>>> = {
  'context.get': 'makeContextGet',
  'context.set': 'makeContextSet',
  'backpressure.inc': 'makeBackpressure',
  'backpressure.dec': 'makeBackpressure',
  'task.return': 'makeTaskReturn',
  'task.cancel': 'makeTaskCancel',
  'subtask.cancel': 'makeSubtaskCancel',
  'subtask.drop': 'makeSubtaskDrop',
  'waitable-set.new': 'makeWaitableSetNew',
  'waitable-set.wait': 'makeWaitableSetWait',
  'waitable-set.poll': 'makeWaitableSetPoll',
  'waitable-set.drop': 'makeWaitableSetDrop',
  'waitable.join': 'makeWaitableJoin',
  'error-context.new': 'makeErrorContextNew',
  'error-context.debug-message': 'makeErrorContextDebugMessage',
  'error-context.drop': 'makeErrorContextDrop',
  'thread.index': 'makeThreadIndex',
  'thread.new-indirect': 'makeThreadNewIndirect',
  'thread.resume-later': 'makeThreadResumeLater',
  'thread.yield': 'makeThreadYield',
  'thread.suspend': 'makeThreadSuspend',
  'thread.suspend-then-resume': 'makeThreadThenResume',
  'thread.yield-then-resume': 'makeThreadThenResume',
  'thread.suspend-then-promote': 'makeThreadThenPromote',
  'thread.yield-then-promote': 'makeThreadThenPromote',
  'stream.new': 'makeCopyNew',
  'stream.read': 'makeCopy',
  'stream.write': 'makeCopy',
  'stream.cancel-read': 'makeCopyCancel',
  'stream.cancel-write': 'makeCopyCancel',
  'stream.drop-readable': 'makeCopyDrop',
  'stream.drop-writable': 'makeCopyDrop',
  'future.new': 'makeCopyNew',
  'future.read': 'makeCopy',
  'future.write': 'makeCopy',
  'future.cancel-read': 'makeCopyCancel',
  'future.cancel-write': 'makeCopyCancel',
  'future.drop-readable': 'makeCopyDrop',
  'future.drop-writable': 'makeCopyDrop',
};

type BuiltinMakers = Readonly<Partial<Record<BuiltinTag, builtins.MakeBuiltin>>>;

/** The functions that make built-ins, by the built-in. */
export const allBuiltins: BuiltinMakers = /* @__PURE__ */ makersByTag();

function makersByTag(): BuiltinMakers {
  const makers = { ...builtins };
  return Object.fromEntries(Object.entries(builtinNames).map(([tag, name]) => [tag, makers[name]]));
}
