/** What WebAssembly has for imports that wait in the event loop: "JavaScript Promise Integration". */
interface Suspension {
  readonly Suspending: new (func: (...args: never[]) => unknown) => WebAssembly.ImportValue;
  readonly promising: (func: () => void) => () => Promise<void>;
}

/** Returns it if this platform has it. It is looked up at each call, because it is a property of a global object. */
export function promiseIntegration(): Suspension | undefined {
  const { Suspending, promising } = WebAssembly as Partial<Suspension>;
  return Suspending === undefined || promising === undefined ? undefined : { Suspending, promising };
}
