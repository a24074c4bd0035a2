export { type DirectCall, directCalls } from './direct-calls.ts';
