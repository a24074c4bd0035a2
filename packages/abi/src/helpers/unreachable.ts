let trap: (() => void) | undefined;

/** Returns a core function that traps, or one that does nothing if the platform does not compile modules. */
export function unreachable(): () => void {
  trap ??= makeUnreachable();
  return trap;
}

/** Gives the compiled `TRAP_MODULE`, for platforms that compile no WebAssembly while they run. */
export function trapWith(module: WebAssembly.Module): void {
  trap = new WebAssembly.Instance(module).exports[''] as () => void;
}

/** `(module (func (export "") unreachable))` */
export const TRAP_MODULE: readonly number[] = [
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 4, 1, 0, 0, 0, 0x0a, 5, 1, 3, 0, 0,
  0x0b,
];

function makeUnreachable(): () => void {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(TRAP_MODULE)));
    return exports[''] as () => void;
  } catch {
    return () => undefined;
  }
}
