import { openSystem } from '../calls/open-system.ts';
import type { Grants } from '../grants.ts';
import { flushed } from '../system/flushed.ts';
import type { System } from '../system/system.ts';
import { PREVIEW1 } from './call-context.ts';
import { type Preview1Host, preview1Imports } from './preview1-host.ts';
import { exitCodeAfter, startProgram } from './run-preview1.ts';

/**
 * WASI preview 1 for one instance of a core module that other code compiles and instantiates. It has the members of the
 * class `WASI` of `node:wasi`, so that loaders which take one of those take this.
 */
export interface Preview1 {
  /** The 46 functions. */
  readonly wasiImport: WebAssembly.ModuleImports;
  /** Returns imports that consist of `wasi_snapshot_preview1`, to which the loader adds its own. */
  getImportObject(): { readonly [PREVIEW1]: WebAssembly.ModuleImports };
  /**
   * Runs a command: calls its export `_start`, and closes everything when it has ended. Returns the exit code after all
   * that it wrote to its standard outputs has left.
   *
   * @throws TypeError when the instance has no `_start`, or no `memory` of its own
   * @throws Trap when the program traps, or a function of the host throws
   */
  start(instance: WebAssembly.Instance): Promise<number>;
  /**
   * Gives the functions the memory of a reactor, and calls its export `_initialize` if it has one. Comes before the
   * first call of another export.
   *
   * @throws TypeError when the instance is a command, or has no `memory` of its own
   */
  initialize(instance: WebAssembly.Instance): void;
  /**
   * Returns why a call of an export ended, given what it threw: an `Exit` if the program called `proc_exit`, the error
   * of a function of the host, or otherwise the error itself. What the program could catch says nothing about this.
   */
  reasonFor(thrown: unknown): unknown;
  /** Closes the files and streams that the program has open. It can no longer use them. */
  close(): void;
}

/**
 * Makes the functions of preview 1 for one instance, with nothing behind them but what is granted. Programs that need
 * no loader of their own are run by `run`.
 *
 * If the grants contain a stream of the host, `fd_read`, `fd_write` and `poll_oneoff` may suspend the program (JSPI):
 * a loader that calls exports itself has to wrap them with `WebAssembly.promising` then.
 *
 * @throws TypeError when the grants are not in their form
 * @throws FileError when a granted directory of the host cannot be opened
 */
export async function preview1(grants: Grants = {}): Promise<Preview1> {
  const system = await openSystem(grants);
  return new LoadablePreview1(system, preview1Imports(system));
}

class LoadablePreview1 implements Preview1 {
  readonly wasiImport: WebAssembly.ModuleImports;
  readonly #system: System;
  readonly #host: Preview1Host;
  #isBound = false;

  constructor(system: System, host: Preview1Host) {
    this.#system = system;
    this.#host = host;
    this.wasiImport = host.imports[PREVIEW1];
  }

  getImportObject(): { readonly [PREVIEW1]: WebAssembly.ModuleImports } {
    return { [PREVIEW1]: this.wasiImport };
  }

  async start(instance: WebAssembly.Instance): Promise<number> {
    if (typeof instance.exports['_start'] !== 'function')
      throw new TypeError('the instance has no `_start`: a reactor is initialized with `initialize`');
    this.#bind(instance);
    try {
      const code = await this.#run(instance);
      await flushed(this.#system);
      return code;
    } finally {
      this.close();
    }
  }

  initialize(instance: WebAssembly.Instance): void {
    const { _start: start, _initialize: initialize } = instance.exports;
    if (start !== undefined) throw new TypeError('the instance has `_start`: a command is run with `start`');
    this.#bind(instance);
    try {
      if (typeof initialize === 'function') initialize();
    } catch (thrown) {
      throw this.#host.reasonFor(thrown);
    }
  }

  reasonFor(thrown: unknown): unknown {
    return this.#host.reasonFor(thrown);
  }

  close(): void {
    this.#host.close();
    this.#system.close();
  }

  async #run({ exports }: WebAssembly.Instance): Promise<number> {
    try {
      await startProgram(exports, this.#host.waiting.size > 0);
      return 0;
    } catch (thrown) {
      return exitCodeAfter(this.#host, thrown);
    }
  }

  #bind({ exports }: WebAssembly.Instance): void {
    const { memory } = exports;
    if (this.#isBound)
      throw new TypeError('these functions belong to another instance: call `preview1` for each instance');
    if (!(memory instanceof WebAssembly.Memory))
      throw new TypeError('the instance does not export its memory as `memory`');
    this.#host.bind(memory);
    this.#isBound = true;
  }
}
