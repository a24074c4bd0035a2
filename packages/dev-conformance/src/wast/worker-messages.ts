import type { EngineName } from '../conformance-suite.ts';
import type { DirectiveOutcome } from './script-runner.ts';

/** A script that the worker has to run. */
export interface ScriptJob {
  readonly source: string;
  /** The URL of an ES module whose default export is the import object. */
  readonly imports: string | undefined;
  readonly engine: EngineName;
  /** The indices of directives that hung in an earlier worker. The worker skips them. */
  readonly hung: readonly number[];
}

/** What the worker sends: `ready` once, when its code is loaded; for each script the outcomes in order, then `done`. */
export type WorkerMessage =
  | { readonly ready: true }
  | { readonly index: number; readonly outcome: DirectiveOutcome }
  | { readonly done: true };

/** Returns the name and the message of an error. */
export function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
