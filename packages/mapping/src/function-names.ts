import { parseExternName } from '@wit-ts/model';

/** How a function is called: by itself, on an object of its resource, on its resource's class, or with `new`. */
export type CallStyle = 'function' | 'method' | 'static' | 'constructor';

/** The parts of the name of a component's function (`Explainer.md`, "Import and Export Definitions"). */
export interface FunctionName {
  readonly style: CallStyle;
  /** The WIT name of the resource that the function belongs to; empty for a function of no resource. */
  readonly resource: string;
  /** The WIT name of the function; empty for a constructor. */
  readonly member: string;
}

/** Parses `read`, `[method]file.read`, `[static]file.open` or `[constructor]file`. */
export function parseFunctionName(name: string): FunctionName {
  const { tag, resource, member } = parseExternName(name);
  return { style: tag === 'freestanding' ? 'function' : tag, resource, member };
}
