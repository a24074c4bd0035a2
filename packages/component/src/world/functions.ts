import {
  type Docs,
  type Func,
  type FuncKind,
  parseExternName,
  type Stability,
  type TypeDef,
} from '@wit-ts/model';
import { DecodeError } from '../decode-error.ts';
import type { EvaluatedFunc } from '../elaborate/nodes.ts';
import type { TypeBuilder } from './types.ts';

/** Returns a function of the model. The name of a method, such as `[method]r.f`, leads to its resource. */
export function namedFunc(
  builder: TypeBuilder,
  name: string,
  node: EvaluatedFunc,
  types: ReadonlyMap<string, TypeDef>,
  notes: { docs?: Docs; stability?: Stability } | undefined,
  externalId: string | undefined,
  offset: number,
): Func {
  const { plain, kind } = splitName(name, types, offset);
  builder.about(name);
  builder.spend(1 + node.params.length);
  for (const param of node.params) builder.unwritable.label('parameter', param.name);
  return {
    name: plain,
    kind,
    async: node.async,
    params: node.params.map((param) => ({ name: param.name, type: builder.value(param.type) })),
    ...(node.result === undefined ? {} : { result: builder.value(node.result) }),
    ...notes,
    ...(externalId === undefined ? {} : { externalId }),
  };
}

function splitName(
  name: string,
  types: ReadonlyMap<string, TypeDef>,
  offset: number,
): { plain: string; kind: FuncKind } {
  const { tag, resource: resourceName, member } = parseExternName(name);
  if (tag === 'freestanding') return { plain: name, kind: { tag } };
  const resource = types.get(resourceName);
  if (resource === undefined) {
    throw new DecodeError(
      `\`${name}\` belongs to the resource \`${resourceName}\`, which is not defined before it`,
      offset,
    );
  }
  return { plain: tag === 'constructor' ? resourceName : member, kind: { tag, resource } };
}
