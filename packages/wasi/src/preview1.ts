export type { ClockGrant, DirectoryGrant, Grants, InputGrant, OutputGrant, WasiLimits } from './grants.ts';
export { refusalText, type Refusal } from './refusal.ts';
export { Exit, exitOf } from './system/exit.ts';
export { preview1, type Preview1 } from './preview1/loadable-preview1.ts';
