import { type Contract, parseContract } from '@wit-ts/model';

/** The contracts that were read, by their texts: generated files have few, and each is used for many instances. */
const known = new Map<string, Contract>();

/**
 * Returns the contract of generated code, which is a text.
 *
 * @throws TypeError if the text is malformed
 */
export function readContract(contract: string | Contract): Contract {
  if (typeof contract !== 'string') return contract;
  let read = known.get(contract);
  if (read === undefined) {
    read = parseContract(contract);
    known.set(contract, read);
  }
  return read;
}
