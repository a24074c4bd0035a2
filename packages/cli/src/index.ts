export { main } from './main.ts';
export { processIo, type Io, type Sink } from './io.ts';
