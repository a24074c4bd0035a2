/** Loads the code of few errors and of the trace. Returns nothing where no code is loaded on demand. */
export function diagnosticsAndTrace(): Promise<typeof import('./diagnostics-and-trace.ts') | undefined> {
  return import('./diagnostics-and-trace.ts').catch(() => undefined);
}
