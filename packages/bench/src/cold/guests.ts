import { buildJavaScriptGuest } from '../../../../test-components/edge-handler/guest-js/build.ts';
import { testComponent } from '../guest.ts';

/** A component that starts cold. */
export interface ColdGuest {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** In how many processes each way to start it is measured. */
  readonly rounds: number;
}

/** `edge-handler` in Rust, and in JavaScript with the whole engine in it, or why that is not there. */
export async function coldGuests(): Promise<readonly (ColdGuest | { readonly unavailable: string })[]> {
  const small = {
    name: 'edge-handler',
    bytes: await testComponent('edge-handler/built/rust.wasm'),
    rounds: 15,
  };
  const large = await buildJavaScriptGuest();
  if (large.tag === 'unavailable') return [small, { unavailable: large.reason }];
  return [small, { name: 'edge-handler in JavaScript, 12 MB', bytes: large.bytes, rounds: 5 }];
}
