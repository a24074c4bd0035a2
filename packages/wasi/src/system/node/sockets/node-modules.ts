import type * as Dgram from 'node:dgram';
import type * as Dns from 'node:dns/promises';
import type * as Net from 'node:net';
import { builtinModule } from '../builtin-module.ts';

/** Loads a module of Node when a program first needs it: most programs have no network. */
export function nodeNet(): typeof Net {
  return builtinModule('node:net');
}

export function nodeDgram(): typeof Dgram {
  return builtinModule('node:dgram');
}

export function nodeDns(): typeof Dns {
  return builtinModule('node:dns/promises');
}
