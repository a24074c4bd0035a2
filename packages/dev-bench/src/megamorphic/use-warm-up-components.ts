import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { instantiate } from '@wit-ts/runtime';
import { WARM_UP_COMPONENTS, warmUpContract } from './warm-up-component.ts';

/** How often each function is called: often enough for the engine to learn from the calls. */
const CALLS = 120;
const VALUES = 12;

interface Api {
  readonly Object: new (start: number) => Disposable & { value(): number };
  echo(value: unknown): unknown;
  look(object: object, thing: object): number;
}

/**
 * Uses fifty components through wit-ts, as a host with many plugins does before it calls the measured component.
 * Afterwards all code that components share has seen objects of many shapes, so the engine can no longer specialise it.
 */
export async function useWarmUpComponents(directory: string): Promise<void> {
  for (let index = 0; index < WARM_UP_COMPONENTS; index++) {
    const bytes = new Uint8Array(await readFile(join(directory, `${index}.wasm`)));
    const { type } = warmUpContract(index);
    class Thing {
      read(): number {
        return index;
      }
    }
    const { api } = await instantiate<{ api: Api }>(bytes, {
      [`warm-up:component${index}/host`]: { Thing, pass: (value: unknown) => value },
    });
    const values = Array.from({ length: VALUES }, type.value);
    const thing = new Thing();
    for (let call = 0; call < CALLS; call++) {
      api.echo(values[call % VALUES]);
      const object = new api.Object(call);
      if (object.value() + api.look(object, thing) !== 2 * (call + 1) + index)
        throw new Error(`warm-up component ${index} gives a wrong answer`);
      object[Symbol.dispose]();
    }
  }
}
