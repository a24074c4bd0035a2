import type { Type } from '@wit-ts/model';
import { shapeOf } from '@wit-ts/model/layout';
import { builtinNames, type TrampolineWiring, type Wiring } from '@wit-ts/runtime/static-module';

/**
 * Prints the optional parts of the runtime that a component with tasks needs: what makes its built-ins, passes its
 * streams and futures, suspends its stacks, and calls between its components.
 *
 * @param waitables the streams, futures and error contexts that values contain
 * @param stacks the expression of the modules for suspended stacks; `undefined` when no stack is ever suspended
 * @param use records that the text uses a name of the support, and returns it
 */
export function partsText(
  wiring: Wiring,
  waitables: ReadonlySet<Type>,
  stacks: string | undefined,
  use: (name: string) => string,
): string {
  const tags = new Set(
    wiring.trampolines.flatMap((each) => (each.tag === 'task-builtin' ? [each.builtin.canon.tag] : [])),
  );
  const builtins = [...tags].flatMap((tag) => {
    const name = builtinNames[tag];
    return name === undefined ? [] : [`'${tag}': ${use(name)}`];
  });
  const codecs = codecNames(waitables).map(([kind, name]) => `'${kind}': ${use(name)}`);
  const members = [
    `builtins: { ${builtins.join(', ')} }`,
    `codecs: { ${codecs.join(', ')} }`,
    ...(stacks === undefined ? [] : [`stacks: () => ${use('suspendedStacks')}(${stacks})`]),
  ];
  const calls = callParts(wiring).map(([key, name]) => `${key}: ${use(name)}`);
  return `{
    calls: { ${calls.join(', ')} },
    tasks: { ComponentTasks: ${use('ComponentTasks')}, taskParts: { ${members.join(', ')} } },
  }`;
}

function codecNames(waitables: ReadonlySet<Type>): readonly (readonly [kind: string, name: string])[] {
  const shapes = [...waitables].map((type) => shapeOf(type));
  const has = (tag: string): boolean =>
    shapes.some((shape) => (typeof shape === 'string' ? shape : shape.tag) === tag);
  const names: (readonly [string, string])[] = [];
  if (has('stream')) names.push(['stream', 'streamCodec']);
  if (has('future')) names.push(['future', 'futureCodec']);
  if (names.length > 0) names.push(['inside', 'insideCodec']);
  if (has('error-context')) names.push(['error-context', 'errorCodec']);
  return names;
}

/** The parts for calls between components that the functions of a component need. */
function callParts({
  functions,
  trampolines,
  flagged,
}: Wiring): readonly (readonly [key: string, name: string])[] {
  const parts: (readonly [string, string])[] = [];
  if (flagged.length > 0 || trampolines.some(isGuarded)) parts.push(['CallGuards', 'CallGuards']);
  if (trampolines.some(isCall)) parts.push(['makeCall', 'makeCall']);
  if (functions.some((func) => func.tag === 'passed-on')) parts.push(['passedOn', 'staticPassedOn']);
  if (
    functions.some((func) => func.tag === 'lifted' && func.core.through !== undefined) ||
    trampolines.some((each) => each.tag === 'fused-call' && each.core.through !== undefined)
  )
    parts.push(['throughCore', 'throughCore']);
  return parts;
}

function isGuarded(each: TrampolineWiring): boolean {
  return each.tag === 'direct-call' && each.guard !== undefined;
}

function isCall({ tag }: TrampolineWiring): boolean {
  return tag === 'direct-call' || tag === 'fused-call';
}
