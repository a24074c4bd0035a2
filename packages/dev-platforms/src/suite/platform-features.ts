/** What some platforms have and others do not. */

/** Returns true when the platform compiles WebAssembly while it runs. */
export function compilesAtRunTime(): boolean {
  try {
    return new WebAssembly.Module(moduleOf([])) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}

/** Returns true when the platform knows the instruction `try_table`, of which the module here has one. */
export function catchesExceptions(): boolean {
  const sections = [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 0x1f, 0x40, 0, 0x0b, 0x0b];
  return WebAssembly.validate(moduleOf(sections));
}

/** Returns true when the platform has JavaScript Promise Integration, which suspends the stacks of WebAssembly. */
export function suspendsStacks(): boolean {
  return typeof (WebAssembly as { promising?: unknown }).promising === 'function';
}

/** Returns true when the platform has workers: those of the web, or of Node. */
export function hasThreads(): boolean {
  const { process, navigator } = globalThis as {
    process?: { versions?: { node?: string } };
    navigator?: { userAgent?: string };
  };
  // workerd has `process` for programs that were written for Node, but not its workers.
  const isNode = process?.versions?.node !== undefined && navigator?.userAgent !== 'Cloudflare-Workers';
  return typeof Worker === 'function' || isNode;
}

/**
 * Returns true when a thread that loops can be ended. Deno (denoland/deno#35657) and Bun (oven-sh/bun#36356) let it go
 * on, until the process ends.
 */
export function endsLoops(): boolean {
  return hasThreads() && !('Deno' in globalThis || 'Bun' in globalThis);
}

/** Returns true when threads can share memory, which pages only can when they are isolated. */
export function sharesMemory(): boolean {
  return hasThreads() && typeof SharedArrayBuffer === 'function';
}

function moduleOf(sections: readonly number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections]);
}
