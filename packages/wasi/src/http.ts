export { fetchHandler } from './serve/fetch-handler.ts';
export type { HandlerLimits, HandlerOptions } from './serve/options.ts';
export { type AccessEntry, serve, type Server, type ServeOptions } from './serve/serve.ts';
export type { HandlerSource } from './serve/handler-component.ts';
export { StuckError } from './serve/threads/stuck-error.ts';
