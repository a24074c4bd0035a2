export { main } from './main.ts';
export { processIo, type Io, type OutputStream } from './io.ts';
