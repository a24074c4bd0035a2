/**
 * A call that crosses a boundary, the end of such a call, or something that happened to a task; see
 * `InstantiateOptions.trace`. Values are copies, except for objects of resources, streams, promises and error contexts,
 * so an event cannot change its call.
 */
export type TraceEvent = CallEvent | TaskEvent;

/** Receives the events of a trace. An error that it throws ends the call. */
export type Trace = (event: TraceEvent) => void;

/**
 * A call, or its end. The event that ends a call comes when the call ends: after other events, if the function returns
 * a promise.
 */
export type CallEvent = Crossing &
  (
    | { readonly tag: 'call'; readonly args: readonly unknown[] }
    | { readonly tag: 'return'; readonly value: unknown }
    /** A `Trap`, the `err` of a result, what a host function threw, or the reason why a call was cancelled. */
    | { readonly tag: 'throw'; readonly error: unknown }
  );

export interface Crossing {
  /**
   * `export`: the host calls the component. `import`: the component calls the host. `inside`: a component calls
   * another one inside; the values of such a call are those that components pass to each other, where handles are
   * bare representations or indices.
   */
  readonly boundary: 'export' | 'import' | 'inside';
  /** `handle-request`, `example:service/processor#process-data`, `test:files#[method]file.read`. */
  readonly name: string;
  /** The path of the component instance that is called; for `import`, of the instance that calls. */
  readonly instance: string;
  /** The number of the call, from 1. The event that ends a call has the same number. */
  readonly call: number;
  /** The number of traced calls that were running around this one when it began. */
  readonly depth: number;
}

/** Something that happened to a task: the call of a function that may wait (`CanonicalABI.md`, "Tasks"). */
export type TaskEvent = AboutTask &
  (
    | { readonly happened: 'started' | 'told-to-cancel' | 'returned' | 'cancelled' }
    /** A thread of the task waits. `waitsFor` says what for: `an event`, `the result of \`fetch\``. */
    | { readonly happened: 'waiting'; readonly thread: number; readonly waitsFor: string }
    /** @property isCancelled whether the thread learns that the task was told to cancel */
    | { readonly happened: 'resumed'; readonly thread: number; readonly isCancelled: boolean }
    /** The task trapped when the event loop had resumed it, which ends the component. */
    | { readonly happened: 'failed'; readonly error: Error }
  );

/** What all events of tasks have. */
export interface AboutTask {
  readonly tag: 'task';
  /** No boundary is crossed. */
  readonly boundary?: undefined;
  /** The number of the task, from 1 for each instance. Messages of traps mention tasks by the same number. */
  readonly task: number;
  /** The called function. */
  readonly name: string;
  /** The path of the component instance whose function was called. */
  readonly instance: string;
  /** The number of the traced call that started the task; `undefined` if the call had to wait before it started. */
  readonly call: number | undefined;
  /** The number of traced calls that are running around the event. */
  readonly depth: number;
}
