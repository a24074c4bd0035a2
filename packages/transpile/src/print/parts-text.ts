import { dataText } from '@wit-ts/abi/compile';
import type { MappingChoices } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import { shapeOf } from '@wit-ts/model/layout';
import type { Plan } from '@wit-ts/plan';
import { builtinNames, type TrampolineWiring, type Wiring } from '@wit-ts/runtime/static-module';
import type { LimitedModules } from '../limited-modules.ts';

/** What the data of a component is printed from. */
export interface ExecutedParts {
  readonly plan: Plan;
  readonly wiring: Wiring;
  readonly hasTasks: boolean;
  readonly limited: Omit<LimitedModules, 'modules'>;
  readonly trace: boolean;
  /** The expression of the modules for suspended stacks; `undefined` when no stack is ever suspended. */
  readonly stacks: string | undefined;
  /** How names and values look; absent for the default mapping. */
  readonly mapping: MappingChoices | undefined;
  /** The imports that are core modules of the host. */
  readonly given: ReadonlySet<number>;
}

/**
 * Prints the optional parts of the runtime that a component needs, as members of its description: what makes its
 * built-ins, passes its streams and futures, suspends its stacks, calls between its components, holds its instances to
 * limits, and traces them.
 *
 * @param waitables the streams, futures and error contexts that values contain
 * @param use records that the text uses a name of the support, and returns it
 */
export function partsText(
  { wiring, hasTasks, limited: { limits, moduleLimits }, trace, stacks, mapping, given }: ExecutedParts,
  waitables: ReadonlySet<Type>,
  use: (name: string) => string,
): string {
  const calls = callParts(wiring).map(([key, name]) => `${key}: ${use(name)}`);
  const resources = resourceParts(wiring).map((name) => use(name));
  const parts = [
    `calls: { ${calls.join(', ')} }`,
    `resources: { ${resources.join(', ')} }`,
    ...(hasTasks ? [`tasks: ${taskPartsText(wiring, waitables, stacks, use)}`] : []),
  ];
  const members = [`hasTasks: ${hasTasks}`, `parts: { ${parts.join(', ')} }`];
  if (limits !== undefined) {
    const modules = moduleLimits === undefined ? '' : `, ${dataText(moduleLimits)}`;
    members.push(`limits: ${use('staticLimits')}(${dataText(limits)}${modules})`);
  }
  if (trace) members.push(use('tracedBy'));
  if (mapping !== undefined) members.push(`mapping: ${dataText(mapping)}`);
  if (given.size > 0) {
    const types = [...given].map((index) => `${index}: moduleType${index}`);
    members.push(
      `given: (index, request) => ${use('instanceOfGiven')}({ ${types.join(', ')} }[index], request)`,
    );
  }
  return members.join(',\n  ');
}

function taskPartsText(
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
  return `{ ComponentTasks: ${use('ComponentTasks')}, taskParts: { ${members.join(', ')} } }`;
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

/** The functions for resources that a component needs. */
function resourceParts({ functions, trampolines }: Wiring): readonly string[] {
  const names: Readonly<Partial<Record<TrampolineWiring['tag'], string>>> = {
    'resource.new': 'resourceNew',
    'resource.drop': 'resourceDrop',
    'resource.rep': 'resourceRep',
  };
  const builtins = trampolines.flatMap(({ tag }) => names[tag] ?? []);
  const calls = [
    ...functions.filter((func) => func.tag === 'passed-on'),
    ...trampolines.filter((each) => each.tag === 'host-call'),
  ];
  return [
    ...new Set([...builtins, ...(calls.some(({ style }) => style.tag === 'method') ? ['callMethod'] : [])]),
  ];
}

function isGuarded(each: TrampolineWiring): boolean {
  return each.tag === 'direct-call' && each.guard !== undefined;
}

function isCall({ tag }: TrampolineWiring): boolean {
  return tag === 'direct-call' || tag === 'fused-call';
}
