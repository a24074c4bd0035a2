import type { Outcome } from './run.ts';

/** A script for the worker. */
export interface ToWorker {
  readonly source: string;
  /** The URL of the module with the import object. */
  readonly imports: string | undefined;
  /** Directives, by index, that hung in an earlier worker, and are passed over. */
  readonly hung: readonly number[];
}

/** Outcomes come in the order of the script. */
export type ToMain = { readonly index: number; readonly outcome: Outcome } | { readonly done: true };

export function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
