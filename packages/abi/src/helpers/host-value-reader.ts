import { ignoreRejection } from './refused-promises.ts';
import type { ResourceHandle } from '../handle-table.ts';
import type { ResourceType } from '../resource-type.ts';
import { type DescribedType, show, type TypeRef, type TypeTable } from './describe.ts';
import { refusedMessage, refuseWith } from './mismatch.ts';

/**
 * Returns why a value is not the stream, the future or the error context that a type asks for, or nothing.
 *
 * @param index the number of the type among the `waitables` of the values
 */
export type WaitableCheck = (index: number, value: unknown) => string | undefined;

/** What reading values needs of the table of their types. */
type ReadTable = Pick<TypeTable, 'nodes' | 'readers'>;

/**
 * The state of reading host values along their types. Each part is read once and copied, because a getter or a proxy
 * may return another value the next time: the checked value must be the lowered one. What reads a part of each kind is
 * in the table of the types.
 */
export interface HostValueReader {
  readonly table: ReadTable;
  readonly resources: readonly ResourceType[];
  /** Checks streams, futures and error contexts; absent when there are none. */
  readonly waitable: WaitableCheck | undefined;
  /** The names and indices that lead to the part which is being read. */
  path: (string | number)[];
  /** The guest resources that were read, and whether they are given away. Then they may not be used again. */
  held: Map<ResourceHandle, boolean> | undefined;
  /** True when the value was lowered before, so that its iterators have no elements any more. */
  again: boolean;
}

/** Makes a reader for the values of one call. */
export function hostValueReader(
  table: ReadTable,
  resources: readonly ResourceType[],
  waitable?: WaitableCheck,
): HostValueReader {
  return { table, resources, waitable, path: [], held: undefined, again: false };
}

/**
 * Returns a copy of a value that fits its type. Typed arrays, resources and very long lists are not copied.
 *
 * @param path what the value is in messages: `argument meta`
 * @throws what `refusedMessage` describes, for the first part that does not fit
 */
export function readHostValue(reader: HostValueReader, type: TypeRef, value: unknown, path: string): unknown {
  reader.path = [path];
  return readAs(reader, type, value);
}

/** Describes the first part that does not fit of a value that was lowered before. */
export function mismatchOf(
  reader: HostValueReader,
  type: TypeRef,
  value: unknown,
  path: string,
): string | undefined {
  reader.again = true;
  try {
    readHostValue(reader, type, value, path);
    return undefined;
  } catch (error) {
    const message = refusedMessage(error);
    if (message === undefined) throw error;
    return message;
  }
}

export function nodeOf({ table }: HostValueReader, type: TypeRef): DescribedType {
  return typeof type === 'string' ? ([type] as unknown as DescribedType) : table.nodes[type]!;
}

/** Reads a part of the value that is being read. @param at its key or index in that value */
export function readPart(
  reader: HostValueReader,
  at: string | number,
  type: TypeRef,
  value: unknown,
): unknown {
  reader.path.push(at);
  const copy = readAs(reader, type, value);
  reader.path.pop();
  return copy;
}

/** Reads several parts that are inside one part. */
export function readWithin<T>(reader: HostValueReader, at: string | number, read: () => T): T {
  reader.path.push(at);
  const copy = read();
  reader.path.pop();
  return copy;
}

/** Reads a value as one of a type. */
export function readAs(reader: HostValueReader, type: TypeRef, value: unknown): unknown {
  const node = nodeOf(reader, type);
  return reader.table.readers[node[0]]!(reader, value, node as never);
}

/** Refuses the value, or a part of it. @param at the key or index of the part */
export function refuse(
  reader: HostValueReader,
  expected: string,
  value: unknown,
  at?: string | number,
): never {
  ignoreRejection(value);
  refuseBecause(reader, `expected ${expected}, got ${show(value)}`, at);
}

export function refuseBecause(
  { path, table }: HostValueReader,
  problem: string,
  at?: string | number,
): never {
  if (at !== undefined) path.push(at);
  const [start, ...parts] = path;
  refuseWith(`${start}${parts.map((part) => table.readers.part!(part)).join('')}: ${problem}`);
}

/** Prints the key or the index of a part behind what the whole is. */
export function partText(part: string | number): string {
  if (typeof part === 'number') return `[${part}]`;
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
}
