import type { Type, TypeDef } from '@wit-ts/model';
import { resolveResource, unalias } from '@wit-ts/model/layout';

/** The pairs of definitions that are being compared, or have been. */
type Known = Map<TypeDef, Set<TypeDef>>;

/**
 * Returns true if two types of a plan are the same type (`Explainer.md`, "Type checking"): they have the same
 * structure, and the resources in them are the same.
 */
export function isSameType(a: Type | undefined, b: Type | undefined, known: Known = new Map()): boolean {
  if (a === undefined || b === undefined) return a === b;
  const [one, other] = [unalias(a), unalias(b)];
  if (one === other || typeof one === 'string' || typeof other === 'string') return one === other;
  if (one.kind.tag === 'resource' || other.kind.tag === 'resource')
    return resolveResource(one) === resolveResource(other);
  // A type may contain another one many times.
  const compared = known.get(one);
  if (compared?.has(other) === true) return true;
  if (compared === undefined) known.set(one, new Set([other]));
  else compared.add(other);
  return isSamePart(one.kind, other.kind, known);
}

function isSamePart(a: unknown, b: unknown, known: Known): boolean {
  if (isTypeDef(a) || isTypeDef(b)) return isTypeDef(a) && isTypeDef(b) && isSameType(a, b, known);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = Object.keys(a).filter(isStructure);
  return (
    keys.length === Object.keys(b).filter(isStructure).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSamePart(Reflect.get(a, key), Reflect.get(b, key), known))
  );
}

function isStructure(key: string): boolean {
  return key !== 'docs';
}

function isTypeDef(value: unknown): value is TypeDef {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
