import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { HttpError } from '../http-error.ts';

/**
 * Returns the function that looks up a host for a connection. Addresses that no grant covers are left out, so that a
 * name cannot lead into the host's own network.
 */
export function checkedLookup(mayUse: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, '');
        return;
      }
      const allowed: LookupAddress[] = found.filter(({ address }) => mayUse(address));
      const [first] = allowed;
      if (first === undefined) callback(new HttpError({ tag: 'HTTP-request-denied' }), '');
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

/** Whether a host is an address itself, for which Node looks nothing up. */
export function isAddress(host: string): boolean {
  return isIP(host) !== 0;
}
