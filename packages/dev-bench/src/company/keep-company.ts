import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { instantiate } from '@wit-ts/runtime';
import { companyMember, companySize } from './guest.ts';

/** How often each function is called: enough for the engine to learn from it. */
const CALLS = 120;
const VALUES = 12;

interface Api {
  readonly Object: new (start: number) => Disposable & { value(): number };
  echo(value: unknown): unknown;
  look(object: object, thing: object): number;
}

/**
 * Uses fifty other components through wit-ts, as a host with many plugins has done before it comes to the one that is
 * measured: whatever code they share has then seen shapes of all kinds.
 */
export async function keepCompany(directory: string): Promise<void> {
  for (let index = 0; index < companySize; index++) {
    const bytes = new Uint8Array(await readFile(join(directory, `${index}.wasm`)));
    const { type } = companyMember(index);
    class Thing {
      read(): number {
        return index;
      }
    }
    const { api } = await instantiate<{ api: Api }>(bytes, {
      [`company:member${index}/host`]: { Thing, pass: (value: unknown) => value },
    });
    const values = Array.from({ length: VALUES }, type.value);
    const thing = new Thing();
    for (let call = 0; call < CALLS; call++) {
      api.echo(values[call % VALUES]);
      const object = new api.Object(call);
      if (object.value() + api.look(object, thing) !== 2 * (call + 1) + index)
        throw new Error(`Component ${index} answered wrong.`);
      object[Symbol.dispose]();
    }
  }
}
