import { platformClassOf, show } from '@wit-ts/abi';
import { Component } from './compiled-component.ts';

const ACCEPTED =
  'a component as Uint8Array (or any other view), ArrayBuffer, SharedArrayBuffer, Blob, File, Response, ' +
  '{ bytes, modules }, or a promise of one of these';

/** Returns what `compile` and `instantiate` throw for a value from which no bytes can be read. */
export function refusedSource(given: unknown): TypeError {
  if (isA(given, 'Response')) {
    // A Response that a program made has no address, and HTTP/2 has no text for the status.
    const { url, status, statusText } = given as Response;
    const answer = `answered ${status} ${statusText}`.trimEnd();
    return new TypeError(
      `the component could not be fetched: ${url === '' ? 'the Response' : url} ${answer}`,
    );
  }
  if (ArrayBuffer.isView(given) || isA(given, 'ArrayBuffer'))
    return new TypeError('the bytes of the component are gone: their buffer was transferred before the call');
  const help = helpFor(given);
  return new TypeError(`expected ${ACCEPTED}; got ${show(given)}${help === '' ? '' : `: ${help}`}`);
}

function helpFor(given: unknown): string {
  if (typeof given === 'string') return 'read the file, or give what `fetch` answers';
  if (isA(given, 'Request') || isA(given, 'URL')) return 'give what `fetch` answers';
  if (isA(given, 'ReadableStream')) return 'give `new Response(stream)`';
  if (isA(given, 'WebAssembly.Module')) return 'a component cannot be made of a core module';
  if (given instanceof Component) return '`instantiate` takes a compiled component';
  const isForeign = 'decoded' in Object(given) && 'plan' in Object(given);
  return isForeign ? 'another copy of `@wit-ts/runtime` compiled it' : '';
}

/** Objects of other realms have the same tags. */
function isA(value: unknown, tag: string): boolean {
  return platformClassOf(value) === tag;
}
