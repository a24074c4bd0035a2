import type { Descriptor } from '../files/descriptor.ts';
import type { HttpClient } from '../http/message.ts';
import type { ByteSink } from '../system/byte-streams.ts';
import { HasEffect } from '../system/has-effect.ts';
import type { System } from '../system/system.ts';

function refuseEffect(): never {
  throw new HasEffect('an instance without effects was asked for one');
}

/**
 * Returns a system whose program can do nothing that others see: what it does may be thrown away and done again in
 * another instance. Functions that would have an effect throw `HasEffect`.
 */
export function withoutEffects(system: System): System {
  const sink: ByteSink = {
    isTerminal: false,
    capacity: refuseEffect,
    write: refuseEffect,
    ready: refuseEffect,
    flush: refuseEffect,
    close: () => {},
  };
  return {
    ...system,
    stdin: { isTerminal: false, read: refuseEffect, ready: refuseEffect, close: () => {} },
    stdout: sink,
    stderr: sink,
    preopens: system.preopens.map(({ path, directory }) => ({ path, directory: untouchable(directory) })),
    refuse: refuseEffect,
  };
}

/** A client that sends nothing. */
export const noClient: HttpClient = { send: refuseEffect };

/** A descriptor of which a program can read nothing but what it is. */
function untouchable(directory: Descriptor): Descriptor {
  return new Proxy(directory, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? refuseEffect : value;
    },
  });
}
