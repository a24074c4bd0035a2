import { thrownResult } from '@wit-ts/mapping';
import type { TypeDef } from '@wit-ts/model';
import { MAX_FLAT_ASYNC_PARAMS, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS } from '@wit-ts/model/layout';
import type { CoreFunction, LowerBinding, LowerSpec } from '../engine.ts';
import { errorPayload, missingMethod } from '../helpers/calls.ts';
import { CALLING, LIFTING, LOWERING, LOWERING_ERROR, cannotLeave } from '../helpers/traps.ts';
import type { TypeRef, TypeTable } from '../helpers/describe.ts';
import { hostValueReader, readHostValue } from '../helpers/host-value-reader.ts';
import { isThenable } from '../helpers/value-kinds.ts';
import { bad } from '../helpers/mismatch.ts';
import { TypeTableBuilder } from '../values/type-table.ts';
import { endLends, raiseLowered } from './host-helpers.ts';
import { Context } from './context.ts';
import { CoreValueIter } from './lift-flat.ts';
import { liftFlatValues, lowerFlatValues } from './values.ts';

/** `canon lower` (`CanonicalABI.md`) for callees that do not wait. */
export function canonLower(
  spec: LowerSpec,
  resources: readonly TypeDef[],
  binding: LowerBinding,
): CoreFunction {
  const { type, options, name } = spec;
  const { instance } = binding;
  const host = spec.peer !== 'component';
  const params = type.params.map((param) => param.type);
  const results = type.result === undefined ? [] : [type.result];
  const caught = host ? thrownResult(type.result, options.mapping) : undefined;
  const types = new Map(resources.map((resource, index) => [resource, binding.resources[index]!]));
  const builder = new TypeTableBuilder({ options, resources });
  const table = {
    ...(host
      ? builder.table([], caught === undefined ? type.result : caught.ok, caught?.err)
      : builder.table([], undefined, undefined)),
    ...(spec.call.tag === 'method' && { method: spec.call.name, missing: missingMethod }),
  };

  const [maxParams, maxResults] = options.async
    ? [MAX_FLAT_ASYNC_PARAMS, 0]
    : [MAX_FLAT_PARAMS, MAX_FLAT_RESULTS];

  return (...flatArgs) => {
    const cx = new Context(options, host, types, binding);
    let phase = LIFTING;
    let value: unknown;
    try {
      if (!instance.mayLeave) throw cannotLeave();
      const args = liftFlatValues(cx, maxParams, new CoreValueIter(flatArgs), params);
      phase = CALLING;
      [value] = args;
      let ok = true;
      try {
        value = callHost(spec, binding, args);
      } catch (error) {
        if (caught === undefined) throw error;
        value = errorPayload(error);
        ok = false;
      }
      phase = ok ? LOWERING : LOWERING_ERROR;
      const [ref, path] = ok ? [table.result, 'result'] : [table.error, 'error'];
      const taken = host ? readResult(ref, value, path, table, binding) : value;
      endLends(cx.lent);
      const result = caught === undefined ? taken : { tag: ok ? 'ok' : 'err', val: taken };
      const [flat] = lowerFlatValues(cx, maxResults, [result], results, flatArgs.at(-1));
      cx.moved.giveAway();
      return flat;
    } catch (error) {
      return raiseLowered(instance, error, phase, name, table, binding.resources, value);
    }
  };
}

function callHost({ call }: LowerSpec, { callee }: LowerBinding, args: readonly unknown[]): unknown {
  switch (call.tag) {
    case 'function':
      return (callee as (...values: readonly unknown[]) => unknown)(...args);
    case 'new':
      return new (callee as new (...values: readonly unknown[]) => unknown)(...args);
    case 'method': {
      const [self, ...others] = args;
      return (self as Record<string, (...values: readonly unknown[]) => unknown>)[call.name]!(...others);
    }
  }
}

/** Reads the host's result, each part once. If no result is expected, a promise would be lost. */
function readResult(
  ref: TypeRef | undefined,
  value: unknown,
  path: string,
  table: TypeTable,
  { resources }: LowerBinding,
): unknown {
  if (ref !== undefined) return readHostValue(hostValueReader(table, resources), ref, value, path);
  return isThenable(value) ? bad() : value;
}
