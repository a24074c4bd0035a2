import { hostValues, type WaitableCodec } from '@wit-ts/abi';
import {
  componentEndCodec,
  errorContextCodec,
  type HostElements,
  hostFutureCodec,
  hostStreamCodec,
} from '@wit-ts/concurrency';
import { numericType, thrownResult, typedArrays } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import { resourcesOf, shapeOf, waitablesOf } from '@wit-ts/model/layout';
import { copyTypeOf } from './copy-types.ts';
import { resourceTypesOf } from './resource-types-of.ts';
import type { CodecParts, MakeCodec } from './values.ts';

export const errorCodec: MakeCodec = ({ instance }) => errorContextCodec(instance);

export const insideCodec: MakeCodec = ({ values, type, instance }) =>
  componentEndCodec(instance, copyTypeOf(values, type));

export const streamCodec: MakeCodec = (parts) => hostCodec(parts, hostStreamCodec);

export const futureCodec: MakeCodec = (parts) => hostCodec(parts, hostFutureCodec);

function hostCodec(parts: CodecParts, make: typeof hostStreamCodec | typeof hostFutureCodec): WaitableCodec {
  const { values, instance, name } = parts;
  const copyType = copyTypeOf(values, parts.type);
  const result = thrownResult(copyType.payload, values.state.component.mapping);
  return make(values.tasks, instance, copyType, {
    typedArray: typedArrayOf(copyType.payload),
    isResult: result !== undefined,
    hasOk: result?.ok !== undefined,
    isJoined: isFuture(result === undefined ? copyType.payload : result.ok),
    check: checkOf(copyType.payload, parts),
    name,
  });
}

/** Reads values of the host that go to the host without being stored in between. */
function checkOf(type: Type | undefined, { values, instance, name }: CodecParts): HostElements['check'] {
  if (type === undefined) return (given) => given;
  let read: HostElements['check'] | undefined;
  return (given) => {
    read ??= hostValues(
      type,
      {
        resources: resourceTypesOf(values.state, resourcesOf([type])),
        waitables: waitablesOf([type]).map((each) => values.codec(each, instance, 'host', name)),
      },
      values.state.component.mapping,
    );
    return read(given);
  };
}

function isFuture(type: Type | undefined): boolean {
  const shape = type === undefined ? undefined : shapeOf(type);
  return typeof shape === 'object' && shape.tag === 'future';
}

type TypedArrayConstructor = (typeof globalThis)[(typeof typedArrays)[keyof typeof typedArrays]];

function typedArrayOf(type: Type | undefined): TypedArrayConstructor | undefined {
  const numeric = type === undefined ? undefined : numericType(type);
  return numeric === undefined ? undefined : globalThis[typedArrays[numeric]];
}
