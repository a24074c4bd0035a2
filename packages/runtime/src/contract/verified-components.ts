import { camelCase, lastPart } from '@wit-ts/mapping';
import type { Contract } from '@wit-ts/model';
import type { Plan } from '@wit-ts/plan';
import type { Component } from '../compiled-component.ts';
import { LinkError } from '../link-error.ts';

/** For each contract that a component fulfils: the component with the names of the contract. */
const verified = new WeakMap<Component, WeakMap<Contract, Component>>();

/** Returns the component with the names of a contract if it was found to fulfil it before. */
export function verifiedComponent(contract: Contract, component: Component): Component | undefined {
  return verified.get(component)?.get(contract);
}

/** Remembers that a component fulfils a contract. @returns the component with the names of the contract */
export function rememberVerified(contract: Contract, component: Component, named: Component): Component {
  const contracts = verified.get(component) ?? new WeakMap<Contract, Component>();
  verified.set(component, contracts.set(contract, named));
  return named;
}

/** @throws LinkError if there are problems */
export function refuseProblems({ world }: Contract, problems: LinkError['problems']): void {
  if (problems.length > 0)
    throw new LinkError(problems, `the component does not satisfy the world ${world}:`);
}

/** Names that may be another name's in JavaScript: with capitals, or a digit after a hyphen. */
const CLASHING = /-\d|[A-Z]/u;

/** Returns true if the contract may have to decide which of two names is the JavaScript name of both. */
export function namesMayClash(contract: Contract, plan: Plan): boolean {
  return importsMayClash(contract.imports) || exportsMayClash(contract, plan);
}

function importsMayClash(imports: Contract['imports']): boolean {
  return Object.entries(imports).some(([key, item]) => {
    const names =
      typeof item === 'string' ? [] : [item.types, item.functions].flatMap((part) => Object.keys(part ?? {}));
    return (key.includes(':') ? names : [key, ...names]).some((name) => CLASHING.test(name));
  });
}

/**
 * Returns true if the names of exports in the contract may not be those that the component alone decides: an interface
 * has another version, two exports may have one name, or one export may have the short name of another.
 */
function exportsMayClash({ exports }: Contract, plan: Plan): boolean {
  if (Object.keys(exports).some((name) => !plan.exports.has(name))) return true;
  const isExtra = (name: string): boolean => !Object.hasOwn(exports, name);
  const shortNames = new Set<string>();
  const isTaken = (name: string): boolean =>
    shortNames.size === shortNames.add(camelCase(lastPart(name))).size;
  const names = [...plan.exports.keys()];
  return (
    (names.filter(isTaken).length > 0 && names.some(isExtra)) ||
    [...plan.exports].some(([name, item]) =>
      (item.tag === 'instance' ? [...item.exports.keys()] : [name]).some((each) => CLASHING.test(each)),
    )
  );
}
