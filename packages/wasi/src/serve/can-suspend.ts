/** Whether the platform can suspend a component until a promise settles (JavaScript Promise Integration). */
export function canSuspend(): boolean {
  return 'Suspending' in WebAssembly;
}
