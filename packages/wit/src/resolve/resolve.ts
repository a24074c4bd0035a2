import { hasErrors, WitError, type Outcome } from '@wit-ts/diagnostics';
import { grammarReader } from '../parse.ts';
import type { ResolveInput, ResolveOptions } from './input.ts';
import { resolveWith, type Resolved } from './resolve-with.ts';

/**
 * Resolves WIT packages into one contract (`WIT.md`, from "WIT Interfaces" on): it looks up names, adds to worlds what
 * they include and need, and leaves out items whose feature is disabled.
 *
 * Reads no files: `input` holds the texts of the main package and of its dependencies. Reports all problems; the
 * contract is as complete as they allow, and must not be used if one of them is an error. Never throws.
 *
 * The arrays of the contract are in the order of the reference implementation, so that `toJson` returns the same JSON.
 */
export function resolve(input: ResolveInput, options: ResolveOptions = {}): Outcome<Resolved> {
  return resolveWith(grammarReader, input, options);
}

/** Resolves like `resolve`, but throws a `WitError` with all diagnostics if one of them is an error. */
export function resolveOrThrow(input: ResolveInput, options: ResolveOptions = {}): Resolved {
  const { value, diagnostics } = resolve(input, options);
  if (hasErrors(diagnostics)) throw new WitError(diagnostics);
  return value;
}
