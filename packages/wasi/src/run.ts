export type { ClockGrant, DirectoryGrant, Grants, InputGrant, OutputGrant, WasiLimits } from './grants.ts';
export { refusalText, type Refusal } from './refusal.ts';
export { callText, type WasiCall } from './calls/wasi-call.ts';
export { instantiateWithGrants, type InstanceWithGrants } from './run/instantiate-with-grants.ts';
export { NotRunnableError } from './run/program-kind.ts';
export type { ProgramSource } from './run/program-source.ts';
export { run, type RunOptions } from './run/run.ts';
export { runInWorker, type WorkerOptions } from './worker/run-in-worker.ts';
export { TimeoutError } from './worker/timeout-error.ts';
