import type * as Dgram from 'node:dgram';
import type * as Dns from 'node:dns/promises';
import type * as Net from 'node:net';

/** Loads a module of Node when a program first needs it: most programs have no network. */
export function nodeNet(): typeof Net {
  return process.getBuiltinModule('node:net');
}

export function nodeDgram(): typeof Dgram {
  return process.getBuiltinModule('node:dgram');
}

export function nodeDns(): typeof Dns {
  return process.getBuiltinModule('node:dns/promises');
}
