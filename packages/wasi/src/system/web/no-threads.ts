/** @throws TypeError that says what to do on a platform without threads */
export function noThreads(): never {
  throw new TypeError('this platform has no threads: use `run`, which runs a program in this thread');
}
