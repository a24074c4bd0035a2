/** Loads the code of few errors and of the trace. Returns nothing where no code is loaded on demand. */
export function diagnosticsAndTrace(): Promise<typeof import('./diagnostics-and-trace.ts') | undefined> {
  return import('./diagnostics-and-trace.ts').catch(() => undefined);
}

/** Returns what throws the error for an option whose code cannot be loaded. `instantiateSync` imports that code. */
export function notLoaded(option: string): (cause: unknown) => never {
  return (cause) => {
    throw new Error(`\`options.${option}\`: no code is loaded on demand; use \`instantiateSync\``, { cause });
  };
}
