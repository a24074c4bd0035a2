import type { CallEvent, Component, ComponentError, Trace } from '@wit-ts/runtime';
import { exitOf } from '../system/exit.ts';
import type { CallRecorder, RunningCall } from './call-recorder.ts';
import { ResourceLabels } from './resource-labels.ts';
import { ValueView } from './shown-value.ts';
import type { CallOutcome, UsedGrant } from './wasi-call.ts';

/** A call that has begun, with what its end needs. */
interface BegunCall {
  readonly running: RunningCall;
  readonly args: readonly unknown[];
  readonly grant: UsedGrant | undefined;
}

/**
 * Returns the trace for an instance whose calls of WASI are recorded.
 *
 * @param own the trace that the host asked for, which goes on
 */
export function recordingTrace(component: Component, calls: CallRecorder, own?: Trace): Trace {
  const params = parameterNames(component);
  const labels = new ResourceLabels(calls.names);
  const begun = new Map<number, BegunCall>();
  const record = (event: CallEvent): void => {
    if (event.boundary !== 'import' || !event.name.startsWith('wasi:')) return;
    const hash = event.name.indexOf('#');
    const [name, func] = [event.name.slice(0, hash), event.name.slice(hash + 1)];
    if (event.tag === 'call') {
      const view = new ValueView((resource) => labels.text(resource));
      const shown = event.args.map(
        (arg, index) => [params.get(event.name)?.[index] ?? `argument-${index}`, view.show(arg)] as const,
      );
      const grant = labels.called(name, func, event.args);
      const running = calls.begin(name, func, Object.fromEntries(shown));
      begun.set(event.call, { running, args: event.args, grant });
      return;
    }
    const call = begun.get(event.call);
    if (call === undefined) return;
    begun.delete(event.call);
    if (event.tag === 'return') labels.returned(name, func, call.args, event.value);
    const view = new ValueView((resource) => labels.text(resource));
    calls.end(
      call.running,
      event.tag === 'return' ? returned(event.value, view) : thrown(event.error, view),
      call.grant,
    );
  };
  return (event) => {
    own?.(event);
    if (event.tag !== 'task') record(event);
  };
}

function returned(value: unknown, view: ValueView): CallOutcome {
  return value === undefined ? { tag: 'returned' } : { tag: 'returned', value: view.show(value) };
}

function thrown(error: unknown, view: ValueView): CallOutcome {
  const exit = exitOf(error);
  if (exit !== undefined) return { tag: 'ended', reason: `exit ${exit.code}` };
  if (isComponentError(error)) return { tag: 'failed', error: view.show(error.payload) };
  const message = error instanceof Error ? error.message : String(error);
  return { tag: 'ended', reason: message.slice(0, 256) };
}

/** The classes of the runtime may exist twice in one program, for its bundle and for its sources. */
function isComponentError(error: unknown): error is ComponentError {
  return error instanceof Error && 'payload' in error;
}

/** The names of the parameters of each imported function. */
function parameterNames({ plan }: Component): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const { path, item } of plan.imports)
    if (item.tag === 'func')
      names.set(
        path.join('#'),
        item.type.params.map(({ name }) => name),
      );
  return names;
}
