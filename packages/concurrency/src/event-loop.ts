/** A reaction to a promise costs a tenth of Node's `queueMicrotask`, which makes an asynchronous resource each time. */
const RESOLVED = /* @__PURE__ */ Promise.resolve();

/**
 * How tasks share the event loop of the platform with its timers and its I/O. `turns` is the number of turns of
 * threads after which these are let in: a component and its host that pass a stream would otherwise keep them waiting,
 * because each makes the other go on in a microtask.
 */
export const eventLoop = {
  turns: 1024,
  /** Calls back in a microtask. The function must not throw. */
  soon: (run: () => void): void => void RESOLVED.then(run),
  later: /* @__PURE__ */ laterOf(),
} as const;

type Later = (run: () => void) => void;

/** Returns the fastest function that calls back after timers and I/O had a turn. */
function laterOf(): Later {
  const { setImmediate } = globalThis as { setImmediate?: (run: () => void) => unknown };
  if (setImmediate !== undefined) return (run) => void setImmediate(run);
  // The platform's `setTimeout` waits for at least four milliseconds when it is nested, and a channel does not.
  if (typeof MessageChannel === 'undefined') return (run) => void setTimeout(run, 0);
  return throughChannel;
}

let channel: MessageChannel | undefined;
const pending: (() => void)[] = [];

function throughChannel(run: () => void): void {
  if (channel === undefined) {
    channel = new MessageChannel();
    channel.port1.addEventListener('message', () => pending.shift()?.());
    channel.port1.start();
  }
  pending.push(run);
  channel.port2.postMessage(undefined);
}
