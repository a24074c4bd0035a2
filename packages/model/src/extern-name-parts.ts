import type { FuncKind } from './types.ts';

/** The parts of a function's name in a component. */
export interface ExternNameParts {
  readonly tag: FuncKind['tag'];
  /** The name of the resource; empty for a freestanding function. */
  readonly resource: string;
  /** The name of the function within its resource or interface; empty for a constructor. */
  readonly member: string;
}

/**
 * Parses what `externName` writes: `read`, `[method]file.read`, `[static]file.open` or `[constructor]file`. A name
 * that is annotated in another way is the name of a freestanding function.
 */
export function parseExternName(name: string): ExternNameParts {
  if (!name.startsWith('[')) return { tag: 'freestanding', resource: '', member: name };
  const match = /^\[(constructor|method|static)\]([^.]*)(?:\.(.*))?$/su.exec(name);
  if (match === null) return { tag: 'freestanding', resource: '', member: name };
  const [, tag, resource = '', member = ''] = match;
  return { tag: tag as FuncKind['tag'], resource, member };
}
